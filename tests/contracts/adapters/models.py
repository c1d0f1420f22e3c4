"""Any small model, written in vspec and in GraphQL SDL."""

import json
from typing import Any, NamedTuple

import yaml
from hypothesis import strategies as st

BRANCHES = ("V", "V.A", "V.A.B", "V.C")
NAMES = ("x", "y", "z")
INSTANCES: tuple[Any, ...] = (None, ["L", "R"], "Row[1,2]", ["Row[1,2]", ["L", "R"]], ["R", "L", "M"])


class Property(NamedTuple):
    """What a model says of a property."""

    datatype: str
    is_list: bool
    allowed: tuple[str, ...]
    note: int | None
    formerly: tuple[str, ...]


class Entity(NamedTuple):
    """What a model says of an entity."""

    instances: int
    formerly: tuple[str, ...]
    properties: dict[str, Property]


Model = dict[str, Entity]


def written_in_vspec(model: Model) -> str:
    """Return a model as vspec."""
    nodes: dict[str, Any] = {}
    for label, entity in model.items():
        nodes[label] = {"type": "branch", "instances": INSTANCES[entity.instances], "fka": list(entity.formerly)}
        for name, each in entity.properties.items():
            nodes[f"{label}.{name}"] = {
                "type": "sensor", "datatype": each.datatype + "[]" * each.is_list, "allowed": list(each.allowed) or None, "note": each.note,
                "fka": list(each.formerly),
            }  # fmt: skip
    return yaml.safe_dump(nodes, sort_keys=False) if nodes else ""


def written_in_graphql(model: Model) -> str:
    """Return a model as GraphQL SDL; each set of allowed values is an enum of its own."""
    lines = ["enum Tag { L R M }"]
    for label, entity in model.items():
        lines.append(f"type {named(label)} {renamed(entity.formerly)} {{")
        lines.extend(["at: Tag @instanceTag"] if entity.instances else [])
        for name, each in entity.properties.items():
            kind = f"{named(label)}_{name}_Enum" if each.allowed else each.datatype
            note = "" if each.note is None else f"@note(is: {each.note})"
            lines.append(f"{name}: {f'[{kind}]' if each.is_list else kind} {note} {renamed(each.formerly)}")
        lines.extend(["id: ID", "}"])
        for name, each in entity.properties.items():
            lines.extend([f"enum {named(label)}_{name}_Enum {{ {' '.join(each.allowed)} }}"] if each.allowed else [])
    return "\n".join(lines)


def named(label: str) -> str:
    """Return a label as GraphQL has it: the type with underlines, then the field."""
    owner, _, name = label.rpartition(".")
    return f"{owner.replace('.', '_')}.{name}" if name in NAMES else label.replace(".", "_")


def renamed(labels: tuple[str, ...]) -> str:
    """Return the directive that tells former labels."""
    return f"@renamedFrom(label: {json.dumps([named(each) for each in labels])})" if labels else ""


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Draw a model; a branch stands in one that is there, too."""
    found: Model = {}
    for label in BRANCHES:
        above = label.rpartition(".")[0]
        if (not above or above in found) and draw(st.integers(0, 3)):
            formerly = draw(st.lists(st.sampled_from(BRANCHES), max_size=1)) if draw(st.booleans()) else []
            found[label] = Entity(draw(st.integers(0, len(INSTANCES) - 1)), tuple(formerly), draw(properties()))
    return found


@st.composite
def properties(draw: st.DrawFn) -> dict[str, Property]:
    """Draw the properties of an entity."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    labels = st.sampled_from([f"{branch}.{name}" for branch in BRANCHES for name in NAMES])
    return {
        name: Property(
            draw(st.sampled_from(["Int", "Float"])),
            draw(st.booleans()),
            tuple(draw(st.lists(st.sampled_from(["P", "N", "D"]), unique=True))),
            draw(st.one_of(st.none(), st.integers(0, 2))),
            tuple(draw(st.lists(labels, max_size=2))),
        )
        for name in names
    }
