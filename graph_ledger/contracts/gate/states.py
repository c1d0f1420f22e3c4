"""States: what an element of a model was and is, as the change gate compares it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph_ledger.contracts.living import LivingConcept
from graph_ledger.values.contracts.change import Change
from graph_ledger.values.contracts.events import INSTANCES
from graph_ledger.values.contracts.kinds import ChangeType, Kind


@dataclass(frozen=True, slots=True)
class State:
    """An element at one time."""

    concept_uri: str
    label: str
    kind: Kind
    parent_uri: str | None = None
    aspects: Mapping[str, Any] | None = None
    """All aspects but an entity's instances; None where they are not known, as from files."""
    instances: tuple[str, ...] = ()
    contract_uri: str | None = None


class Told(NamedTuple):
    """What a report says of an aspect: what was done, and what it is now."""

    operation: str
    value: Any


@dataclass(frozen=True, slots=True)
class Touched:
    """An element that a report speaks of."""

    before: State | None
    """None: it is new."""
    after: State | None
    """None: it is removed."""
    owner: State | None = None
    """Its container as it was before the report; None for a container, and where that is new as well."""
    told: Mapping[str, Told] = field(default_factory=dict)
    """By aspect: what the report did to it."""

    @property
    def state(self) -> State:
        """Return its state after the report, or the last one where it is removed."""
        found = self.after or self.before
        if found is None:
            raise ValueError("an element is there before a report, or after it")
        return found


def touched(living: Iterable[LivingConcept], changed: Iterable[Change]) -> tuple[Touched, ...]:
    """Return every element that a report speaks of, by what was living and what the report did, in its order."""
    before = {concept.concept_uri: _state(concept) for concept in living}
    by_concept: dict[str, list[Change]] = {}
    for change in changed:
        by_concept.setdefault(change.concept_uri, []).append(change)
    return tuple(_touched(before, changes) for changes in by_concept.values())


def _touched(before: Mapping[str, State], changes: list[Change]) -> Touched:
    last = changes[-1]
    was = before.get(last.concept_uri)
    told = {key: Told(operation, value) for change in changes for key, operation, value in _told(change)}
    after = None if last.change_type is ChangeType.REMOVED else _after(last, was, changes)
    return Touched(was, after, None if last.parent_uri is None else before.get(last.parent_uri), told)


def _told(change: Change) -> Iterator[tuple[str, str, Any]]:
    for key, said in change.changed.items():
        if key != INSTANCES:
            yield key, said["op"], said.get("new")


def _after(last: Change, was: State | None, changes: list[Change]) -> State:
    minted = next((change.contract_uri for change in reversed(changes) if change.contract_uri is not None), None)
    contract = minted or (None if was is None else was.contract_uri)
    return State(last.concept_uri, last.label, last.kind, last.parent_uri, last.aspects, last.instances, contract)


def _state(concept: LivingConcept) -> State:
    return State(
        concept.concept_uri, concept.label, concept.kind, concept.parent_uri, concept.aspects, concept.instances, concept.contract_uri
    )
