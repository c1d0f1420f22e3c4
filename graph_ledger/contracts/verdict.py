"""The verdict: does a MODIFIED event break the contract, and what did it change?"""

from collections.abc import Iterator, Mapping
from typing import Any

from graph_ledger.contracts.instances import ListChange
from graph_ledger.values.contracts.events import INSTANCES, LISTS, Aspect, aspect
from graph_ledger.values.contracts.kinds import ChangeType, Kind, Profile
from graph_ledger.values.contracts.report import Event
from graph_ledger.values.contracts.rules import Rules

CONTENT = {Kind.ENTITY: "properties", Kind.ENUMERATION_SET: "values"}
"""How the rules call what the content of a container lists."""


def plain_aspects(kind: Kind, aspects: Mapping[str, Any]) -> dict[str, Any]:
    """Return the aspects without the list of instances, which an entity alone has."""
    return {key: told for key, told in aspects.items() if kind is not Kind.ENTITY or key not in LISTS}


def modified(kind: Kind, event: Event) -> dict[str, Aspect]:
    """Return what a MODIFIED event does to each aspect, apart from the list of instances."""
    return {key: aspect(key, told) for key, told in plain_aspects(kind, event.aspects).items()}


def is_breaking(rules: Rules, profile: Profile, kind: Kind, event: Event, listed: ListChange | None, *, renamed: bool) -> bool:
    """Say whether the rules have a true for anything that an event did."""
    done = _done(kind, event, listed, renamed=renamed)
    return any(rules.verdict(kind, profile, key, operation) for key, operation in done)


def _done(kind: Kind, event: Event, listed: ListChange | None, *, renamed: bool) -> Iterator[tuple[str, str]]:
    if renamed:
        yield "name", "modified"
    for key, each in modified(kind, event).items():
        yield key, each.operation
    for operation in () if listed is None else listed.operations():
        yield INSTANCES, operation
    for item in event.content or ():
        if item.change_type is not ChangeType.MODIFIED and kind in CONTENT:
            yield CONTENT[kind], item.change_type.value.lower()


def merged(known: Mapping[str, Any] | None, done: Mapping[str, Aspect]) -> tuple[dict[str, Any] | None, dict[str, dict[str, Any]]]:
    """Return all aspects after an event, None where they were not known, and what changed with old and new.

    >>> merged({"unit": "km/h"}, {"unit": Aspect("modified", "mph")})
    ({'unit': 'mph'}, {'unit': {'op': 'modified', 'old': 'km/h', 'new': 'mph'}})
    """
    after, changed = None if known is None else dict(known), {}
    for key, each in done.items():
        was = {} if known is None else {"old": known.get(key)}
        changed[key] = {"op": each.operation, **was, "new": each.value}
        if after is not None and each.operation == "removed":
            after.pop(key, None)
        elif after is not None:
            after[key] = each.value
    return after, changed
