"""Aspects: which of them differ between two states, and what that breaks."""

from collections.abc import Iterator, Mapping
from json import dumps
from typing import Any, NamedTuple

from graph_ledger.contracts.gate.clash import BACKWARD, BOTH, FORWARD, Break
from graph_ledger.contracts.gate.states import State, Told
from graph_ledger.contracts.gate.widening import is_wider
from graph_ledger.values.contracts.gate import Direction
from graph_ledger.values.contracts.kinds import Kind

REQUIRED, TYPE, LISTED, UNIT = "is_required", "output_type", "is_list", "unit"
FLAGS = {REQUIRED, LISTED}
"""Aspects that are false where they are absent."""


class Unknown:
    """A value that nobody has told."""

    def __str__(self) -> str:
        return "a value that is not known"


UNKNOWN = Unknown()


class Differing(NamedTuple):
    """An aspect that is not what it was; None is absent."""

    key: str
    operation: str
    was: Any
    now: Any

    @property
    def text(self) -> str:
        """Say what changed."""
        return f"{self.key}: {_text(self.was)} to {_text(self.now)}"


def is_required(state: State) -> bool:
    """Say whether a state is known to require a value."""
    return state.aspects is not None and state.aspects.get(REQUIRED) is True


def differing(was: State, now: State, told: Mapping[str, Told]) -> Iterator[Differing]:
    """Yield the aspects in which two states differ, sorted.

    An operation is what the report calls it, else what the states show. Where an earlier state does not say its aspects, those that the
    report speaks of differ, from a value that is not known.
    """
    if was.aspects is None or now.aspects is None:
        yield from (Differing(key, each.operation, UNKNOWN, each.value) for key, each in sorted(told.items()))
        return
    for key in sorted({*was.aspects, *now.aspects}):
        known = was.aspects.get(key), now.aspects.get(key)
        before, after = (each or None for each in known) if key in FLAGS else known
        if dumps(before, sort_keys=True) != dumps(after, sort_keys=True):
            operation = told[key].operation if key in told else "added" if before is None else "removed" if after is None else "modified"
            yield Differing(key, operation, *known)


def row_of(kind: Kind, found: Differing) -> Break | None:
    """Return what the row of an aspect says that holds without any rule; None where there is no such row."""
    directions = _directions(found) if kind is Kind.PROPERTY else None
    return None if directions is None else Break(found.text, directions)


def _directions(found: Differing) -> tuple[Direction, ...] | None:
    if found.key == REQUIRED:
        return _of_required(found)
    if found.key == TYPE and is_wider(found.now, found.was):
        return FORWARD
    if found.key == TYPE and is_wider(found.was, found.now):
        return BACKWARD
    return BOTH if found.key in {TYPE, LISTED, UNIT} else None


def _of_required(found: Differing) -> tuple[Direction, ...]:
    before, after = found.was is True, found.now is True
    if after and not before:
        return BACKWARD
    return FORWARD if before or (found.was is UNKNOWN and not after) else ()


def _text(value: Any) -> str:
    return str(value) if value is UNKNOWN else "none" if value is None else dumps(value, ensure_ascii=False, sort_keys=True)
