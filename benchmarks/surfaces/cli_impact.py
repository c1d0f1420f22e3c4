"""A command from a cold shell, beside the question that it asks."""

import json
from typing import Any

from benchmarks.expected import largest_downstream
from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from benchmarks.surfaces.processes import command
from graph_ledger import Ledger

ABOUT = About("`graph-ledger impact MODEL --limit 20` from a cold shell", "lineage", ("impact",), beyond=0.5)
LIMIT = 20


def prepare(ledger: Ledger, size: int) -> Any:
    return largest_downstream(size), ledger


def work(ledger: Ledger, prepared: Any) -> Any:
    del ledger
    return command("impact", prepared[0], "--limit", str(LIMIT), "--json")


def peer(prepared: Any) -> Rival:
    model, ledger = prepared
    return Here("the library", lambda: ledger.impact(model, limit=LIMIT))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    del prepared
    assert [node["key"] for node in json.loads(ours)["nodes"]] == [node.key for node in theirs.nodes]
    return len(theirs)
