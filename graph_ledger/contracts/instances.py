"""The list of instances of an entity: what an event makes of it, in either style."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.errors import SyncError
from graph_ledger.values.contracts.events import CAME, INSTANCES, LISTS, WENT, aspect, instance_list


@dataclass(frozen=True, slots=True)
class ListChange:
    """What became of a list: before, after, what came, what went."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def came(self) -> tuple[str, ...]:
        """What is in it now and was not."""
        before = set(self.old)
        return tuple(each for each in self.new if each not in before)

    @property
    def went(self) -> tuple[str, ...]:
        """What was in it and is not any more."""
        after = set(self.new)
        return tuple(each for each in self.old if each not in after)

    @property
    def is_change(self) -> bool:
        """Whether the two differ at all, in their order too."""
        return self.old != self.new

    def operations(self) -> tuple[str, ...]:
        """Return what was done to it, in the words of the rules; a new order alone is nothing."""
        return (*(("added",) if self.came else ()), *(("removed",) if self.went else ()))


def list_change(old: tuple[str, ...], aspects: Mapping[str, Any]) -> ListChange | None:
    """Return what the aspects of a MODIFIED entity make of its list; None where they do not speak of it.

    The list may be given in full, or as what came and what went, or both ways, which then have to agree.

    Raises:
        SyncError: The aspects do not fit the list.

    >>> list_change(("Left", "Right"), {"instances_added": ["Center"]}).new
    ('Left', 'Right', 'Center')
    """
    told = {name: instance_list(aspect(name, aspects[name]).value, name) for name in LISTS if name in aspects}
    if not told:
        return None
    if CAME not in told and WENT not in told:
        return ListChange(old, told[INSTANCES])
    came, went = told.get(CAME, ()), set(told.get(WENT, ()))
    before = set(old)
    there = [each for each in came if each in before]
    if there:
        raise SyncError(f"{CAME}: {', '.join(map(repr, there))} already present")
    new = (*(each for each in old if each not in went), *came)
    if INSTANCES in told:
        if set(told[INSTANCES]) != set(new):
            raise SyncError(f"{INSTANCES} says {list(told[INSTANCES])}, while {CAME} and {WENT} make it {list(new)}")
        new = told[INSTANCES]
    return ListChange(old, new)
