"""Reading: who is meant by a reference, at any moment, and who reads it."""

from typing import Any

import pytest

from graph_ledger import AmbiguousModelError, DataNode, Ledger, ModelNotFoundError, ValidationError
from graph_ledger.contracts.graph.declare import SOURCE
from graph_ledger.errors import ConceptNotFoundError, ContractError, ReportError
from tests.contracts.said import F0, METADATA, NAMESPACE, added, modified, removed, short
from tests.graph import edges

META = METADATA | {"preferred_prefix": "mp"}
RULES = {"property": {"unit": True}, "entity": {"instances": True}}
REPORTS: list[tuple[str, tuple[Any, ...]]] = [
    ("2026-01-10", F0),
    ("2026-02-10", (modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"),)),
    ("2026-03-10", (modified("Vehicle.Velocity", "PROPERTY", "Vehicle", was="Vehicle.Speed"),)),
    ("2026-04-10", (modified("Vehicle.Gate", "ENTITY", was="Vehicle.Door"),
                    modified("Vehicle.Gate.IsOpen", "PROPERTY", "Vehicle.Gate", was="Vehicle.Door.IsOpen"))),
    ("2026-05-10", (added("Vehicle.Speed", "PROPERTY", "Vehicle", unit="knots"), removed("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit"))),
]  # fmt: skip


@pytest.fixture
def model(ledger: Ledger) -> Ledger:
    """A data model of five reports, and who reads it."""
    for when, events in REPORTS:
        ledger.contracts.sync({"changes": list(events)}, metadata=META, rules=RULES, timestamp=when)
    ledger.add(
        [
            DataNode("dash", platform="bi", inputs=["mp:Vehicle.Velocity"], outputs=["dash_rows"], metadata={"owner": "anna"}),
            DataNode("mail", platform="bi", inputs=["dash_rows"], metadata={"owner": "ben"}),
            DataNode("lamp", platform="ecu", inputs=["mp:Vehicle.Gate.Left.IsOpen"]),
            DataNode("old", platform="ecu", inputs=["mp:Vehicle.Door.IsOpen"]),
            DataNode("lake", platform="dwh", inputs=["mp:Vehicle.Gate"]),
            DataNode("units", platform="dwh", inputs=["mp:SpeedUnit"]),
        ]
    )
    return ledger


@pytest.mark.parametrize(
    ("ref", "when", "expected"),
    [
        ("mp:Vehicle.Velocity", None, "c3 Vehicle.Velocity"),
        ("mp:vehicle.velocity", None, "c3 Vehicle.Velocity"),
        ("MP/Vehicle.Velocity", None, "c3 Vehicle.Velocity"),
        ("mp:Vehicle.Speed", None, "c6 Vehicle.Speed"),  # the living one goes first
        ("mp:Vehicle.Speed", "2026-01-20", "c3 Vehicle.Speed"),
        ("mp:Vehicle.Speed", "2026-03-20", "c3 Vehicle.Velocity"),
        (f"{NAMESPACE}concepts/3", "2026-01-20", "c3 Vehicle.Speed"),
        (f"{NAMESPACE}revisions/6", None, "c3 Vehicle.Velocity"),
        (f"{NAMESPACE}contracts/4", None, "c4 Vehicle.Gate.IsOpen"),
        (f"{NAMESPACE}bindings/1", None, "c4 Vehicle.Gate.IsOpen"),
        ("Vehicle.Gate.Left.IsOpen", None, "c4 Vehicle.Gate.IsOpen"),
        ("mp:Vehicle.Gate.Right.IsOpen", None, "c4 Vehicle.Gate.IsOpen"),
        ("mp:Vehicle.Door", None, "c1 Vehicle.Gate"),
        ("mp:SpeedUnit.KMH", None, "c5 SpeedUnit.KMH"),
    ],
)
def test_who_is_meant(model: Ledger, ref: str, when: str | None, expected: str) -> None:
    found = model.contracts.get(ref, as_of=when)
    assert f"{short(found.concept_uri)} {found.label}" == expected


def test_what_it_meant_on_a_date(model: Ledger) -> None:
    told = {when: model.contracts.get(f"{NAMESPACE}concepts/3", as_of=when) for when in ("2026-01-20", "2026-02-20", "2026-03-20")}
    assert [(each.label, (each.aspects or {})["unit"], short(each.contract_uri)) for each in told.values()] == [
        ("Vehicle.Speed", "km/h", "k3"), ("Vehicle.Speed", "mph", "k6"), ("Vehicle.Velocity", "mph", "k6"),
    ]  # fmt: skip
    first = model.contracts.get("mp:Vehicle.Door.IsOpen", as_of="2026-01-20")
    assert [each.runtime_path for each in first.bindings] == ["Vehicle.Door.Left.IsOpen", "Vehicle.Door.Right.IsOpen"]
    assert [each.runtime_path for each in model.contracts.get("mp:Vehicle.Door.IsOpen").bindings] == [
        "Vehicle.Gate.Left.IsOpen", "Vehicle.Gate.Right.IsOpen",
    ]  # fmt: skip


def test_a_removed_property_keeps_the_list_that_it_had(model: Ledger) -> None:
    reports = [("2026-06-10", removed("Vehicle.Gate.IsOpen", "PROPERTY", "Vehicle.Gate")),
               ("2026-07-10", modified("Vehicle.Gate", "ENTITY", instances=["Middle"]))]  # fmt: skip
    for when, event in reports:
        model.contracts.sync({"changes": [event]}, metadata=META, rules=RULES, timestamp=when)
    for asked in ("2026-06-20", "2026-07-20", None):
        assert model.contracts.get(f"{NAMESPACE}concepts/4", as_of=asked).instances == ("Left", "Right")


def test_what_a_bare_serial_stands_for(model: Ledger) -> None:
    at = {when: model.contracts.binding("mp", 1, as_of=when).runtime_path for when in ("2026-01-20", "2026-04-20")}
    assert at == {"2026-01-20": "Vehicle.Door.Left.IsOpen", "2026-04-20": "Vehicle.Gate.Left.IsOpen"}
    old = model.contracts.binding("mp", "0")
    assert (old.status, short(old.successor), old.runtime_path) == ("SUPERSEDED", "b3", "Vehicle.Speed")
    assert model.contracts.binding("mp", f"{NAMESPACE}bindings/3").runtime_path == "Vehicle.Velocity"
    for wrong in (True, "x", -1.5, 2**70):
        with pytest.raises((ValidationError, ValueError)):
            model.contracts.binding("mp", wrong)  # type: ignore[arg-type]
    with pytest.raises(ConceptNotFoundError):
        model.contracts.binding("mp", 99)


def test_a_serial_is_nothing_before_its_binding_was_and_has_no_successor_before_that_was(model: Ledger) -> None:
    model.contracts.sync({"changes": [modified("Vehicle.Velocity", "PROPERTY", "Vehicle", unit="m/s")]}, metadata=META, rules=RULES)
    told = {when: model.contracts.binding("mp", 0, as_of=when) for when in ("2026-01-20", "2026-02-20", None)}
    assert [(each.status, short(each.superseded_by), short(each.successor)) for each in told.values()] == [
        ("ACTIVE", "-", "-"), ("SUPERSEDED", "b3", "b3"), ("SUPERSEDED", "b3", "b5"),
    ]  # fmt: skip
    for number, asked in ((0, {"as_of": "2026-01-01"}), (3, {"as_of": "2026-01-20"}), (0, {"known_at": "2026-01-20"})):
        with pytest.raises(ConceptNotFoundError, match=f"no binding 'mp {number}': it was not there at that moment"):
            model.contracts.binding("mp", number, **asked)


def test_nothing_is_known_before_it_was_or_was_recorded(model: Ledger) -> None:
    with pytest.raises(ConceptNotFoundError, match="not there at that moment"):
        model.contracts.get("mp:Vehicle.Speed", as_of="2026-01-01")
    assert model.contracts.list("mp", known_at="2026-06-01") == []
    assert len(model.contracts.list("mp", as_of="2026-01-20")) == len(F0)
    with pytest.raises(ConceptNotFoundError) as error:
        model.contracts.get("mp:Vehicle.Velocty")
    assert (error.value.near[0], isinstance(error.value, ModelNotFoundError)) == ("mp:Vehicle.Velocity", True)
    for wrong in ("", "  ", None):
        with pytest.raises(ValidationError):
            model.contracts.get(wrong)  # type: ignore[arg-type]


def test_lists_are_of_a_kind_and_a_status(model: Ledger) -> None:
    assert [each.label for each in model.contracts.list("MP", kind="enum_value")] == []
    assert [each.label for each in model.contracts.list(kind="ENUM_VALUE", status="REMOVED")] == ["SpeedUnit.KMH"]
    with pytest.raises(ValidationError, match="kind is one of"):
        model.contracts.list(kind="THING")


def test_every_namespace_is_listed_as_its_newest_report_left_it(model: Ledger) -> None:
    model.contracts.sync(None, metadata=META | {"preferred_prefix": "aa", "id": "urn:aa#"}, rules=RULES, timestamp="2026-02-01")
    model.contracts.sync(
        {"changes": [removed("Vehicle.Gate", "ENTITY"), removed("Vehicle.Gate.IsOpen", "PROPERTY", "Vehicle.Gate")]},
        metadata=META, rules=RULES, mode="NONE", release="v6", timestamp="2026-06-10",
    )  # fmt: skip
    empty, full = model.contracts.namespaces()
    assert (empty.prefix, empty.namespace_uri, empty.elements, empty.release) == ("aa", "urn:aa#", 0, None)
    assert (full.prefix, full.key, full.purpose, full.owner, full.mode, full.release) == (
        "mp", "contract/mp", META["name"], "unknown", "NONE", "v6"
    )  # fmt: skip
    assert full.elements == len(model.contracts.list("mp")) == 4
    assert full.synced_at == model.contracts.history("mp:Vehicle.Gate")[0].timestamp


def test_two_namespaces_may_use_one_name(model: Ledger) -> None:
    other = {"name": "Other", "id": "urn:other#", "preferred_prefix": "ot"}
    model.contracts.sync({"changes": [added("Vehicle.Gate", "ENTITY")]}, metadata=other, rules={})
    with pytest.raises(AmbiguousModelError) as error:
        model.contracts.get("Vehicle.Gate")
    assert error.value.keys == ("mp:Vehicle.Gate", "ot:Vehicle.Gate")


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("mp:Vehicle.Velocity", {("bi/dash", 1), ("bi/mail", 2)}),
        ("mp:Vehicle.Gate.IsOpen", {("ecu/lamp", 1), ("ecu/old", 1), ("dwh/lake", 1)}),
        ("mp:Vehicle.Gate", {("ecu/lamp", 1), ("ecu/old", 1), ("dwh/lake", 1)}),
        ("mp:SpeedUnit", {("dwh/units", 1)}),
    ],
)
def test_an_element_reaches_its_own_readers_alone(model: Ledger, ref: str, expected: set[tuple[str, int]]) -> None:
    found = model.contracts.impact(ref)
    assert ({(node.key, node.depth) for node in found.nodes}, found.complete) == (expected, True)


def test_a_name_that_was_given_away_reaches_nobody_of_the_one_that_had_it(model: Ledger) -> None:
    model.add(
        [
            DataNode("fast", platform="bi", inputs=["mp:Vehicle.Speed"]),
            DataNode("shed", platform="bi", inputs=["mp:Vehicle.Door"]),
        ]
    )

    def direct(ref: str, when: str | None = None) -> set[str]:
        return {node.key for node in model.contracts.impact(ref, as_of=when).nodes if node.depth == 1}

    assert (direct("mp:Vehicle.Velocity"), direct("mp:Vehicle.Speed")) == ({"bi/dash"}, {"bi/fast"})
    assert direct("mp:Vehicle.Gate.IsOpen") == {"ecu/lamp", "ecu/old", "dwh/lake", "bi/shed"}  # the whole, by its old name too
    gone = [removed(label, "PROPERTY", "Vehicle") for label in ("Vehicle.Speed", "Vehicle.Velocity")]
    back = [added("Vehicle", "ENTITY"), added("Vehicle.Velocity", "PROPERTY", "Vehicle")]
    model.contracts.sync({"changes": [*gone, removed("Vehicle", "ENTITY"), *back]}, metadata=META, rules=RULES)
    assert (direct(f"{NAMESPACE}concepts/3"), direct(f"{NAMESPACE}concepts/0")) == ({"bi/fast"}, set())
    assert direct("mp:Vehicle.Velocity") == {"bi/dash"}


def test_a_bound_says_that_it_cut(model: Ledger) -> None:
    found = model.contracts.impact("mp:Vehicle.Velocity", depth=1)
    assert ([node.key for node in found.nodes], found.complete, found.reason, found.frontier) == (["bi/dash"], False, "depth", ("bi/dash",))
    with pytest.raises(ValidationError):
        model.contracts.impact("mp:Vehicle.Velocity", depth=0)


def test_a_declared_reader_is_connected_and_pinned(model: Ledger) -> None:
    model.register(name="scorer", owner="ml", model_type="ml_model", tier="high", purpose="", platform="ml")
    own, other = model.contracts.consume("scorer", "mp:Vehicle.Velocity", actor="ann", contract=f"{NAMESPACE}contracts/3")
    assert (own.event_type, own.model, other.event_type, other.model) == ("consumes_contract", "ml/scorer", "has_consumer", "mp/Vehicle")
    model.contracts.consume("scorer", "mp:Vehicle.Gate.IsOpen", actor="ann")
    assert {(key, short(uri)) for key, uri in edges(model, "ModelRef", "PINNED_TO", "Contract", "key", "uri")} == {
        ("ml/scorer", "k3"), ("ml/scorer", "k4"),
    }  # fmt: skip
    model.contracts.consume("scorer", "mp:Vehicle.Velocity", actor="ann")
    assert {(key, short(uri)) for key, uri in edges(model, "ModelRef", "PINNED_TO", "Contract", "key", "uri")} == {
        ("ml/scorer", "k6"), ("ml/scorer", "k4"),
    }  # fmt: skip
    assert "ml/scorer" in {node.key for node in model.contracts.impact("mp:Vehicle.Velocity").nodes}
    model.contracts.produce("bi/mail", "mp:Vehicle.Gate.IsOpen", actor="ann")
    assert "bi/mail" in {row.model for row in model.dependencies("ml/scorer")}
    assert {source for row in model.dependencies("ml/scorer") for source in row.source} == {SOURCE, "modl/mp"}
    assert model.verify(deep=True).findings == ()


def test_a_sync_in_between_decides_what_is_declared(model: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    found = model.contracts.get("mp:Vehicle.Velocity")
    monkeypatch.setattr("graph_ledger.contracts.graph.read.get", lambda *_: found)  # what was read before the syncs
    changes = [modified("Car", "ENTITY", was="Vehicle"), modified("Vehicle.Velocity", "PROPERTY", "Car", unit="m/s")]
    model.contracts.sync({"changes": changes}, metadata=META, rules=RULES)
    own, other = model.contracts.consume("bi/dash", "mp:Vehicle.Velocity", actor="ann")
    assert (other.model, own.payload["contract_uri"]) == ("mp/Car", other.payload["contract_uri"])
    holds = edges(model, "Concept", "HAS_CONTRACT", "Contract", "label", "uri")
    pins = edges(model, "ModelRef", "PINNED_TO", "Contract", "key", "uri")
    assert {uri for _, uri in pins} == {own.payload["contract_uri"]} != {found.contract_uri}
    assert ("Vehicle.Velocity", own.payload["contract_uri"]) in holds
    model.contracts.sync({"changes": [removed("Vehicle.Velocity", "PROPERTY", "Car")]}, metadata=META, rules=RULES)
    with pytest.raises(ContractError, match="was REMOVED"):
        model.contracts.consume("bi/mail", "mp:Vehicle.Velocity", actor="ann")
    assert edges(model, "ModelRef", "PINNED_TO", "Contract", "key", "uri") == pins


@pytest.mark.parametrize(
    ("who", "ref", "contract", "error"),
    [
        ("nobody", "mp:Vehicle.Velocity", None, ModelNotFoundError),
        ("bi/dash", "mp:SpeedUnit.KMH", None, ContractError),
        ("mp/Vehicle", "mp:Vehicle.Velocity", None, ContractError),
        ("bi/dash", "mp:Vehicle.Velocity", f"{NAMESPACE}contracts/4", ContractError),
    ],
)
def test_what_cannot_be_declared_is_refused(model: Ledger, who: str, ref: str, contract: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        model.contracts.consume(who, ref, actor="ann", contract=contract)
    assert edges(model, "ModelRef", "PINNED_TO", "Contract", "key", "uri") == set()


def test_a_census_finds_all_at_once(model: Ledger) -> None:
    said = [("Vehicle", "ENTITY"), ("Vehicle", "ENTITY"), ("Vehicle.Velocity", "ENUM_VALUE"), ("New", "ENTITY")]
    found = model.contracts.census("mp", said)
    assert (found.matches, found.duplicates, found.wrong_kind, found.not_in_ledger, found.complete) == (
        ("Vehicle",), ("Vehicle",), ("Vehicle.Velocity",), ("New",), False,
    )  # fmt: skip
    assert found.not_in_model == ("SpeedUnit", "Vehicle.Gate", "Vehicle.Gate.IsOpen", "Vehicle.Speed")
    with pytest.raises(ConceptNotFoundError):
        model.contracts.census("zz", [])
    with pytest.raises(ReportError):
        model.contracts.census("mp", [("Vehicle", "THING")])


LOOKUPS: dict[str, dict[str, Any]] = {
    "namespace": {"prefix": "mp", "uri": "x"},
    "living": {"prefix": "mp"},
    "namespaces": {},
    "concepts": {"prefix": "mp", "uris": None, "kind": None, "status": None},
    "revisions": {"uri": "x", "as_of": None, "known_at": None, "most": 10},
    "bindings": {"serial": 1, "uri": None, "prefix": "mp", "as_of": None, "known_at": None},
    "resolve": {"ref": "x", "prefix": "mp", "label": "x", "port": "x"},
    "labels": {"prefix": "mp", "most": 1},
    "contract_of": {"uri": "x", "concept": "x"},
    "pinned": {"key": "x", "source": "x"},
    "write_contracts": {"rows": [], "at": None, "now": None, "open_end": None},
    "write_bindings": {"rows": [], "at": None, "now": None, "open_end": None},
    "end_contracts": {"rows": [], "at": None, "now": None},
    "create_elements": {"rows": []},
    "update_concepts": {"rows": []},
    "rename_models": {"rows": []},
}


@pytest.mark.parametrize("name", LOOKUPS)
def test_every_statement_begins_at_an_index(ledger: Ledger, name: str) -> None:
    plan = ledger.database.plan(f"contracts/{name}", **LOOKUPS[name])
    assert [step for step in plan if "Scan" in step] == (
        ["NodeByLabelScan"] if name in {"concepts", "labels", "namespaces"} else []
    )  # for whoever asks for all
    assert any("Seek" in step for step in plan)
