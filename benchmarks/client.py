"""A client in a process of its own, so that its memory is its own: ``python -m benchmarks.client <work> <size> [model ...]``."""

import json
import statistics
import sys
from collections.abc import Callable, Iterator
from itertools import count
from subprocess import PIPE, Popen
from typing import Any

from benchmarks.estates import FIRST
from benchmarks.measure import timed
from benchmarks.peak import peak_mb
from graph_ledger import DataNode, Ledger
from graph_ledger.connectors import Stream

RUNS = 5


def load(ledger: Ledger, size: int) -> dict[str, Any]:
    """Take the graph in for the first time."""
    nodes = _nodes(size)
    before = peak_mb()
    seconds, added = timed(lambda: len(ledger.add(nodes, observed_at=FIRST)))
    assert added == size, added
    return {"seconds": seconds, "per_second": round(size / seconds), "peak_before_mb": before}


def unchanged(ledger: Ledger, size: int) -> dict[str, Any]:
    """Take in the same graph again."""
    nodes = _nodes(size)
    before = peak_mb()
    seconds, skipped = timed(lambda: ledger.add(nodes).skipped)
    assert skipped == size, skipped
    return {"seconds": seconds, "per_second": round(size / seconds), "peak_before_mb": before}


def stream(ledger: Ledger, size: int) -> dict[str, Any]:
    """Discover the same graph as a source that hands on its nodes one by one, and lists all of them."""
    before = peak_mb()
    seconds, report = timed(lambda: ledger.discover(Streaming(size)))
    assert report.complete, report
    assert report.added + report.skipped == size, report
    return {"seconds": seconds, "per_second": round(size / seconds), "peak_before_mb": before}


class Streaming:
    """Reads the graph from another process, as from a file or a server."""

    name = "stream"

    def __init__(self, size: int) -> None:
        self.size = size

    def discover(self) -> Stream:
        """Hand on the nodes."""
        return Stream(self._nodes, source=self.name)

    def _nodes(self, stream: Stream) -> Iterator[DataNode]:
        yield from _read_nodes(self.size)
        stream.complete = True


def impact(ledger: Ledger, size: int, model: str) -> dict[str, Any]:
    """Everything that a change of one model reaches, with all fields; the graph itself is not made here."""
    del size
    return _read(lambda: len(ledger.impact(model)))


def downstream(ledger: Ledger, size: int, model: str) -> dict[str, Any]:
    """The names of all that depends on one model."""
    del size
    return _read(lambda: len(ledger.downstream(model)))


def trace(ledger: Ledger, size: int, model: str) -> dict[str, Any]:
    """The names of all that one model depends on, in order."""
    del size
    return _read(lambda: len(ledger.trace(model)))


def record(ledger: Ledger, size: int, model: str) -> dict[str, Any]:
    """One event on a member of a group, which hears of it."""
    numbers = count(1)
    del size
    found = _read(lambda: len([ledger.record(model, event="metrics", payload={"n": next(numbers)}, actor="bench")]), 51)
    return found | {"written": 2 * (next(numbers) - 1)}


def verify(ledger: Ledger, size: int) -> dict[str, Any]:
    """Every hash of every event that is stored."""
    before = peak_mb()
    seconds, found = timed(ledger.verify)
    assert found.ok, found.findings[:3]
    assert found.checked >= size, found.checked
    return {"seconds": seconds, "answer": found.checked, "peak_before_mb": before}


def _nodes(size: int) -> list[DataNode]:
    return list(_read_nodes(size))


def _read_nodes(size: int) -> Iterator[DataNode]:
    """Read the graph from another process, as from a file: what it takes to make it is no part of a client's memory."""
    with Popen([sys.executable, "-m", "benchmarks.graph", str(size)], stdout=PIPE, text=True) as made:
        for line in made.stdout or ():
            yield DataNode(**json.loads(line))


def _read(work: Callable[[], int], runs: int = RUNS) -> dict[str, Any]:
    answer = work()
    times = [timed(work)[0] for _ in range(runs)]
    return {"seconds": statistics.median(times), "min": min(times), "max": max(times), "runs": runs, "answer": answer}


def main() -> None:
    """Do one work and print its figures as one JSON line."""
    works: dict[str, Callable[..., dict[str, Any]]] = {
        "stream": stream, "stream-again": stream,
        "load": load, "unchanged": unchanged, "impact": impact, "downstream": downstream, "trace": trace,
        "record": record, "verify": verify,
    }  # fmt: skip
    work, size, *models = sys.argv[1:]
    with Ledger() as ledger:
        figures = works[work](ledger, int(size), *models)
    print(json.dumps({"work": work, "size": int(size), **figures, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
