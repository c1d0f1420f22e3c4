"""Row: one line of the table; a module that has these names is one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from benchmarks.peer.calls import Rival
from graph_ledger import Ledger


@dataclass(frozen=True, slots=True)
class About:
    """What a row says of itself."""

    title: str
    estate: str
    """What both sides hold before each run: a name of ``estates.py``."""
    needs: tuple[str, ...]
    """The verbs of the ledger that it asks."""
    at_least: float | None = None
    """Target: the rival's time divided by ours."""
    at_most: float | None = None
    """Target: our time divided by the rival's."""
    per_second: float | None = None
    """Target: how much of the answer in a second."""
    beyond: float | None = None
    """Target: seconds that we may take more than the rival."""
    runs: int = 9
    warm: int = 5
    """Runs before the clock counts."""
    leaves: str | None = None
    """What both sides hold afterwards, where that is another estate."""
    note: str = ""


class Row(Protocol):
    """A module of a room of this folder."""

    ABOUT: About

    @property
    def prepare(self) -> Callable[[Ledger, int], Any]:
        """Outside the clock, before each run."""

    @property
    def work(self) -> Callable[[Ledger, Any], Any]:
        """What is timed, through the public client."""

    @property
    def peer(self) -> Callable[[Any], Rival]:
        """The same of the rival; ``Here`` where that is not the peer."""

    @property
    def check(self) -> Callable[[Any, Any, Any], int]:
        """Fail unless both answered the same and rightly (prepared, ours, theirs); return how large the answer is."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out."""

    about: About
    size: int
    answer: int
    ours: Sequence[float]
    theirs: Sequence[float]
    rival: str
    error: str | None
