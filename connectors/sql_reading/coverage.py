"""What was read of each statement, one line each, and the totals."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from graph_ledger.values.value import Value

Status = Literal["parsed", "partly", "refused"]
STATUSES: tuple[Status, ...] = ("parsed", "partly", "refused")


class CoverageLine(Value):
    """How well one statement was read."""

    node: str
    """The node it belongs to."""
    file: str
    """The file or row it stands in."""
    statement: int
    """Its number in that rendering, from 1; 0 where the text could not be read at all."""
    kind: str
    """What it is: select, create view, merge, ..."""
    rendering: str
    """``plain`` (no template), ``daily`` or ``init`` (the first fill)."""
    status: Status
    """``parsed``: everything it reads is named; ``partly``: something is not; ``refused``: nothing could be read from it."""
    reason: str | None
    """Why it is not parsed."""
    inputs: tuple[str, ...]
    """Tables it reads."""
    outputs: tuple[str, ...]
    """Tables it writes."""


def worst(statuses: Iterable[Status]) -> Status:
    """Return the status of a node: the worst of its statements'.

    >>> worst(["parsed", "refused", "partly"])
    'refused'
    """
    return max(statuses, key=STATUSES.index, default="parsed")


def totals(lines: Iterable[CoverageLine], nodes: int) -> dict[str, Any]:
    """Return the last line of a coverage report: nodes by status, statements, and the reasons of the nodes not parsed."""
    statuses: dict[str, list[Status]] = {}
    reasons: set[tuple[str, str]] = set()
    statements = 0
    for line in lines:
        statuses.setdefault(line.node, []).append(line.status)
        statements += line.rendering != "init" and line.statement > 0
        if line.reason is not None:
            reasons.add((line.node, line.reason if line.status == "partly" else "refused"))
    counted = Counter(worst(found) for found in statuses.values())
    counted["parsed"] += nodes - len(statuses)
    return {
        "nodes": nodes,
        "statements": statements,
        **{status: counted[status] for status in STATUSES},
        "reasons": dict(sorted(Counter(reason for _, reason in reasons).items())),
    }


def statuses(lines: Iterable[CoverageLine]) -> Iterator[dict[str, Any]]:
    """Yield of each statement where it stands and how well it was read, without its tables, which the graph has as ports."""
    for line in lines:
        yield line.model_dump(exclude={"inputs", "outputs"})


def report(lines: Iterable[CoverageLine], sums: dict[str, Any]) -> Iterator[str]:
    """Yield a coverage report as JSON lines, the totals last."""
    for line in lines:
        yield line.model_dump_json()
    yield json.dumps(sums)
