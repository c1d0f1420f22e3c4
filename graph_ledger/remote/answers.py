"""Answers: values of what a service answers; those that come by the thousand are made without a second validation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graph_ledger.values.changelog import Changelog
from graph_ledger.values.composite import Member
from graph_ledger.values.investigation import Investigation
from graph_ledger.values.lineage import ColumnNode, Impact, ImpactNode
from graph_ledger.values.model import ModelRef
from graph_ledger.values.snapshot import Snapshot

Told = Mapping[str, Any]
MODEL, NODE = set(ModelRef.model_fields), set(ImpactNode.model_fields)


def time_told(text: str | None) -> datetime | None:
    """Return a time of an answer, UTC."""
    return None if text is None else datetime.fromisoformat(text.replace("Z", "+00:00"))


def models(told: Told) -> list[ModelRef]:
    """Return the models of an answer."""
    found = []
    for fields in told["models"]:
        _check(fields, MODEL)
        fields["created_at"], fields["last_seen"] = time_told(fields["created_at"]), time_told(fields["last_seen"])
        found.append(ModelRef.of_fields(fields))
    return found


def impact(told: Told) -> Impact:
    """Return an impact; nodes that a column reached are few, and checked one by one."""
    if told["column"] is None:
        nodes: tuple[ImpactNode, ...] = tuple(map(_node, told["nodes"]))
    else:
        nodes = tuple(ColumnNode.model_validate(each) for each in told["nodes"])
    pairs = None if told["edges"] is None else tuple(map(tuple, told["edges"]))
    return Impact.model_validate({**told, "nodes": (), "edges": None}).model_copy(update={"nodes": nodes, "edges": pairs})


def _node(fields: dict[str, Any]) -> ImpactNode:
    """Make a node of what was read: an answer of 7,800 is read in half the time that validating it again would take."""
    _check(fields, NODE)
    node = ImpactNode.__new__(ImpactNode)
    object.__setattr__(node, "__dict__", fields)
    object.__setattr__(node, "__pydantic_fields_set__", NODE)
    object.__setattr__(node, "__pydantic_extra__", None)
    object.__setattr__(node, "__pydantic_private__", None)
    return node


def _check(fields: Told, known: set[str]) -> None:
    if fields.keys() != known:
        raise KeyError(*(fields.keys() ^ known))


def events(told: Told) -> list[Snapshot]:
    """Return the events of an answer."""
    return [Snapshot.model_validate(each) for each in told["events"]]


def changelog(told: Told) -> Changelog:
    """Return one page of what happened; an event is the one that stands in the chain, without the line about it."""
    return Changelog(
        events=tuple(Snapshot.model_validate(each["snapshot"]) for each in told["events"]),
        total=told["total"], next_cursor=told["next_cursor"], since=told["since"], until=told["until"],
    )  # fmt: skip


APART = frozenset({"known", "events", "groups", "members"})
"""What the card of a service calls otherwise, or tells the names of alone."""


def investigation(told: Told) -> Investigation:
    """Return one model's card; its groups and members are asked for apart."""
    same = {name: told[name] for name in Investigation.model_fields if name in told and name not in APART}
    return Investigation(known=told["metadata"], events=tuple(each["snapshot"] for each in told["recent_events"]), **same)


def members(told: Told) -> tuple[Member, ...]:
    """Return members, or groups."""
    return tuple(Member.model_validate(each) for each in told["members"])
