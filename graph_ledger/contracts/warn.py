"""Warnings: what the rules do not know, and what a report says twice or not at all."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph_ledger.contracts.verdict import CONTENT
from graph_ledger.values.contracts.events import CAME, INSTANCES, LISTS, WENT, aspect
from graph_ledger.values.contracts.kinds import ChangeType, Kind, Profile
from graph_ledger.values.contracts.report import Event
from graph_ledger.values.contracts.rules import Rules

SEED_KNOWN = frozenset({"output_type", "is_list", "is_required"})
"""Aspects of leaves that the seed profile always knows."""


class Told(NamedTuple):
    """An event with the kind of what it speaks of; None where the event alone does not tell it."""

    event: Event
    kind: Kind | None


def warnings_of(told: Sequence[Told], rules: Rules, profile: Profile) -> tuple[str, ...]:
    """Return what is to be warned of, in the order of the events."""
    found = [*_twice(told)]
    if profile == "head":
        found += _roles(told)
        found += _contents(told)
    unruled: set[Kind] = set()
    for event, kind in told:
        if kind is None or event.change_type is not ChangeType.MODIFIED:
            continue
        if profile == "head" and not rules.section(kind, profile):
            if kind not in unruled:
                found.append(f"no rule for {kind}: every change of one counts as harmless")
            unruled.add(kind)
        else:
            found += _unknown(event, kind, rules, profile)
    return tuple(found)


def _twice(told: Sequence[Told]) -> Iterator[str]:
    containers = Counter(event.label for event, kind in told if kind is not None and kind.is_container)
    leaves = Counter((event.label, event.parent_label) for event, kind in told if kind is not None and not kind.is_container)
    for label, times in containers.items():
        if times > 1:
            yield f"duplicate: the container {label!r} has {times} events"
    for (label, parent), times in leaves.items():
        if times > 1:
            yield f"duplicate: {label!r} of {parent!r} has {times} events"


def _roles(told: Sequence[Told]) -> Iterator[str]:
    containers = {event.label for event, kind in told if kind is not None and kind.is_container}
    leaves = dict.fromkeys(event.label for event, kind in told if kind is not None and not kind.is_container)
    for label in leaves:
        if label in containers:
            yield f"{label!r} is a container in one event and a leaf in another"


def _contents(told: Sequence[Told]) -> Iterator[str]:
    """Compare what containers list with the events there are."""
    leaves = {event.label for event, kind in told if kind is None or not kind.is_container}
    listed: dict[str, set[str]] = {}
    for event, kind in told:
        if kind in CONTENT and event.change_type is ChangeType.MODIFIED:
            listed.setdefault(event.label, set()).update(item.label for item in event.content or ())
            for item in event.content or ():
                if item.label not in leaves:
                    yield f"the content of {event.label!r} lists {item.label!r}, which has no event of its own"
    for event, kind in told:
        parent = event.parent_label
        if kind not in CONTENT and parent in listed and event.label not in listed[parent]:
            yield f"{event.label!r} has an event, and the content of {parent!r}, which is MODIFIED, does not list it"


def _unknown(event: Event, kind: Kind, rules: Rules, profile: Profile) -> Iterator[str]:
    for key, value in event.aspects.items():
        operation = aspect(key, value).operation
        if _always_known(key, kind, profile) or rules.verdict(kind, profile, key, operation) is not None:
            continue
        name = key if profile == "seed" else f"{key}.{operation}"
        yield f"no rule for the aspect {name!r} of {kind} {event.label!r}: its change counts as harmless"


def _always_known(key: str, kind: Kind, profile: Profile) -> bool:
    if profile == "seed":
        return key in {INSTANCES, CAME, WENT} if kind.is_container else key in SEED_KNOWN
    return kind is Kind.ENTITY and key in LISTS
