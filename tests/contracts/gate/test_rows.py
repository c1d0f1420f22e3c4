"""Every row of the change gate's table, in both directions."""

from typing import Any

import pytest

from graph_ledger.contracts.gate.states import State
from graph_ledger.values.contracts.gate import GateMode
from graph_ledger.values.contracts.kinds import Kind
from tests.contracts.gate.model import NS, SPEED, directions, gate, living

NONE, BACKWARD, FORWARD, FULL = set[str](), {"BACKWARD"}, {"FORWARD"}, {"BACKWARD", "FORWARD"}
LEFT_RIGHT = ("Left", "Right")
Events = list[dict[str, Any]]


def speed(**aspects: Any) -> Events:
    return [{"label": "Vehicle.Speed", "parent_label": "Vehicle", "kind": "PROPERTY", "change_type": "MODIFIED", "aspects": aspects}]


def removed(label: str, parent: str, kind: str) -> Events:
    return [{"label": label, "parent_label": parent, "kind": kind, "change_type": "REMOVED"}]


def added(label: str, parent: str, kind: str, **aspects: Any) -> Events:
    return [{"label": label, "parent_label": parent, "kind": kind, "change_type": "ADDED", "aspects": aspects}]


def vehicle(**more: Any) -> Events:
    return [{"label": "Vehicle", "kind": "ENTITY", "change_type": "MODIFIED"} | more]


SPEED_REMOVED = removed("Vehicle.Speed", "Vehicle", "PROPERTY")
KMH_REMOVED = removed("SpeedUnit.KMH", "SpeedUnit", "ENUM_VALUE")
REQUIRED_ADDED = added("Vehicle.Mass", "Vehicle", "PROPERTY", is_required=True)
MPH_ADDED = added("SpeedUnit.MPH", "SpeedUnit", "ENUM_VALUE")
RENAMED = [{"label": "Vehicle.V", "parent_label": "Vehicle", "change_type": "MODIFIED", "renamed_from": "Vehicle.Speed"}]
NEW_MODEL = [
    {"label": "Door", "change_type": "ADDED", "aspects": {"instances": ["L"]}},
    *added("Door.IsOpen", "Door", "PROPERTY", is_required=True),
    {"label": "Colour", "kind": "ENUMERATION_SET", "change_type": "ADDED"},
    *added("Colour.RED", "Colour", "ENUM_VALUE"),
]
ROWS: list[tuple[str, dict[str, Any], tuple[str, ...], Events, set[str]]] = [
    ("property added", {}, (), added("Vehicle.Mass", "Vehicle", "PROPERTY"), NONE),
    ("required property added", {}, (), REQUIRED_ADDED, BACKWARD),
    ("in a new container", {}, (), NEW_MODEL, NONE),
    ("property removed", {}, (), SPEED_REMOVED, NONE),
    ("required property removed", {"is_required": True}, (), SPEED_REMOVED, FORWARD),
    ("required from now on", {}, (), speed(is_required=True), BACKWARD),
    ("required no more", {"is_required": True}, (), speed(is_required=False), FORWARD),
    ("required taken away", {"is_required": True}, (), speed(is_required={"_op": "removed"}), FORWARD),
    ("widened a step", {"output_type": "UInt8"}, (), speed(output_type="Int16"), FORWARD),
    ("widened all the way", {"output_type": "Int8"}, (), speed(output_type="Double"), FORWARD),
    ("widened in vspec", {"output_type": "uint8"}, (), speed(output_type="double"), FORWARD),
    ("not exact in vspec", {"output_type": "int32"}, (), speed(output_type="float"), FULL),
    ("narrowed", {"output_type": "Double"}, (), speed(output_type="Float"), BACKWARD),
    ("sign lost", {"output_type": "Int8"}, (), speed(output_type="UInt16"), FULL),
    ("sign changed", {"output_type": "UInt8"}, (), speed(output_type="Int8"), FULL),
    ("other type", {}, (), speed(output_type="String"), FULL),
    ("list", {}, (), speed(is_list=True), FULL),
    ("list taken away", {"is_list": True}, (), speed(is_list=False), FULL),
    ("list said to be none", {"is_list": None}, (), speed(is_list=False), NONE),
    ("unit", {}, (), speed(unit="mph"), FULL),
    ("unit taken away", {}, (), speed(unit={"_op": "removed"}), FULL),
    ("unit said again", {}, (), speed(unit="km/h"), NONE),
    ("enum value added", {}, (), MPH_ADDED, FORWARD),
    ("enum value removed", {}, (), KMH_REMOVED, BACKWARD),
    ("instance added", {}, LEFT_RIGHT, vehicle(aspects={"instances_added": ["Center"]}), NONE),
    ("instance removed", {}, LEFT_RIGHT, vehicle(aspects={"instances_removed": ["Left"]}), FORWARD),
    ("instances in another order", {}, LEFT_RIGHT, vehicle(aspects={"instances": ["Right", "Left"]}), NONE),
    ("a list where there was none", {}, (), vehicle(aspects={"instances": ["Left"]}), FORWARD),
    ("rename without a rule", {}, (), RENAMED, NONE),
    ("other aspect without a rule", {}, (), speed(note="y"), NONE),
    ("unit of what is no property", {}, (), vehicle(aspects={"unit": "m"}), NONE),
    ("nothing", {}, (), [], NONE),
]


@pytest.mark.parametrize(("aspects", "instances", "events", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
@pytest.mark.parametrize("mode", list(GateMode))
def test_a_row_breaks_in_its_directions_alone(
    aspects: dict[str, Any], instances: tuple[str, ...], events: Events, expected: set[str], mode: GateMode
) -> None:
    graded = gate(living(SPEED | aspects, instances=instances), events, mode.value)
    assert directions(graded) == expected & {str(each) for each in mode.directions}
    assert graded.complete


RULES: list[tuple[str, dict[str, Any], Events, dict[str, Any], set[str]]] = [
    ("rename", {}, RENAMED, {"property": {"name": True}}, FULL),
    ("other aspect", {}, speed(note="y"), {"property": {"note": True}}, FULL),
    ("other aspect, as the report calls it", {}, speed(new={"_op": "modified", "_value": 1}), {"property": {"new.modified": True}}, FULL),
    ("another operation", {}, speed(note="y"), {"property": {"note.removed": True}}, NONE),
    ("harmless unit", {}, speed(unit="mph"), {"property": {"unit": False}}, NONE),
    ("harmless in another operation", {}, speed(unit="mph"), {"property": {"unit.removed": False}}, FULL),
    ("a row knows better than a true rule", {}, speed(output_type="Long"), {"property": {"output_type": True}}, FORWARD),
    ("harmless type", {}, speed(output_type="Text"), {"property": {"output_type.modified": False}}, NONE),
    ("harmless removal", {"is_required": True}, SPEED_REMOVED, {"entity": {"properties.removed": False}}, NONE),
    ("harmless arrival", {}, REQUIRED_ADDED, {"entity": {"properties": False}}, NONE),
    ("harmless value", {}, MPH_ADDED, {"enumeration_set": {"values.added": False}}, NONE),
    ("harmless value by the rules for entities", {}, KMH_REMOVED, {"entity": {"values": False}}, NONE),
    ("harmless instances", {}, vehicle(aspects={"instances": ["New"]}), {"entity": {"instances.removed": False}}, NONE),
    ("a container's aspect", {}, vehicle(aspects={"type": "leaf"}), {"entity": {"type": True}}, FULL),
]


@pytest.mark.parametrize(("aspects", "events", "rules", "expected"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_a_rule_breaks_or_excuses(aspects: dict[str, Any], events: Events, rules: dict[str, Any], expected: set[str]) -> None:
    assert directions(gate(living(SPEED | aspects, instances=LEFT_RIGHT), events, rules=rules)) == expected


def test_in_the_head_profile_no_section_stands_in_for_another() -> None:
    assert directions(gate(living(), KMH_REMOVED, rules={"entity": {"values": False}}, profile="head")) == BACKWARD


def test_a_finding_says_what_against_which_contract() -> None:
    graded = gate(living(), [*speed(unit="mph"), *REQUIRED_ADDED], "BACKWARD")
    assert [(clash.label, clash.change, clash.against) for clash in graded.clashes] == [
        ("Vehicle.Mass", "property added, is required", f"{NS}contracts/0"),
        ("Vehicle.Speed", 'unit: "km/h" to "mph"', f"{NS}contracts/2"),
    ]


@pytest.mark.parametrize(("was", "said"), [({}, "none"), ({"is_required": None}, "none"), ({"is_required": False}, "false")])
def test_a_finding_says_the_value_that_was_known(was: dict[str, Any], said: str) -> None:
    silent = {key: value for key, value in SPEED.items() if key != "is_required"}
    graded = gate(living(silent | was), speed(is_required=True), "BACKWARD")
    assert [clash.change for clash in graded.clashes] == [f"is_required: {said} to true"]


def earlier(label: str = "Vehicle.Speed", contract: str = "old", **aspects: Any) -> dict[str, list[State]]:
    state = State(f"{NS}concepts/2", label, Kind.PROPERTY, f"{NS}concepts/0", SPEED | aspects, contract_uri=contract)
    return {f"{NS}concepts/2": [state, state]}


def test_a_transitive_mode_compares_with_every_earlier_state_and_says_each_clash_once() -> None:
    past = earlier(output_type="Long")
    event = speed(note="y")
    assert not gate(living(), event, "BACKWARD", earlier=past).clashes
    graded = gate(living(), event, "BACKWARD_TRANSITIVE", earlier=past)
    assert [(clash.change, clash.against) for clash in graded.clashes] == [('output_type: "Long" to "Int"', "old")]


def test_a_name_that_comes_back_is_no_rename() -> None:
    rules = {"property": {"name": True}}
    once = gate(living(), RENAMED, "FULL_TRANSITIVE", rules, earlier=earlier())
    assert {clash.against for clash in once.clashes} == {f"{NS}contracts/2", "old"}
    back = gate(living(), RENAMED, "FULL_TRANSITIVE", rules, earlier=earlier("Vehicle.V"))
    assert {clash.against for clash in back.clashes} == {f"{NS}contracts/2"}


def test_what_was_required_once_is_missed_by_a_transitive_gate() -> None:
    graded = gate(living(), SPEED_REMOVED, "FORWARD_TRANSITIVE", earlier=earlier(is_required=True))
    assert [clash.against for clash in graded.clashes] == ["old"]


def test_a_namesake_of_another_kind_breaks() -> None:
    other = State("x", "Vehicle.Mass", Kind.ENTITY, aspects={}, contract_uri="gone")
    graded = gate(living(), added("Vehicle.Mass", "Vehicle", "PROPERTY"), "FULL_TRANSITIVE", earlier={f"{NS}concepts/4": [other]})
    assert {(clash.change, clash.against) for clash in graded.clashes} == {("kind: ENTITY to PROPERTY", "gone")}


@pytest.mark.parametrize(
    ("events", "expected", "complete"),
    [
        (speed(unit="mph"), FULL, True),
        (speed(is_required=True), BACKWARD, True),
        (speed(is_required=False), FORWARD, True),
        (speed(output_type="Double"), FULL, True),
        (speed(note="y"), NONE, True),
        (SPEED_REMOVED, NONE, False),
        (KMH_REMOVED, BACKWARD, True),
    ],
)
def test_aspects_that_are_not_known_are_taken_as_the_report_tells_them(events: Events, expected: set[str], *, complete: bool) -> None:
    graded = gate(living(known=False), events)
    assert (directions(graded), graded.complete) == (expected, complete)
    assert all("a value that is not known" in clash.change for clash in graded.clashes if events[0]["change_type"] == "MODIFIED")


def test_a_state_further_back_that_is_not_known_leaves_the_answer_incomplete() -> None:
    unknown = State(f"{NS}concepts/2", "Vehicle.Speed", Kind.PROPERTY, contract_uri="old")
    past = {f"{NS}concepts/2": [unknown]}
    assert not gate(living(), speed(note="y"), "FULL_TRANSITIVE", earlier=past).complete
    assert gate(living(), speed(note="y"), "FULL", earlier=past).complete
