"""Diff: the report that leads from one snapshot to another."""

from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Any, NamedTuple

from graph_ledger.contracts.inputs import read_report
from graph_ledger.contracts.snapshots import Container, Leaf, Snapshot, read_snapshot
from graph_ledger.errors import ReportError
from graph_ledger.values.contracts.events import INSTANCES, OPERATION, VALUE
from graph_ledger.values.contracts.kinds import ChangeType, Kind
from graph_ledger.values.contracts.report import DiffReport

Given = Mapping[str, Any] | str | PathLike[str] | None
Told = dict[str, Any]


class Pair(NamedTuple):
    """An element of the new snapshot with what it was in the old one; None where it is new."""

    label: str
    was: str | None


def diff(old: Given, new: Given) -> DiffReport:
    """Return the report that leads from one snapshot to another.

    A snapshot is a mapping of the labels of containers to what they are::

        Vehicle.Door:                  # the full label
          kind: ENTITY                 # or ENUMERATION_SET; left out: a set where it has values, else an entity
          renamed_from: Vehicle.Gate   # its label in the old snapshot, or a list of former ones; may stay in later ones
          instances: [Left, Right]     # of an entity
          aspects: {type: branch}
          properties:                  # of an entity; a set has values
            Vehicle.Door.IsOpen:       # the full label, too
              aspects: {output_type: Boolean}

    A rename is not guessed: without ``renamed_from`` one element is removed and another one added; so it is where a leaf changes its owner,
    or a label its kind. Of several former labels the first that the old snapshot has counts; where it has the new label already, all are
    of earlier releases and none is looked at. A container is MODIFIED where anything of its own changed or a child came or went; its
    ``content`` lists which children changed.

    Args:
        old: The snapshot before: a mapping, a file of it (YAML or JSON), or a model in vspec or GraphQL SDL, a file or a folder; None for a
            first release.
        new: The snapshot after, in the same forms.

    Raises:
        ReportError: One of them is no snapshot, and no model that one can be read from.
        ModuleNotFoundError: It is GraphQL SDL, and the extra ``graphql`` is not installed.

    >>> old = {"Car": {"properties": {"Car.Speed": {"aspects": {"unit": "km/h"}}}}}
    >>> new = {"Car": {"properties": {"Car.Speed": {"aspects": {"unit": "mph"}}}}}
    >>> diff(old, new).changes[0].aspects
    {'unit': 'mph'}
    """
    return read_report({"changes": list(_events(read_snapshot(old), read_snapshot(new)))})


def _events(old: Snapshot, new: Snapshot) -> Iterator[Told]:
    before = {label: container.what for label, container in old.elements.items()}
    pairs = _paired(before, {label: (each.what, each.renamed_from) for label, each in new.elements.items()})
    for pair in pairs:
        container = new.elements[pair.label]
        was = None if pair.was is None else old.elements[pair.was]
        children = list(_children(pair, was, container))
        yield from _container(pair, was, container, children)
        yield from children
    kept = {pair.was for pair in pairs}
    for label, gone in old.elements.items():
        if label not in kept:
            yield {"label": label, "kind": gone.what, "change_type": ChangeType.REMOVED}
            yield from (_leaf_event(child, gone.child_kind, label, ChangeType.REMOVED) for child in gone.children)


def _paired(old: Mapping[str, Kind], new: Mapping[str, tuple[Kind, tuple[str, ...]]]) -> list[Pair]:
    """Pair what is of one kind and called the same, or said to be renamed; an old label that is given away pairs with nobody else.

    Raises:
        ReportError: Two elements are said to be renamed from one.
    """
    former = {label: next((was for was in names if old.get(was) is kind), None) for label, (kind, names) in new.items() if label not in old}
    moved = {label: was for label, was in former.items() if was is not None}
    taken: dict[str, str] = {}
    for label, was in moved.items():
        if taken.setdefault(was, label) != label:
            raise ReportError(f"Invalid snapshot: duplicate: both {taken[was]!r} and {label!r} are said to be renamed from {was!r}")
    kept = {label: label for label, (kind, _) in new.items() if old.get(label) is kind and label not in taken}
    return [Pair(label, moved.get(label, kept.get(label))) for label in new]


def _container(pair: Pair, was: Container | None, now: Container, children: list[Told]) -> Iterator[Told]:
    event: Told = {"label": pair.label, "kind": now.what}
    if was is None:
        instances = {INSTANCES: list(now.instances)} if now.instances else {}
        yield event | {"change_type": ChangeType.ADDED, "aspects": {**now.aspects, **instances}}
        return
    aspects = _changed(was.aspects, now.aspects)
    if tuple(was.instances or ()) != tuple(now.instances or ()):
        aspects[INSTANCES] = list(now.instances or ())
    came_or_went = any(child["change_type"] is not ChangeType.MODIFIED for child in children)
    if aspects or came_or_went or pair.was != pair.label:
        content = [{"label": child["label"], "change_type": child["change_type"]} for child in children]
        yield event | _renamed(pair) | {"change_type": ChangeType.MODIFIED, "aspects": aspects, "content": content}


def _children(pair: Pair, was: Container | None, now: Container) -> Iterator[Told]:
    kind, before = now.child_kind, {} if was is None else was.children
    pairs = _paired(dict.fromkeys(before, kind), {label: (kind, each.renamed_from) for label, each in now.children.items()})
    for child in pairs:
        yield from _leaf(child, before, now.children[child.label], kind, pair.label)
    kept = {child.was for child in pairs}
    yield from (_leaf_event(label, kind, pair.label, ChangeType.REMOVED) for label in before if label not in kept)


def _leaf(pair: Pair, before: Mapping[str, Leaf], now: Leaf, kind: Kind, parent: str) -> Iterator[Told]:
    if pair.was is None:
        yield _leaf_event(pair.label, kind, parent, ChangeType.ADDED) | {"aspects": now.aspects}
        return
    aspects = _changed(before[pair.was].aspects, now.aspects)
    if aspects or pair.was != pair.label:
        yield _leaf_event(pair.label, kind, parent, ChangeType.MODIFIED) | _renamed(pair) | {"aspects": aspects}


def _leaf_event(label: str, kind: Kind, parent: str, change_type: ChangeType) -> Told:
    return {"label": label, "kind": kind, "parent_label": parent, "change_type": change_type}


def _renamed(pair: Pair) -> Told:
    return {} if pair.was == pair.label else {"renamed_from": pair.was}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Told:
    """Return what leads from one set of aspects to another; a plain value is a modification."""
    gone: Told = {key: {OPERATION: "removed"} for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            gone[key] = {OPERATION: "added", VALUE: value}
        elif not _same(old[key], value):
            gone[key] = {OPERATION: "modified", VALUE: value} if isinstance(value, Mapping) else value
    return gone


def _same(one: Any, other: Any) -> bool:
    """Say whether two values are one; a truth value is never a number."""
    return one == other and (type(one) is type(other) or not {type(one), type(other)} & {bool})
