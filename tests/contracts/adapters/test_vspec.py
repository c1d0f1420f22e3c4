"""vspec: what a model of it holds, which addresses its instances have, and what is refused where."""

from pathlib import Path
from typing import Any

import pytest

from graph_ledger.contracts import diff
from graph_ledger.contracts.adapters.choose import read_model
from graph_ledger.contracts.snapshots import read_snapshot
from graph_ledger.errors import ReportError
from tests.contracts.adapters.written import check_refused, elements_of_ledger, elements_of_model, released, write
from tests.contracts.said import added

ROOT = "Vehicle: {type: branch}\n"
SPEED = "Vehicle.Speed: {type: sensor, datatype: float, unit: km/h}\n"


def model_of(folder: Path, text: str) -> Any:
    return read_model(write(folder, model_vspec=text))


def events(old: Any, new: Any) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in event.items() if value not in ({}, None, [])}
        for event in diff(old, new).model_dump(mode="json", exclude_defaults=True)["changes"]
    ]


def test_branches_leaves_and_what_they_allow(tmp_path: Path) -> None:
    model = write(
        tmp_path,
        model_vspec=ROOT
        + """
Vehicle.Gear: {type: actuator, datatype: 'string[]', allowed: ['P', 'D'], description: Chosen gear., since: 2026-01-31, comment: null}
Vehicle.Cat: &cat {type: attribute, datatype: uint8}
Vehicle.Dog: {<<: *cat, enum: {'AKITA': 0, 'PUG': 2}, min: 0, x-own: {a: [1, true]}}
""",
    )
    assert events(None, model) == [
        added("Vehicle", "ENTITY", type="branch"),
        added("Vehicle.Gear", "PROPERTY", "Vehicle", type="actuator", description="Chosen gear.", since="2026-01-31", output_type="string",
              is_list=True, allowed="Vehicle.Gear.allowed"),
        added("Vehicle.Cat", "PROPERTY", "Vehicle", type="attribute", output_type="uint8", is_list=False),
        added("Vehicle.Dog", "PROPERTY", "Vehicle", **{"type": "attribute", "min": 0, "x-own": {"a": [1, True]}, "output_type": "uint8",
              "is_list": False, "enum": "Vehicle.Dog.enum"}),
        {"label": "Vehicle.Gear.allowed", "kind": "ENUMERATION_SET", "change_type": "ADDED"},
        {"label": "Vehicle.Gear.allowed.P", "kind": "ENUM_VALUE", "parent_label": "Vehicle.Gear.allowed", "change_type": "ADDED"},
        {"label": "Vehicle.Gear.allowed.D", "kind": "ENUM_VALUE", "parent_label": "Vehicle.Gear.allowed", "change_type": "ADDED"},
        {"label": "Vehicle.Dog.enum", "kind": "ENUMERATION_SET", "change_type": "ADDED"},
        added("Vehicle.Dog.enum.AKITA", "ENUM_VALUE", "Vehicle.Dog.enum", value=0),
        added("Vehicle.Dog.enum.PUG", "ENUM_VALUE", "Vehicle.Dog.enum", value=2),
    ]  # fmt: skip
    assert elements_of_ledger(released(model)) == elements_of_model(model)


INSTANCES: dict[str, list[str]] = {
    "[Left, Right]": ["Left", "Right"],
    "Left": ["Left"],
    "Row[1,3]": ["Row1", "Row2", "Row3"],
    "A[1,2]B[3,4]": ["A1B3", "A1B4", "A2B3", "A2B4"],
    '["Row[1,2]", [Left, Right]]': ["Row1.Left", "Row1.Right", "Row2.Left", "Row2.Right"],
    '["Row[1,2]", Left, Right]': ["Row1.Left", "Row1.Right", "Row2.Left", "Row2.Right"],
    '[[A, "B[1,2]"], ["C[7,7]"]]': ["A.C7", "B1.C7", "B2.C7"],
    "[1, 2]": ["1", "2"],
    "[]": [],
}


@pytest.mark.parametrize("told", INSTANCES)
def test_instances_are_written_as_names_ranges_and_lists_which_multiply(told: str, tmp_path: Path) -> None:
    model = model_of(tmp_path, ROOT + f"Vehicle.Door:\n  instances: {told}\n")
    assert model["Vehicle.Door"]["instances"] == INSTANCES[told]


def test_what_stands_in_a_branch_has_its_instances_unless_it_says_that_it_has_not(tmp_path: Path) -> None:
    text = """
Vehicle.Door: {instances: [Left, Right]}
Vehicle.Door.IsOpen: {type: sensor, datatype: boolean}
Vehicle.Door.Count: {type: sensor, datatype: uint8, instantiate: false}
Vehicle.Door.Window: {type: branch, instances: "Pane[1,2]"}
Vehicle.Door.Window.Position: {type: sensor, datatype: uint8}
Vehicle.Door.Window.Colour: {type: sensor, datatype: string, instantiate: false}
Vehicle.Door.Lock: {type: branch, instantiate: false}
Vehicle.Door.Lock.IsOn: {type: sensor, datatype: boolean}
"""
    path = write(tmp_path, model_vspec=ROOT + text)
    tables = released(path)
    labels = {row.concept_uri: row.current_label for row in tables.concepts}
    of = {row.contract_uri: labels[row.concept_uri] for row in tables.contracts}
    found = {label: [row.instance_label for row in tables.bindings if of[row.contract_uri] == label] for label in labels.values()}
    assert {label: each for label, each in found.items() if each} == {
        "Vehicle.Door.IsOpen": ["Left", "Right"],
        "Vehicle.Door.Count": [None],
        "Vehicle.Door.Window.Position": ["Left.Pane1", "Left.Pane2", "Right.Pane1", "Right.Pane2"],
        "Vehicle.Door.Window.Colour": ["Left", "Right"],
        "Vehicle.Door.Lock.IsOn": [None],
    }
    assert set(read_snapshot(path).elements["Vehicle"].properties) == {"Vehicle.Door.Count"}


def test_a_former_label_is_a_rename_of_all_that_stands_below(tmp_path: Path) -> None:
    old = write(
        tmp_path / "old",
        model_vspec=ROOT + "Vehicle.Gate: {type: branch}\nVehicle.Gate.Is: {type: sensor, datatype: string, allowed: [a]}\n" + SPEED,
    )
    new = write(
        tmp_path / "new",
        model_vspec=ROOT
        + """
Vehicle.Door: {type: branch, fka: [Vehicle.Hatch, Vehicle.Gate]}
Vehicle.Door.Is: {type: sensor, datatype: string, allowed: [a]}
Vehicle.Velocity: {type: sensor, datatype: float, unit: mph, fka: Vehicle.Speed}
""",
    )
    assert [(event["label"], event["renamed_from"], event.get("aspects", {})) for event in events(old, new)] == [
        ("Vehicle.Velocity", "Vehicle.Speed", {"unit": "mph"}),
        ("Vehicle.Door", "Vehicle.Gate", {}),
        ("Vehicle.Door.Is", "Vehicle.Gate.Is", {"allowed": "Vehicle.Door.Is.allowed"}),
        ("Vehicle.Door.Is.allowed", "Vehicle.Gate.Is.allowed", {}),
        ("Vehicle.Door.Is.allowed.a", "Vehicle.Gate.Is.allowed.a", {}),
    ]
    assert elements_of_ledger(released(old, new)) == elements_of_model(new)
    assert events(new, new) == []


def test_files_are_included_below_a_label_and_later_ones_lie_over_earlier_ones(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_vspec=ROOT + "Vehicle.Door: {type: branch, includes: [parts/lock]}\n#include parts/door.vspec Vehicle.Door\n" + SPEED,
        parts__door_vspec="IsOpen: {type: sensor, datatype: boolean}\n  #include shared.vspec Shared\n",
        parts__lock_vspec="IsLocked: {type: sensor, datatype: boolean}\n",
        shared_vspec="Note: {type: sensor, datatype: string}\n",
        z_vspec='Vehicle.Speed: {unit: mph}\n"Vehicle.Door.Is*": {origin: overlay}\nVehicle.Door.IsLocked: {delete: true}\n',
    )
    with pytest.raises(ReportError, match=r"'Vehicle.Door.Shared.Note': there is no branch"):
        read_model(tmp_path / "a.vspec")
    write(tmp_path, shared_vspec="note: {type: branch}\nnote.Text: {type: sensor, datatype: string}\n")
    write(tmp_path, parts__door_vspec="IsOpen: {type: sensor, datatype: boolean}\n  #include shared.vspec\n")
    model = read_model(tmp_path)
    assert model is not None
    assert {label: list(each["properties"]) for label, each in model.items()} == {
        "Vehicle": ["Vehicle.Speed"], "Vehicle.Door": ["Vehicle.Door.IsOpen"], "Vehicle.Door.note": ["Vehicle.Door.note.Text"],
    }  # fmt: skip
    assert model["Vehicle"]["properties"]["Vehicle.Speed"]["aspects"]["unit"] == "mph"
    assert model["Vehicle.Door"]["properties"]["Vehicle.Door.IsOpen"]["aspects"]["origin"] == "overlay"
    assert events(tmp_path, tmp_path) == []


REFUSED: dict[str, tuple[str, str]] = {
    "a list": ("- Vehicle\n", r":1:1: .*mapping of labels"),
    "no mapping": ("Vehicle: branch\n", r":1:1: 'Vehicle': a node is a mapping"),
    "no YAML": (ROOT + "Vehicle.Speed: {type: sensor\n", r":3:1: not YAML"),
    "a label that YAML reads as a truth value": ("ON: {type: branch}\n", r":1:1: 'ON' is not text to YAML: quote it"),
    "a label that is merged": ("V: &a {type: branch}\n<<: {W: *a}\n", r":2:1: '<<' is not text"),
    "a label twice": (ROOT + SPEED + SPEED, r":3:1: duplicate: 'Vehicle.Speed'"),
    "an attribute twice": ("Vehicle:\n  type: branch\n  type: struct\n", r":3:3: duplicate: 'type'"),
    "an unknown type": ("Vehicle: {type: tree}\n", r":1:1: 'Vehicle': its type is one of"),
    "a leaf without a type": (ROOT + "Vehicle.A: {datatype: int8}\n", r":2:1: 'Vehicle.A': its type is one of"),
    "a leaf without a datatype": (ROOT + "Vehicle.A: {type: sensor}\n", r":2:1: .*has a datatype"),
    "a leaf with instances": (ROOT + "Vehicle.A: {type: sensor, datatype: int8, instances: [x]}\n", r":2:1: .*has no instances"),
    "a branch with a datatype": ("Vehicle: {type: branch, datatype: int8}\n", r":1:1: .*has no datatype"),
    "a leaf alone": ("Speed: {type: sensor, datatype: int8}\n", r":1:1: 'Speed': a sensor stands in a branch"),
    "no branch above": (ROOT + "Vehicle.A.B: {type: branch}\n", r":2:1: .*no branch 'Vehicle.A'"),
    "a leaf above": (ROOT + SPEED + "Vehicle.Speed.X: {type: branch}\n", r":3:1: .*no branch 'Vehicle.Speed'"),
    "instances that are no names": ("Vehicle: {instances: [true]}\n", r":1:1: instances: True is no name"),
    "a name twice": ("Vehicle: {instances: [[A, A]]}\n", r":1:1: instances: duplicate: 'A'"),
    "a range backwards": ('Vehicle: {instances: "Row[2,1]"}\n', r":1:1: .*'Row\[2,1\]'"),
    "a range that is none": ('Vehicle: {instances: "Row[x]"}\n', r":1:1: .*no range"),
    "a range without an end": ('Vehicle: {instances: "Row[1,999999999999]"}\n', r":1:1: .*10,000 long at most"),
    "too many of them": ('Vehicle: {instances: ["A[1,200]", "B[1,200]"]}\n', r":1:1: 40,000 instances"),
    "names before a range": ('Vehicle: {instances: [Left, "Row[1,2]"]}\n', r":1:1: .*in a list of their own"),
    "no branch to be instantiated with": ("Vehicle: {instances: [A]}\nVehicle.X: {type: sensor, datatype: int8, instantiate: false}\n",
                                          r":2:1: .*no branch stands above 'Vehicle'"),
    "a value that YAML reads as a truth value": (ROOT + "Vehicle.A: {type: sensor, datatype: string, allowed: [ON]}\n",
                                                 r":2:1: .*as true: quote"),
    "allowed is no list": (ROOT + "Vehicle.A: {type: sensor, datatype: string, allowed: x}\n", r":2:1: .*allowed is a list"),
    "a value twice": (ROOT + "Vehicle.A: {type: sensor, datatype: string, allowed: ['1', 1]}\n", r":2:1: .*duplicate: '1'"),
    "enum is no mapping": (ROOT + "Vehicle.A: {type: sensor, datatype: int8, enum: [a]}\n", r":2:1: .*enum is a mapping"),
    "no number of JSON": (ROOT + "Vehicle.A: {type: sensor, datatype: float, max: .inf}\n", r":2:1: inf is no number"),
    "what holds itself": (ROOT + "Vehicle.A: &a {type: sensor, datatype: float, x: *a}\n", r":2:1: .*see what its aliases"),
    "what multiplies": (ROOT + "Vehicle.A: {type: sensor, datatype: float, a: &a [1,1,1,1,1,1,1,1,1,1], "
                        + ", ".join(f"{b}: &{b} [{', '.join(['*' + a] * 10)}]" for a, b in zip("abcde", "bcdef", strict=True)) + "}\n",
                        r":2:1: .*see what its aliases"),
    "bytes": (ROOT + "Vehicle.A: {type: sensor, datatype: float, x: !!binary aGk=}\n", r":2:1: a bytes is no value"),
    "former labels": (ROOT + "Vehicle.A: {type: sensor, datatype: float, fka: [1]}\n", r":2:1: .*fka is a former label"),
    "an include of nothing": (ROOT + "  #include\n", r":2:3: an include is"),
    "an include that is not there": (ROOT + "#include no.vspec\n", r":2:1: no file no.vspec"),
    "an include of itself": (ROOT + "#include model.vspec Vehicle\n", r":2:1: model.vspec includes itself"),
    "includes that are no list": ("Vehicle: {includes: x}\n", r":1:1: .*includes is a list"),
    "an aspect called name": (ROOT + "Vehicle.A: {type: sensor, datatype: float, name: x}\n", r"model.vspec: .*must not carry 'name'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_vspec_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    text, said = REFUSED[name]
    check_refused(write(tmp_path, model_vspec=text), said)


def test_a_folder_is_of_one_language_and_an_empty_file_is_a_model_before_its_first_release(tmp_path: Path) -> None:
    assert events(write(tmp_path / "a", empty_vspec="# nothing yet\n"), write(tmp_path / "b", model_vspec=ROOT)) == [
        added("Vehicle", "ENTITY", type="branch")
    ]
    with pytest.raises(ReportError, match="this one has neither"):
        diff(None, write(tmp_path / "c", note_txt="").parent)
    with pytest.raises(ReportError, match="this one has both"):
        diff(None, write(tmp_path / "d", a_vspec="", a_gql="").parent)
    write(tmp_path / "e", a_vspec="#include b.vspec\n", b_vspec="#include a.vspec\n")
    with pytest.raises(ReportError, match="every file is included"):
        diff(None, tmp_path / "e")
