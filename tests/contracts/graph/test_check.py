"""The change gate on the graph: what a report would break, for whom, against a walk over plain sets."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger.contracts.gate.github import format_github
from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.check import check, gate
from graph_ledger.contracts.graph.sync import sync
from graph_ledger.contracts.inputs import read_metadata, read_report, read_rules
from graph_ledger.contracts.sync_folder import sync_folder
from graph_ledger.errors import GateError, SyncError, ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.values.contracts.gate import GateResult
from graph_ledger.values.node import DataNode
from tests.contracts.graph.vehicle import FIRST, META, NS, RENAMED, Event, event, synced
from tests.graph import counts, edges

UNIT = event("Vehicle.Speed", "MODIFIED", "Vehicle", aspects={"unit": "mph"})
LEFT_GONE = event("Vehicle.Door", "MODIFIED", aspects={"instances_removed": ["Left"]})
KMH_GONE = event("SpeedUnit.KMH", "REMOVED", "SpeedUnit")
MASS = event("Vehicle.Mass", "ADDED", "Vehicle", aspects={"is_required": True})
MEETS: dict[str, set[str]] = {
    "Vehicle.Speed": {"vehicle.speed", "vehicle.v", "vehicle"},
    "Vehicle.Door": {"vehicle.door", "vehicle.door.isopen", "vehicle.door.left.isopen"},
    "SpeedUnit.KMH": {"speedunit.kmh", "speedunit"},
    "Vehicle.Mass": {"vehicle.mass", "vehicle"},
}
"""By which ports each element that the reports change is met, written down by hand."""
PORTS = sorted({*(port for ports in MEETS.values() for port in ports), "vehicle.door.right.isopen", "speedunit.mph"})
NODES = 7


def asks(ledger: Ledger, *events: Event, mode: str | None = "FULL", rules: dict[str, Any] | None = None, **more: Any) -> GateResult:
    return check(ledger.database, {"changes": list(events)}, metadata=META, rules=rules or {}, mode=mode, **more)


def walked(ledger: Ledger, label: str) -> dict[str, int]:
    """Return who is reached from an element, and in how many steps, by sets of plain relationships."""
    writes, reads = edges(ledger, "DataNode", "FEEDS", "Port"), edges(ledger, "Port", "FEEDS", "DataNode")
    found: dict[str, int] = {}
    step, ports = 1, {f"mp:{name}" for name in MEETS[label]}
    while ports:
        new = {node for port, node in reads if port in ports} - set(found)
        found |= dict.fromkeys(new, step)
        step, ports = step + 1, {port for node, port in writes if node in new}
    return {node: depth for node, depth in found.items() if not node.startswith("mp/")}


@given(data=st.data())
@settings(max_examples=15)
def test_every_finding_names_all_whom_a_walk_reaches(ledger: Ledger, data: st.DataObject) -> None:
    if not counts(ledger).get("Namespace"):
        synced(ledger, FIRST, RENAMED)
    inputs = st.lists(st.sampled_from([*(f"mp:{port.upper()}" for port in PORTS), *(f"t{n}" for n in range(NODES))]), max_size=3)
    wired = [
        DataNode(f"n{n}", platform="bi", inputs=data.draw(inputs), outputs=[f"t{n}"], metadata={"owner": f"o{n}"}) for n in range(NODES)
    ]
    ledger.add(wired)
    events = data.draw(st.lists(st.sampled_from([UNIT, LEFT_GONE, KMH_GONE, MASS]), min_size=1, max_size=4, unique_by=lambda e: e["label"]))
    result = asks(ledger, *events)
    assert {finding.label for finding in result.findings} == {each["label"] for each in events}
    least: dict[str, int] = {}
    for finding in result.findings:
        expected = walked(ledger, finding.label)
        assert {each.key: each.depth for each in finding.consumers} == expected
        direct = {each.key: set(each.ports) for each in finding.consumers if each.ports}
        met = {f"mp:{port}" for port in MEETS[finding.label]}
        assert direct == {f"bi/{node.name}": read for node in wired if (read := {port.identifier for port in node.inputs} & met)}
        least = {key: min(depth, least.get(key, depth)) for key, depth in [*least.items(), *expected.items()]}
    assert {each.key: each.depth for each in result.consumers} == least
    assert result.owners == tuple(sorted({f"o{key[-1]}" for key in least}))


def test_it_writes_nothing(ledger: Ledger) -> None:
    synced(ledger, FIRST, RENAMED)
    before = counts(ledger)
    assert asks(ledger, UNIT).compatible is False
    assert counts(ledger) == before


def test_the_groups_of_whoever_is_hit_have_owners_too(ledger: Ledger) -> None:
    synced(ledger, FIRST, RENAMED)
    ledger.add([DataNode("dash", platform="bi", inputs=["mp:Vehicle.Speed"], metadata={"owner": "ann"})])
    ledger.register_group(
        name="board", owner="bob", model_type="composite", tier="high", purpose="p", members=["bi/dash"], actor="a"
    )  # fmt: skip
    assert asks(ledger, UNIT).owners == ("ann", "bob")
    ledger.add([DataNode("lake", platform="dwh", inputs=["mp:Vehicle.Speed"])])
    found = asks(ledger, UNIT, mode="BACKWARD")
    assert (found.owners, found.title) == (
        ("ann", "bob"), "not compatible (BACKWARD): 1 finding, 2 consumers of 2 owners, 1 without an owner",
    )  # fmt: skip
    assert "1  dwh/lake  no owner" in str(found)
    assert "bi/dash (ann), dwh/lake (no owner)" in format_github(found)[0]


def test_a_dependency_that_a_person_declared_and_a_reference_to_a_vocabulary_count(ledger: Ledger) -> None:
    speed = event("Vehicle.V", "ADDED", "Vehicle", aspects={"unit_set": "SpeedUnit"})
    synced(ledger, [speed if each["label"] == "Vehicle.V" else each for each in FIRST])
    ledger.add([DataNode("dash", platform="bi"), DataNode("whole", platform="bi", inputs=["mp:Vehicle"])])
    ledger.link_dependency("mp/SpeedUnit", "bi/dash", actor="ann")
    found = asks(ledger, KMH_GONE, mode="BACKWARD").findings[0]
    assert [(each.depth, each.key, each.ports) for each in found.consumers] == [
        (1, "mp/Vehicle", ("mp:speedunit",)), (1, "bi/dash", ()), (2, "bi/whole", ()),
    ]  # fmt: skip


def test_consumers_are_those_that_were_known(ledger: Ledger) -> None:
    synced(ledger, FIRST, RENAMED)
    ledger.add([DataNode("dash", platform="bi", inputs=["mp:Vehicle.Speed"])])
    assert [each.key for each in asks(ledger, UNIT).consumers] == ["bi/dash"]
    known = asks(ledger, UNIT, known_at="2020-01-01")
    assert (known.compatible, known.consumers) == (False, ())


def test_a_transitive_mode_reads_every_revision_and_those_of_a_removed_namesake(ledger: Ledger) -> None:
    rules = {"property": {"unit": True}}
    note = event("Vehicle.Speed", "MODIFIED", "Vehicle", aspects={"note": "x"})
    synced(ledger, FIRST, RENAMED, [UNIT], rules=rules)
    assert asks(ledger, note, mode="FULL").compatible
    found = asks(ledger, note, mode="FORWARD_TRANSITIVE").findings
    assert [(each.change, each.against) for each in found] == [('unit: "km/h" to "mph"', f"{NS}contracts/3")]
    gone = event("Vehicle.Speed", "REMOVED", "Vehicle")
    back = event("Vehicle.Speed", "ADDED", "Vehicle", aspects={"output_type": "Float", "unit": "mph"})
    at_once = asks(ledger, gone, back, mode="FULL_TRANSITIVE")
    assert {each.against for each in at_once.findings} == {f"{NS}contracts/3"}  # in one report as in two
    synced(ledger, [gone], rules=rules)
    assert asks(ledger, back).compatible
    assert {each.against for each in asks(ledger, back, mode="FULL_TRANSITIVE").findings} == {f"{NS}contracts/3"}


def test_the_report_that_was_synced_last_breaks_nothing_and_a_namespace_that_is_new_neither(ledger: Ledger) -> None:
    assert asks(ledger, *FIRST).compatible
    synced(ledger, FIRST)
    assert asks(ledger, *FIRST).compatible
    with pytest.raises(SyncError, match="Duplicate current_label"):
        asks(ledger, FIRST[0])


def test_without_a_mode_that_of_the_namespace_counts(ledger: Ledger) -> None:
    synced(ledger, FIRST)
    assert asks(ledger, mode=None).mode.value == "BACKWARD"
    synced(ledger, RENAMED, mode="FORWARD")
    assert asks(ledger, mode=None).mode.value == "FORWARD"
    with pytest.raises(ValidationError, match="mode is one of NONE, BACKWARD"):
        asks(ledger, mode="SIDEWAYS")


def test_a_sync_behind_the_gate_is_refused_or_written(ledger: Ledger) -> None:
    synced(ledger, FIRST, RENAMED)
    ledger.add([DataNode("dash", platform="bi", inputs=["mp:Vehicle.Speed"], metadata={"owner": "ann"})])
    before = counts(ledger)
    asked = Asked(read_report({"changes": [UNIT]}), read_metadata(META), read_rules(None), mode="FULL")
    with pytest.raises(GateError, match=r"not compatible .FULL.: 2 findings, 1 consumer of 1 owner.*nothing was written") as refused:
        sync(ledger.database, asked, gate("FULL"))
    assert isinstance(refused.value.result, GateResult)
    assert refused.value.result.owners == ("ann",)
    assert counts(ledger) == before
    assert sync(ledger.database, asked, gate("NONE")).changed


def test_files_do_not_say_what_was_agreed_so_an_import_is_judged_by_what_the_report_tells(ledger: Ledger, tmp_path: Path) -> None:
    for changes in (FIRST, RENAMED):
        sync_folder(tmp_path / "ledger", {"changes": changes}, metadata=META, rules={})
    ledger.contracts.import_folder(tmp_path / "ledger", metadata=META)
    told = asks(ledger, UNIT, mode="BACKWARD")
    assert [each.change for each in told.findings] == ['unit: a value that is not known to "mph"']
    assert told.complete
    gone = asks(ledger, event("Vehicle.Speed", "REMOVED", "Vehicle"))
    assert (gone.compatible, gone.complete, gone.reason) == (True, False, "unknown_aspects")
    is_open = event("Vehicle.Door.IsOpen", "MODIFIED", "Vehicle.Door", aspects={"note": "x"})
    assert asks(ledger, is_open, mode="FULL_TRANSITIVE").complete
    assert not asks(ledger, event("Vehicle.Speed", "MODIFIED", "Vehicle", aspects={"note": "x"}), mode="FULL_TRANSITIVE").complete


def test_what_is_not_in_the_graph_yet_is_said_to_be_missing(ledger: Ledger) -> None:
    with pytest.raises(SyncError, match="not in the graph yet"):
        ledger.contracts.check({"changes": [event("Vehicle", "MODIFIED", aspects={"type": "x"})]}, metadata=META, rules={})
