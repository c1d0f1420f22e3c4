"""The change gate: what a report would break, in which direction, and for whom."""

from collections.abc import Iterator
from typing import Literal

from graph_ledger.values.contracts.kinds import Text
from graph_ledger.values.model import NOBODY
from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Row, Value

LINES = 50
"""Most findings, and most consumers, that a printed answer names."""


class Direction(Text):
    """Who no longer understands whom."""

    BACKWARD = "BACKWARD"
    FORWARD = "FORWARD"


class GateMode(Text):
    """What has to hold between a state and those before it.

    >>> GateMode.FULL_TRANSITIVE.is_transitive, [str(each) for each in GateMode.FULL.directions]
    (True, ['BACKWARD', 'FORWARD'])
    """

    NONE = "NONE"
    BACKWARD = "BACKWARD"
    FORWARD = "FORWARD"
    FULL = "FULL"
    BACKWARD_TRANSITIVE = "BACKWARD_TRANSITIVE"
    FORWARD_TRANSITIVE = "FORWARD_TRANSITIVE"
    FULL_TRANSITIVE = "FULL_TRANSITIVE"

    @property
    def is_transitive(self) -> bool:
        """Whether every earlier state counts, and not the last one alone."""
        return self.value.endswith("_TRANSITIVE")

    @property
    def directions(self) -> tuple[Direction, ...]:
        """Return what is looked at: that new readers understand old data (BACKWARD), old readers new data (FORWARD), both or neither."""
        word = self.value.removesuffix("_TRANSITIVE")
        return tuple(Direction) if word == "FULL" else tuple(each for each in Direction if each.value == word)


class Consumer(Row):
    """One node that a change reaches."""

    key: str
    """`platform/name`."""
    name: str
    """Its name."""
    platform: str
    """Where it runs."""
    owner: str
    """Who answers for it."""
    tier: str
    """How risky it is."""
    status: str
    """Where it is in its life."""
    depth: int
    """Steps from the element, in nodes; a direct reader is 1."""
    ports: tuple[str, ...] = ()
    """Of a direct reader: the ports of the element that it reads, sorted."""

    @property
    def is_owned(self) -> bool:
        """Whether somebody answers for it."""
        return self.owner not in {"", NOBODY}


class Broken(Value):
    """What a sync broke by its rules, and whom that reaches.

    >>> Broken().consumers
    ()
    """

    labels: tuple[str, ...] = ()
    """The elements with a new contract, in the order of the report."""
    consumers: tuple[Consumer, ...] = ()
    """Everybody who reads one of them, and all downstream, nearest first."""
    owners: tuple[str, ...] = ()
    """Whose they are, where somebody's, and whose the groups are that they are in."""


class Finding(Row):
    """One change that breaks a contract."""

    label: str
    """The element, by its label after the report."""
    concept_uri: str
    """The element."""
    change: str
    """What changes."""
    direction: Direction
    """BACKWARD: readers of the new contract do not understand old data. FORWARD: readers of the old one do not understand new data."""
    against: str | None
    """The contract that it clashes with; None where the state it clashes with has none."""
    consumers: tuple[Consumer, ...] = ()
    """Whom it reaches, nearest first, ties by name."""

    def __str__(self) -> str:
        return f"{self.direction}: {self.label}: {self.change} (against {self.against or 'no contract'})"


class GateResult(Tabled, Value):
    """What the change gate says of a report. A finding that reaches nobody breaks as well."""

    mode: GateMode
    """What was asked for."""
    compatible: bool
    """Whether there is no finding."""
    findings: tuple[Finding, ...] = ()
    """In the order of the report."""
    consumers: tuple[Consumer, ...] = ()
    """All whom any finding reaches, each once with its least depth, nearest first, ties by name."""
    owners: tuple[str, ...] = ()
    """Owners of the consumers that have one, and of the composites they are in, sorted."""
    complete: bool = True
    """Whether everything that had to be compared was known."""
    reason: Literal["unknown_aspects"] | None = None
    """Why it is not complete. `unknown_aspects`: an earlier state, as one imported from files, does not say what its aspects were."""

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:  # type: ignore[override]  # of its findings, as len() counts them
        return iter(self.findings)

    def __str__(self) -> str:
        findings = [str(each) for each in self.findings[:LINES]]
        more = [f"and {len(self) - LINES:,} more"] if len(self) > LINES else []
        consumers = [f"{each.depth}  {each.key}  {each.owner if each.is_owned else 'no owner'}" for each in self.consumers[:LINES]]
        rest = [f"and {len(self.consumers) - LINES:,} more"] if len(self.consumers) > LINES else []
        return "\n".join([self.title, *findings, *more, *consumers, *rest])

    @property
    def ok(self) -> bool:
        """Whether it is compatible, as every answer with findings says it."""
        return self.compatible

    @property
    def title(self) -> str:
        """Say it in one line.

        >>> GateResult(mode=GateMode.FULL, compatible=True).title
        'compatible (FULL)'
        """
        said = "" if self.complete else "; not complete: some earlier aspects are not known"
        if self.compatible:
            return f"compatible ({self.mode}){said}"
        alone = sum(not each.is_owned for each in self.consumers)
        owners = f" of {count(len(self.owners), 'owner')}" if self.owners else ""
        reached = f"{count(len(self.consumers), 'consumer')}{owners}{f', {alone:,} without an owner' if alone else ''}"
        return f"not compatible ({self.mode}): {count(len(self), 'finding')}, {reached}{said}"

    def _table(self) -> Table:
        return Table(self.title, fields(Finding), self.findings)
