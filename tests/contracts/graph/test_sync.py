"""A sync of the graph: what it writes, what it refuses, and that it is all or nothing, whoever else writes and wherever it breaks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger, ValidationError
from graph_ledger.contracts import DiffReport
from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.import_tables import import_tables
from graph_ledger.contracts.inputs import read_metadata, read_rules
from graph_ledger.errors import ContractError, DatabaseError, GateError, LedgerFilesError, ReportError, RulesError, SyncError
from tests.contracts.said import F0, KMH, METADATA, UNIT, VEHICLE, Event, added, after, modified, removed, short
from tests.discovery.test_faults import failing
from tests.graph import check_nodes, check_relationships, counts, edges

META = METADATA | {"preferred_prefix": "mp"}
BREAKING = {"property": {"unit": True, "output_type": True}, "entity": {"instances": True, "type": True}}


def synced(ledger: Ledger, *events: Event, rules: Any = None, **more: Any) -> Any:
    return ledger.contracts.sync({"changes": list(events)}, metadata=META, rules=rules or {}, **more)


def test_a_first_report_is_nodes_and_relationships(ledger: Ledger) -> None:
    done = synced(ledger, *F0, release="v1")
    assert (done.changed, done.created.model_dump()) == (True, {"concepts": 6, "revisions": 6, "contracts": 6, "bindings": 3})
    check_nodes(
        ledger, "Concept", ["label", "kind", "concept_status", "port"],
        {(event["label"], event["kind"], "ACTIVE", f"mp:{event['label']}".lower()) for event in F0},
    )  # fmt: skip
    check_nodes(ledger, "Binding", ["serial", "runtime_path", "status"], {
        (0, "Vehicle.Speed", "ACTIVE"), (1, "Vehicle.Door.Left.IsOpen", "ACTIVE"), (2, "Vehicle.Door.Right.IsOpen", "ACTIVE"),
    })  # fmt: skip
    check_relationships(
        ledger, "DataNode", "MEMBER_OF", "Namespace",
        {(f"mp/{name}", "contract/mp") for name in ("Vehicle", "Vehicle.Door", "SpeedUnit")},
    )  # fmt: skip
    assert {(short(one), short(other)) for one, other in edges(ledger, "Concept", "CHILD_OF", "Concept", "concept_uri", "concept_uri")} == {
        ("c3", "c0"), ("c4", "c1"), ("c5", "c2"),
    }  # fmt: skip
    assert {(short(one), short(other)) for one, other in edges(ledger, "Contract", "TRIGGERED_BY", "Revision", "uri", "revision_uri")} == {
        (f"k{place}", f"r{place}") for place in range(6)
    }
    outputs = {port for key, port in edges(ledger, "DataNode", "FEEDS", "Port", "key", "identifier") if key == "mp/Vehicle.Door"}
    assert outputs == {"mp:vehicle.door", "mp:vehicle.door.isopen", "mp:vehicle.door.left.isopen", "mp:vehicle.door.right.isopen"}
    event = ledger.contracts.history("mp:Vehicle.Speed")[0]
    assert (event.model, event.event_type, event.payload["release"], event.payload["change_type"]) == (
        "mp/Vehicle", "contract_changed", "v1", "ADDED",
    )  # fmt: skip
    assert ledger.runs()[0].source == "modl/mp"
    assert ledger.verify(deep=True).ok


def test_a_new_contract_supersedes_the_old_one_and_its_addresses(ledger: Ledger) -> None:
    synced(ledger, *F0, timestamp="2026-01-01")
    synced(ledger, modified("Vehicle.Door.IsOpen", "PROPERTY", "Vehicle.Door", output_type="Int"), rules=BREAKING, timestamp="2026-02-01")
    superseded = edges(ledger, "Contract", "SUPERSEDES", "Contract", "uri", "uri") | edges(
        ledger, "Binding", "SUPERSEDES", "Binding", "uri", "uri"
    )
    assert {(short(new), short(old)) for new, old in superseded} == {("k6", "k4"), ("b3", "b1"), ("b4", "b2")}
    assert ledger.contracts.binding("mp", 1, as_of="2026-01-15").status == "ACTIVE"
    now = ledger.contracts.binding("mp", 1)
    assert (now.status, short(now.successor), now.runtime_path) == ("SUPERSEDED", "b3", "Vehicle.Door.Left.IsOpen")


def test_a_sync_says_whom_it_broke(ledger: Ledger) -> None:
    assert synced(ledger, *F0).impact is None
    ledger.add(
        [DataNode("dash", inputs=["mp:Vehicle.Speed"], outputs=["rows"], metadata={"owner": "anna"}), DataNode("mail", inputs=["rows"])]
    )
    done = synced(ledger, modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"), rules=BREAKING)
    assert done.impact is not None
    assert (done.impact.labels, [each.name for each in done.impact.consumers], done.impact.owners) == (
        ("Vehicle.Speed",), ["dash", "mail"], ("anna",),
    )  # fmt: skip
    assert synced(ledger, modified("Vehicle.Speed", "PROPERTY", "Vehicle", note="x"), rules=BREAKING).impact is None


def test_a_vocabulary_is_read_by_the_entity_that_refers_to_it(ledger: Ledger) -> None:
    synced(ledger, VEHICLE, UNIT, KMH, added("Vehicle.Speed", "PROPERTY", "Vehicle", output_type="Float", unit="SpeedUnit"))
    assert ledger.trace("mp/Vehicle") == ["SpeedUnit", "Vehicle"]
    found = edges(ledger, "Concept", "REFERS_TO", "Concept", "label", "label")
    assert found == {("Vehicle.Speed", "SpeedUnit")}
    synced(ledger, modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="km/h"))
    assert (ledger.trace("mp/Vehicle"), edges(ledger, "Concept", "REFERS_TO", "Concept", "label", "label")) == (["Vehicle"], set())


def test_references_follow_what_they_name(ledger: Ledger) -> None:
    def refers() -> set[tuple[Any, Any]]:
        return edges(ledger, "Concept", "REFERS_TO", "Concept", "label", "concept_uri")

    synced(ledger, VEHICLE, added("Vehicle.Speed", "PROPERTY", "Vehicle", unit="SpeedUnit"))
    assert refers() == set()
    synced(ledger, UNIT)
    assert {(label, short(uri)) for label, uri in refers()} == {("Vehicle.Speed", "c2")}
    synced(ledger, modified("VelocityUnit", "ENUMERATION_SET", was="SpeedUnit"), added("SpeedUnit", "ENUMERATION_SET"))
    assert {(label, short(uri)) for label, uri in refers()} == {("Vehicle.Speed", "c3")}
    synced(ledger, removed("SpeedUnit", "ENUMERATION_SET"))
    assert (refers(), ledger.trace("mp/Vehicle")) == (set(), ["Vehicle"])


def test_what_a_removed_element_said_last_is_kept(ledger: Ledger) -> None:
    synced(ledger, VEHICLE, added("Vehicle.Speed", "PROPERTY", "Vehicle", unit="km/h"))
    last = modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit={"_op": "removed"})
    synced(ledger, last, removed("Vehicle.Speed", "PROPERTY", "Vehicle"))
    assert ledger.contracts.get("mp:Vehicle.Speed").aspects == {}


def test_names_and_keys_change_and_identities_do_not(ledger: Ledger) -> None:
    synced(ledger, *F0)
    ledger.add(DataNode("dash", platform="bi", inputs=["mp:Vehicle.Speed"]))
    before = ledger.get("mp/Vehicle").model_hash
    swap = (modified("Vehicle.Door", "ENTITY", was="Vehicle"), modified("Vehicle", "ENTITY", was="Vehicle.Door"))
    synced(ledger, *swap, modified("Vehicle.Door.Haste", "PROPERTY", "Vehicle.Door", was="Vehicle.Speed"))
    assert ledger.get("mp/Vehicle.Door").model_hash == before
    assert ledger.trace("bi/dash") == ["Vehicle.Door", "dash"]  # the old name is still connected
    synced(ledger, added("Vehicle.Speed", "PROPERTY", "Vehicle", output_type="Int"))
    assert ledger.trace("bi/dash") == ["Vehicle", "dash"]  # until something living takes it
    synced(
        ledger,
        removed("Vehicle", "ENTITY"),
        removed("Vehicle.Speed", "PROPERTY", "Vehicle"),
        removed("Vehicle.Door.IsOpen", "PROPERTY", "Vehicle"),
    )
    assert ledger.trace("bi/dash") == ["Vehicle.Door", "dash"]
    gone = ledger.get("mp/Vehicle~1")
    assert (gone.present, [each.name for each in ledger.members("contract/mp")]) == (False, ["SpeedUnit", "Vehicle.Door"])
    synced(ledger, added("Vehicle", "ENTITY"))
    assert ledger.get("mp/Vehicle").model_hash not in {before, gone.model_hash}
    assert ledger.verify(deep=True).findings == ()


def test_the_report_that_was_synced_last_writes_nothing(ledger: Ledger) -> None:
    synced(ledger, *F0, release="v1")
    held, events = counts(ledger), ledger.verify().checked
    again = synced(ledger, *F0, release="v1")
    assert (again.replayed, again.changed, counts(ledger), ledger.verify().checked) == (True, False, held, events)
    assert ledger.contracts.sync(None, metadata=META, rules={}).replayed
    with pytest.raises(SyncError):
        synced(ledger, *F0, release="v2")


def test_a_namespace_opens_without_a_report(ledger: Ledger) -> None:
    assert ledger.contracts.sync(None, metadata=META, rules={}, dry_run=True).changed
    assert counts(ledger).get("Namespace", 0) == 0
    assert ledger.contracts.sync(None, metadata=META, rules={}).changed
    assert (ledger.contracts.tables("mp").concepts, ledger.contracts.list("mp")) == ((), [])


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(ledger: Ledger) -> None:
    synced(ledger, *F0)
    held = counts(ledger)
    would = synced(ledger, modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"), rules=BREAKING, dry_run=True)
    assert (would.changed, would.dry_run, would.created.contracts, counts(ledger)) == (True, True, 1, held)
    assert would.impact is not None
    assert would.impact.labels == ("Vehicle.Speed",)
    assert synced(ledger, *F0, dry_run=True).replayed
    with pytest.raises(GateError):
        synced(ledger, modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"), rules=BREAKING, dry_run=True, mode="FULL")
    assert counts(ledger) == held


REFUSED: dict[str, tuple[list[Event], dict[str, Any], type[Exception], str]] = {
    "unknown parent": ([added("X.Y", "PROPERTY", "X")], {}, SyncError, "No concept found"),
    "living label": ([VEHICLE], {}, SyncError, "Vehicle"),
    "children left": ([removed("Vehicle", "ENTITY")], {}, SyncError, "missing explicit"),
    "both at once": ([added("New", "ENTITY"), removed("New", "ENTITY")], {}, SyncError, "ADDED and REMOVED"),
    "another namespace": ([added("X", "ENTITY")], {"metadata": META | {"id": "http://other.example/"}}, SyncError, "Namespace mismatch"),
    "another prefix": ([added("X", "ENTITY")], {"metadata": META | {"preferred_prefix": "zz"}}, SyncError, "Namespace mismatch"),
    "a platform": ([added("X", "ENTITY")], {"metadata": META | {"id": "urn:bi#", "preferred_prefix": "bi"}}, SyncError, "bi/dash"),
    "a word of ours": ([added("X", "ENTITY")], {"metadata": META | {"id": "urn:r#", "preferred_prefix": "registry"}}, SyncError, "own"),
    "too early": ([added("X", "ENTITY")], {"timestamp": "2025-12-31"}, SyncError, "in their order"),
    "the future": ([added("X", "ENTITY")], {"timestamp": "2999-01-01"}, ValidationError, "future"),
    "strict": ([modified("Vehicle", "ENTITY", odd=1)], {"strict": True}, SyncError, "odd"),
    "the gate": ([removed("Vehicle.Speed", "PROPERTY", "Vehicle"), added("Vehicle.R", "PROPERTY", "Vehicle", is_required=True)],
                 {"mode": "BACKWARD"}, GateError, "Vehicle.R"),
    "no such mode": ([added("X", "ENTITY")], {"mode": "SIDEWAYS"}, ValidationError, "mode is one of"),
    "another spelling": ([added("Cafe\u0301", "ENTITY")], {}, SyncError, "form C"),
    "a name for what is gone": ([removed("Tilde", "ENTITY"), added("Tilde~3", "ENTITY")], {}, SyncError, "Tilde~3"),
    "no report": ([{"label": " ", "change_type": "ADDED"}], {}, ReportError, "blank"),
    "no rules": ([added("X", "ENTITY")], {"rules": {"nothing": {}}}, RulesError, "Extra inputs"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_nothing(ledger: Ledger, name: str) -> None:
    events, more, error, said = REFUSED[name]
    synced(ledger, *F0, added("Tilde", "ENTITY"), timestamp="2026-01-01")
    ledger.add(DataNode("dash", platform="bi"))
    held, head = counts(ledger), ledger.get("contract/mp")
    asked: dict[str, Any] = {"metadata": META, "rules": {}} | more
    for dry_run in (True, False):
        with pytest.raises(error, match=said):
            ledger.contracts.sync({"changes": events}, **asked, dry_run=dry_run)
        assert (counts(ledger), ledger.get("contract/mp")) == (held, head)


@pytest.mark.parametrize("committed", [False, True])
def test_a_sync_of_which_nobody_heard_is_repeated_without_harm(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, *, committed: bool) -> None:
    with monkeypatch.context() as patch:
        failing(patch, 1, committed=committed)
        with pytest.raises(DatabaseError, match="line broke"):
            synced(ledger, *F0)
    assert synced(ledger, *F0).replayed is committed
    assert len(ledger.contracts.tables("mp").concepts) == len(F0)
    assert ledger.verify(deep=True).ok


@pytest.mark.parametrize(
    "statement", ["contracts/write_bindings", "contracts/write_namespace", "composites/mark_members", "contracts/write_run"]
)
def test_what_fails_halfway_leaves_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    from graph_ledger.database.database import Transaction

    run = Transaction.run

    def broken(self: Transaction, name: str, /, **parameters: Any) -> Any:
        if name == statement:
            raise RuntimeError(name)
        return run(self, name, **parameters)

    held = counts(ledger)
    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "run", broken)
        with pytest.raises(RuntimeError):
            synced(ledger, *F0)
    assert counts(ledger) == held
    assert synced(ledger, *F0).changed


def test_many_syncs_at_once_give_every_number_once(ledger: Ledger) -> None:
    synced(ledger, VEHICLE)

    def one(place: int) -> None:
        synced(ledger, added(f"E{place}", "ENTITY"), added(f"E{place}.P", "PROPERTY", f"E{place}"))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(6)))
    tables = ledger.contracts.tables("mp")
    for rows, many in ((tables.concepts, 13), (tables.revisions, 13), (tables.contracts, 13), (tables.bindings, 6)):
        assert [row.serial for row in rows] == list(range(many))
    assert ledger.verify(deep=True).ok


def test_files_are_taken_as_they_are(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("name: My Model\nid: http://ns.example/\npreferred_prefix: mp\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("property: {unit: yes}\n", encoding="utf-8")
    (tmp_path / "d.json").write_text(DiffReport.model_validate({"changes": list(F0)}).model_dump_json(), encoding="utf-8")
    ledger.contracts.sync(tmp_path / "d.json", metadata=tmp_path / "m.yaml", rules=str(tmp_path / "b.yaml"))
    ledger.contracts.export("mp", tmp_path / "ledger", columns="head")
    synced(ledger, modified("Vehicle", "ENTITY", type="x"))
    with pytest.raises(SyncError, match="is there already"):
        ledger.contracts.import_folder(tmp_path / "ledger", metadata=META)
    (tmp_path / "d.json").write_text("{", encoding="utf-8")
    with pytest.raises(ContractError, match=r"d\.json"):
        ledger.contracts.sync(tmp_path / "d.json", metadata=META, rules={})


def test_containers_that_stay_are_seen_by_every_report(ledger: Ledger) -> None:
    synced(ledger, *F0, timestamp="2026-01-01")
    synced(ledger, modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"), timestamp="2026-03-01")
    assert {str(ledger.get(f"mp/{name}").last_seen)[:10] for name in ("Vehicle", "Vehicle.Door", "SpeedUnit")} == {"2026-03-01"}


def test_an_old_address_stays_connected_and_counts(ledger: Ledger) -> None:
    synced(ledger, *F0, timestamp="2026-01-01")
    ledger.add(DataNode("lamp", platform="ecu", inputs=["mp:Vehicle.Door.Left.IsOpen"]))
    rename = (
        modified("Vehicle.Gate", "ENTITY", was="Vehicle.Door"),
        modified("Vehicle.Gate.IsOpen", "PROPERTY", "Vehicle.Gate", was="Vehicle.Door.IsOpen"),
    )
    synced(ledger, *rename, timestamp="2026-02-01")
    assert ledger.trace("ecu/lamp") == ["Vehicle.Gate", "lamp"]
    assert [node.key for node in ledger.contracts.impact("mp:Vehicle.Gate.IsOpen").nodes] == ["ecu/lamp"]
    broken = {"changes": [modified("Vehicle.Gate.IsOpen", "PROPERTY", "Vehicle.Gate", output_type="Int")]}
    assert [each.key for each in ledger.contracts.check(broken, metadata=META, rules=BREAKING).consumers] == ["ecu/lamp"]
    met = ledger.contracts.get("mp:Vehicle.Door.Left.IsOpen", as_of="2026-01-15")
    assert (short(met.concept_uri), met.label) == ("c4", "Vehicle.Door.IsOpen")
    synced(ledger, added("Vehicle.Door", "ENTITY", instances=["Left"]), added("Vehicle.Door.IsOpen", "PROPERTY", "Vehicle.Door"))
    assert ledger.trace("ecu/lamp") == ["Vehicle.Door", "lamp"]
    assert ledger.verify(deep=True).ok


def test_a_report_that_was_released_is_known_to_the_gate(ledger: Ledger) -> None:
    synced(ledger, *F0, release="v1")
    assert ledger.contracts.check({"changes": list(F0)}, metadata=META, rules={}).compatible


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("revisions", {"concept_uri": "http://else.example/concepts/0"}, "no row of this ledger"),
        ("bindings", {"contract_uri": "http://else.example/contracts/0"}, "no row of this ledger"),
        ("concepts", {"current_label": "Cafe\u0301"}, "form C"),
        ("concepts", {"instances": ("Odd",)}, "does not follow"),
    ],
)
def test_tables_that_no_event_could_tell_are_not_imported(ledger: Ledger, table: str, change: dict[str, Any], said: str) -> None:
    rows = list(getattr(after(F0), table))
    rows[4 if table == "concepts" else 0] = rows[4 if table == "concepts" else 0]._replace(**change)
    asked = Asked(None, read_metadata(META), read_rules(None))
    with pytest.raises(LedgerFilesError, match=said):
        import_tables(ledger.database, replace(after(F0), **{table: tuple(rows)}), asked)
    assert counts(ledger).get("Concept", 0) == 0
