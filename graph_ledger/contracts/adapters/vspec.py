"""vspec: a snapshot out of the Vehicle Signal Specification's language. A branch is an entity, a leaf a property of it."""

from pathlib import Path
from typing import Any

from graph_ledger.contracts.adapters.combine import combine
from graph_ledger.contracts.adapters.former import former_labels
from graph_ledger.contracts.adapters.vspec_files import read_files
from graph_ledger.contracts.adapters.vspec_instances import expand
from graph_ledger.contracts.adapters.vspec_yaml import Node

BRANCHES, LEAVES = ("branch", "struct"), ("sensor", "actuator", "attribute", "property")
SETS = ("allowed", "enum")
NOT_ASPECTS = frozenset({"fka", "instances", "datatype", "delete", "includes", *SETS})


def vspec_snapshot(files: list[Path]) -> dict[str, Any]:
    """Return the snapshot that vspec files hold, with all that they include.

    Raises:
        ReportError: They are not valid; the message says where.
    """
    return _Model(read_files(files)).snapshot()


class _Model:
    """Nodes by their labels, and what follows from where they stand."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        self._nodes = nodes
        self._kinds = {label: _kind(label, node) for label, node in nodes.items()}
        for label, node in nodes.items():
            self._check(label, node)
        # By depth: what a node takes over from the one it stands in is known before.
        self._instances: dict[str, tuple[str, ...]] = {}
        self._former: dict[str, list[str]] = {}
        for label in sorted(nodes, key=lambda each: each.count(".")):
            self._instances[label] = self._of_path(label)
            self._former[label] = self._names(label)

    def snapshot(self) -> dict[str, Any]:
        """Return entities in their order, each with its properties; what a property allows is a set beside it."""
        elements: dict[str, Any] = {label: self._entity(label) for label, kind in self._kinds.items() if kind in BRANCHES}
        for label, kind in self._kinds.items():
            if kind in LEAVES:
                sets = {f"{label}.{each}": self._set(label, each) for each in SETS if self._nodes[label].told.get(each) is not None}
                aspects = self._aspects(label) | {each.rpartition(".")[2]: each for each in sets}
                elements[self._owner(label)]["properties"][label] = {"renamed_from": self._former[label], "aspects": aspects}
                elements |= sets
        return elements

    def _check(self, label: str, node: Node) -> None:
        owner, is_leaf = _above(label), self._kinds[label] in LEAVES
        if owner and self._kinds.get(owner) not in BRANCHES:
            raise node.place.refuse(f"{label!r}: there is no branch {owner!r} for it to stand in")
        if is_leaf and not owner:
            raise node.place.refuse(f"{label!r}: a {self._kinds[label]} stands in a branch")
        if is_leaf and not _is_text(node.told.get("datatype")):
            raise node.place.refuse(f"{label!r}: a {self._kinds[label]} has a datatype")
        wrong = [each for each in (("instances",) if is_leaf else ("datatype", *SETS)) if node.told.get(each) is not None]
        if wrong:
            raise node.place.refuse(f"{label!r}: a {self._kinds[label]} has no {wrong[0]}")

    def _entity(self, label: str) -> dict[str, Any]:
        instances = list(self._instances[label])
        return {"renamed_from": self._former[label], "instances": instances, "aspects": self._aspects(label), "properties": {}}

    def _aspects(self, label: str) -> dict[str, Any]:
        told = self._nodes[label].told
        aspects = {"type": self._kinds[label]} | {key: value for key, value in told.items() if key not in NOT_ASPECTS and value is not None}
        if self._kinds[label] in LEAVES:
            datatype = str(told["datatype"]).strip()
            aspects |= {"output_type": datatype.removesuffix("[]"), "is_list": datatype.endswith("[]")}
        return aspects

    def _set(self, label: str, key: str) -> dict[str, Any]:
        """Return the set of what a property allows; it has the property's former labels, too."""
        told, place = self._nodes[label]
        if not isinstance(told[key], dict if key == "enum" else list):
            raise place.refuse(f"{label!r}: {key} is a {'mapping of names to numbers' if key == 'enum' else 'list of values'}")
        names = [_value(each, str(told["datatype"]), place.refuse) for each in told[key]]
        if len(set(names)) < len(names):
            raise place.refuse(f"{label!r}: {key}: duplicate: {next(each for each in names if names.count(each) > 1)!r}")
        values = {
            f"{label}.{key}.{name}": {
                "renamed_from": [f"{each}.{key}.{name}" for each in self._former[label]],
                "aspects": {"value": told[key][name]} if key == "enum" else {},
            }
            for name in names
        }
        return {"kind": "ENUMERATION_SET", "renamed_from": [f"{each}.{key}" for each in self._former[label]], "values": values}

    def _names(self, label: str) -> list[str]:
        told, place = self._nodes[label]
        said = told.get("fka") or []
        said = [said] if isinstance(said, str) else said
        if not isinstance(said, list) or not all(_is_text(each) for each in said):
            raise place.refuse(f"{label!r}: fka is a former label, or a list of them")
        return former_labels(label, _above(label), said, self._former.get(_above(label), ()))

    def _of_path(self, label: str) -> tuple[str, ...]:
        """Return the instances of a node: those of its branch, each with every one of its own."""
        above = _above(label)
        if not self._is_instantiated(label):
            above = _above(above)
        own = expand(self._nodes[label].told.get("instances"), self._nodes[label].place)
        return combine([self._instances.get(above, ()), own], self._nodes[label].place)

    def _owner(self, label: str) -> str:
        """Return the branch of a property; what is not instantiated with its branch is one of the branch above, as it is met there."""
        above = _above(label)
        if self._is_instantiated(label) or not self._nodes[above].told.get("instances"):
            return above
        if not _above(above):
            raise self._nodes[label].place.refuse(f"{label!r}: no branch stands above {above!r}, with which it could be instantiated")
        return self._owner(above)

    def _is_instantiated(self, label: str) -> bool:
        return self._nodes[label].told.get("instantiate") is not False


def _kind(label: str, node: Node) -> str:
    kind = node.told.get("type") or ("branch" if node.told.get("datatype") is None else None)
    if kind not in (*BRANCHES, *LEAVES):
        raise node.place.refuse(f"{label!r}: its type is one of {', '.join((*BRANCHES, *LEAVES))}, not {kind!r}")
    return str(kind)


def _value(value: Any, datatype: str, refuse: Any) -> str:
    if isinstance(value, bool) and not datatype.lower().startswith("bool"):
        raise refuse(f"YAML reads a value as {str(value).lower()}: quote it where ON, OFF, YES or NO is meant")
    if not isinstance(value, (str, int, float)):
        raise refuse(f"{value!r} is no value that can be allowed")
    return str(value)


def _above(label: str) -> str:
    return label.rpartition(".")[0]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
