"""GraphQL SDL: what a schema holds, with the directives that s2dm gives it, and what is refused where."""

import sys
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.contracts import diff
from graph_ledger.contracts.adapters.choose import read_model
from graph_ledger.contracts.snapshots import read_snapshot
from tests.contracts.adapters.written import check_refused, elements_of_ledger, elements_of_model, released, write

SCHEMA = '''
schema { query: Root }
extend schema { mutation: Change }
type Root { vehicle: Vehicle }
type Change { stop(id: ID!): Boolean }
extend type Query { more: Vehicle }
scalar UInt8
interface Thing { id: ID! }

extend type Vehicle { gear: Gear! }
"""A motorised thing."""
type Vehicle implements Thing @vspec(element: BRANCH) {
  id: ID!
  "How fast it is."
  speed(unit: VelocityUnit = KILOM_PER_HR, smooth: Int = 3): Float @range(min: 0, max: 250.5) @metadata(comment: "GNSS", vssType: "sensor")
  doors: [Door!]! @cardinality(min: 1, max: 5) @noDuplicates
  grid: [[Int]]
  old: UInt8 @deprecated(reason: "see gear")
  tagged: Int @modl(concept: "urn:x", contract: "urn:y")
  rate(unit: Rate): Int
  raw(unit: String = "rpm"): Int
}
enum VelocityUnit { KILOM_PER_HR @reference(uri: "urn:kmh") @reference2 MILES_PER_HR }
enum Gear { P D }
extend enum Gear { R }
type Door {
  isOpen: Boolean
  at: DoorAt @instanceTag(exclude: ["ROW2.MIDDLE"])
}
type DoorAt @instanceTag { row: Row! side: Side }
enum Row { ROW1 ROW2 }
enum Side { LEFT MIDDLE }
type Wheel { row: Row @instanceTag }
'''


def field(snapshot: Any, label: str) -> dict[str, Any]:
    told = read_snapshot(snapshot).elements[label.rpartition(".")[0]].properties[label].aspects
    return {key: value for key, value in told.items() if value is not False}


def test_types_fields_and_enums(tmp_path: Path) -> None:
    model = write(tmp_path, model_graphql=SCHEMA)
    elements = read_snapshot(model).elements
    assert list(elements) == ["Vehicle", "Door", "DoorAt", "Wheel", "VelocityUnit", "Gear", "Row", "Side"]
    assert elements["Vehicle"].aspects == {"description": "A motorised thing.", "implements": ["Thing"], "vspec": {"element": "BRANCH"}}
    assert {label.partition(".")[2]: field(model, label) for label in elements["Vehicle"].properties} == {
        "id": {"output_type": "ID", "is_required": True},
        "speed": {
            "description": "How fast it is.", "output_type": "Float", "unit": "VelocityUnit.KILOM_PER_HR",
            "arguments": {"smooth": "Int = 3"}, "min": 0, "max": 250.5, "comment": "GNSS", "vssType": "sensor",
        },
        "doors": {
            "output_type": "Door", "is_list": True, "is_required": True, "items_required": True, "cardinality": {"min": 1, "max": 5},
            "noDuplicates": True,
        },
        "grid": {"output_type": "[Int]", "is_list": True},
        "old": {"output_type": "UInt8", "deprecation": "see gear"},
        "tagged": {"output_type": "Int"},
        "rate": {"output_type": "Int", "unit": "Rate"},
        "raw": {"output_type": "Int", "unit": "rpm"},
        "gear": {"output_type": "Gear", "is_required": True},
    }  # fmt: skip
    assert elements["VelocityUnit"].values["VelocityUnit.KILOM_PER_HR"].aspects == {"reference": {"uri": "urn:kmh"}, "reference2": True}
    assert list(elements["Gear"].values) == ["Gear.P", "Gear.D", "Gear.R"]
    assert elements["Door"].instances == ("ROW1.LEFT", "ROW1.MIDDLE", "ROW2.LEFT")
    assert elements["Wheel"].instances == ("ROW1", "ROW2")
    assert elements_of_ledger(released(model)) == elements_of_model(model)


def test_a_schema_may_stand_in_several_files_and_an_empty_one_is_a_model_before_its_first_release(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "m",
        a_gql="extend type A { y: Int } extend type Query { a: A }",
        b__c_graphqls="type A { x: Int }",
        empty_graphql="# nothing\n",
    ).parent
    assert list(read_snapshot(folder).elements["A"].properties) == ["A.x", "A.y"]
    assert [event.label for event in diff(folder / "empty.graphql", write(tmp_path, b_GraphQL="type B")).changes] == ["B"]


def test_a_rename_is_said_by_a_directive_and_takes_the_fields_along(tmp_path: Path) -> None:
    old = write(tmp_path / "old", m_graphql="type Gate { is: State size: Int } enum State { A }")
    new = write(
        tmp_path / "new",
        m_graphql="""
type Door @renamedFrom(label: "Gate") { is: Mode width: Int @renamedFrom(label: ["Door.size", "Gate.size"]) }
enum Mode @renamedFrom(label: "State") { A }
""",
    )
    found = [(event.label, event.renamed_from) for event in diff(old, new).changes]
    assert found == [("Door", "Gate"), ("Door.is", "Gate.is"), ("Door.width", "Gate.size"), ("Mode", "State"), ("Mode.A", "State.A")]
    assert diff(new, new).changes == ()
    assert elements_of_ledger(released(old, new, new)) == elements_of_model(new)


REFUSED: dict[str, tuple[str, str]] = {
    "no SDL": ("type A {\n  x Int\n}", r":2:5: not GraphQL SDL: Expected ':'"),
    "no text of it": ("type A { x: Int }\n'", r":2:1: not GraphQL SDL: "),
    "a query": ("type A { x: Int }\n{ x }", r":2:1: not GraphQL SDL: a query"),
    "a type twice": ("type A { x: Int }\ntype A { y: Int }", r":1:6: .*only one type named 'A'"),
    "a field twice": ("type A { x: Int\n x: Int }", r":1:10: .*'A.x' can only be defined once"),
    "a value twice": ("enum A { X X }", r":1:10: .*'A.X' can only be defined once"),
    "an extension of nothing": ("type B { x: Int }\nextend type A { x: Int }", r":2:13: .*Cannot extend type 'A'"),
    "an aspect told twice": (
        "type A { x: Int @range(min: 1)\n @metadata(min: 2) }",
        r":2:2: @metadata tells 'min', which was told already",
    ),
    "an aspect called name": ("type A { x: Int @name(is: 1) }", r"m.graphql: .*must not carry 'name'"),
    "no number of JSON": ("type A { x: Int @range(min: 0, max: 1e999) }", r":1:32: inf is no number of JSON"),
    "a tag of no enum": ("type A {\n at: Int @instanceTag }", r":2:2: @instanceTag: 'Int' is no enum"),
    "a tag of a list": ("type A {\n at: [B] @instanceTag } enum B { X }", r":2:2: @instanceTag: 'a list' is no enum"),
    "a tag of other things": ("type A {\n at: B @instanceTag } type B { x: Int }", r":2:2: @instanceTag: 'B' is no enum"),
    "an instance that is not there": ('type A {\n at: B @instanceTag(exclude: "Y") } enum B { X }', r":2:2: .*no instance 'Y'"),
    "too many instances": (
        "type A { at: T @instanceTag } type T { " + " ".join(f"f{n}: E" for n in range(8)) + " } enum E { " + " ".join("ABCDEFGH") + " }",
        r":1:10: 16,777,216 instances",
    ),
    "a former label that is none": ("type A @renamedFrom(label: 1) { x: Int }", r":1:8: @renamedFrom: label is a text"),
    "nested too deep": ("type A { x: " + "[" * 9000 + "Int" + "]" * 9000 + " }", r"nested too deep"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_schema_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    text, said = REFUSED[name]
    check_refused(write(tmp_path, m_graphql=text), said)


def test_without_the_extra_the_command_that_brings_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphql", None)
    path = write(tmp_path, m_graphql=SCHEMA)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "graph-ledger\[graphql\]" brings graphql-core, which reads .*m\.graphql'):
        read_model(path)
