"""Grade: what a report breaks, compared with the last state of each element or with every earlier one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graph_ledger.contracts.gate.clash import Break, Clash
from graph_ledger.contracts.gate.compare import Comparison
from graph_ledger.contracts.gate.states import State, Touched
from graph_ledger.values.contracts.gate import GateMode
from graph_ledger.values.contracts.kinds import Kind, Profile
from graph_ledger.values.contracts.rules import Rules


class Graded(NamedTuple):
    """What breaks, and whether all states that had to be compared were known."""

    clashes: tuple[Clash, ...]
    complete: bool


def grade(
    found: Iterable[Touched],
    mode: GateMode,
    rules: Rules,
    profile: Profile = "seed",
    earlier: Mapping[str, Sequence[State]] | None = None,
) -> Graded:
    """Compare every element that a report speaks of with its states before.

    What comes into a container that is new as well clashes with nothing. The aspects of a state that does not say them are compared as far
    as the report tells them, from a value that is not known; ``complete`` is False where that was not enough: a property is removed of
    which nobody knows whether it was required, or a state further back can not be compared.

    Args:
        found: The elements, as ``touched`` returns them.
        mode: Which directions count, and whether only the last states do.
        rules: A rule that is false makes that change compatible; one that is true breaks where no other row speaks of the aspect.
        profile: Whose rules stand in where a section is left out.
        earlier: For the transitive modes, by concept URI: every state before the last one, of removed ones with the same label too.
    """
    if not mode.directions:
        return Graded((), complete=True)
    comparison, complete = Comparison(rules, profile), True
    clashes: dict[tuple[str | None, ...], Clash] = {}
    for each in found:
        for was in _states(each, mode, earlier or {}):
            complete = complete and _is_known(each, was)
            for clash in _clashes(comparison, each, was, mode):
                clashes.setdefault((clash.concept_uri, clash.change, clash.direction, clash.against), clash)
    return Graded(tuple(clashes.values()), complete)


def _states(each: Touched, mode: GateMode, earlier: Mapping[str, Sequence[State]]) -> Iterator[State | None]:
    """Yield the last state, None where it is new, and in the transitive modes those before it."""
    yield each.before
    if mode.is_transitive:
        before = earlier.get(each.state.concept_uri, ())
        yield from (state for state in before if state.aspects is None or state != each.before)


def _clashes(comparison: Comparison, each: Touched, was: State | None, mode: GateMode) -> Iterator[Clash]:
    uri, label = each.state.concept_uri, each.state.label
    against = each.owner if was is None else was
    for broken in _breaks(comparison, each, was):
        for direction in mode.directions:
            if direction in broken.directions:
                yield Clash(uri, label, broken.change, direction, None if against is None else against.contract_uri, broken.lost)


def _breaks(comparison: Comparison, each: Touched, was: State | None) -> Iterable[Break]:
    if each.after is None:
        return () if was is None else comparison.removed(was)
    if was is None:
        return () if each.owner is None else comparison.added(each.after)
    return comparison.changed(was, each.after, each.told if was is each.before else {})


def _is_known(each: Touched, was: State | None) -> bool:
    if was is None or was.aspects is not None:
        return True
    if each.after is None:
        return was.kind is not Kind.PROPERTY
    return was is each.before
