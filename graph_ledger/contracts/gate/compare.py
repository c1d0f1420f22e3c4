"""Compare: what breaks between an earlier state of an element and the one after a report."""

from collections.abc import Iterator, Mapping
from json import dumps

from graph_ledger.contracts.gate.aspects import differing, is_required, row_of
from graph_ledger.contracts.gate.clash import BACKWARD, BOTH, FORWARD, Break
from graph_ledger.contracts.gate.states import State, Told
from graph_ledger.contracts.verdict import CONTENT
from graph_ledger.values.contracts.events import INSTANCES
from graph_ledger.values.contracts.kinds import Kind, Profile
from graph_ledger.values.contracts.rules import Rules

ADDED = {Kind.PROPERTY: BACKWARD, Kind.ENUM_VALUE: FORWARD}
REMOVED = {Kind.PROPERTY: FORWARD, Kind.ENUM_VALUE: BACKWARD}
CALLED = {Kind.PROPERTY: "property", Kind.ENUM_VALUE: "enum value"}


class Comparison:
    """Two states at a time, under rules."""

    def __init__(self, rules: Rules, profile: Profile) -> None:
        self._rules, self._profile = rules, profile

    def added(self, state: State) -> Iterator[Break]:
        """Yield what breaks as an element comes into a container that was there."""
        if self._counts(state.kind, "added") and (state.kind is Kind.ENUM_VALUE or is_required(state)):
            yield Break(f"{CALLED[state.kind]} added{', is required' * (state.kind is Kind.PROPERTY)}", ADDED[state.kind])

    def removed(self, state: State) -> Iterator[Break]:
        """Yield what breaks as an element goes; of a container itself nothing, as all that it held is removed one by one."""
        if self._counts(state.kind, "removed") and (state.kind is Kind.ENUM_VALUE or is_required(state)):
            yield Break(f"{CALLED[state.kind]} removed{', was required' * (state.kind is Kind.PROPERTY)}", REMOVED[state.kind])

    def changed(self, was: State, now: State, told: Mapping[str, Told]) -> Iterator[Break]:
        """Yield what breaks from one state to another one."""
        if was.kind is not now.kind:
            yield Break(f"kind: {was.kind} to {now.kind}", BOTH)
            return
        if was.label != now.label and self._verdict(now.kind, "name", "modified"):
            yield Break(f"name: {dumps(was.label, ensure_ascii=False)} to {dumps(now.label, ensure_ascii=False)}", BOTH)
        yield from self._aspects(was, now, told)
        if now.kind is Kind.ENTITY:
            yield from self._instances(was, now)

    def _aspects(self, was: State, now: State, told: Mapping[str, Told]) -> Iterator[Break]:
        for each in differing(was, now, told):
            verdict, row = self._verdict(now.kind, each.key, each.operation), row_of(now.kind, each)
            if row is not None and verdict is not False:
                yield row
            elif row is None and verdict is True:
                yield Break(each.text, BOTH)

    def _instances(self, was: State, now: State) -> Iterator[Break]:
        """An entity without a list has a single instance, which goes as soon as there is a list."""
        kept: set[str | None] = set(now.instances or (None,))
        lost = tuple(each for each in was.instances or (None,) if each not in kept)
        if lost and self._verdict(now.kind, INSTANCES, "removed") is not False:
            names = ", ".join("the single one" if each is None else dumps(each, ensure_ascii=False) for each in lost)
            yield Break(f"instances removed: {names}", FORWARD, lost)

    def _counts(self, kind: Kind, operation: str) -> bool:
        """Say whether an element of this kind that comes or goes counts at all: it does unless the rules of its container say false."""
        container = kind.container
        return container is not None and self._verdict(container, CONTENT[container], operation) is not False

    def _verdict(self, kind: Kind, key: str, operation: str) -> bool | None:
        return self._rules.verdict(kind, self._profile, key, operation)
