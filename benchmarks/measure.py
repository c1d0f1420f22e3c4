"""Measure: both sides in one run, in turns; first that they answer the same, then how long they take."""

import gc
import time
from collections.abc import Callable
from typing import Any

from benchmarks.peer.calls import Answer, Here, Rival
from benchmarks.row import Measured, Row
from benchmarks.stage import Stage


def measure(stage: Stage, row: Row, size: int) -> Measured:
    """Run a row on both sides.

    Raises:
        AssertionError: The two answers differ, or are wrong.
    """
    about = row.ABOUT
    ours: list[float] = []
    theirs: list[Answer] = []
    rival = ""
    answer = 0
    for run in range(-about.warm, about.runs):
        stage.hold(about.estate, size)
        prepared = row.prepare(stage.ledger, size)
        seconds, value = timed(lambda prepared=prepared: row.work(stage.ledger, prepared))  # type: ignore[misc]
        other = row.peer(prepared)
        rival = other.name if isinstance(other, Here) else "peer"
        said = ask(stage, other)
        answer = row.check(prepared, value, said.error or said.value)
        if about.leaves:
            stage.holds(about.leaves)
        if run >= 0:
            ours.append(seconds)
            theirs.append(said)
    return Measured(about, size, answer, ours, [said.seconds for said in theirs], rival, theirs[-1].error)


def ask(stage: Stage, rival: Rival) -> Answer:
    """Ask the peer, or what stands in this process."""
    if isinstance(rival, Here):
        return Answer(*timed(rival.work))
    return stage.ask(rival)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds and what came out."""
    gc.collect()
    started = time.perf_counter()
    value = work()
    return time.perf_counter() - started, value
