"""Edges: which of some models feed which, for drawings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from graph_ledger.database.database import Transaction

Edges = list[tuple[str, str]]


def between(transaction: Transaction, keys: Iterable[str], times: Mapping[str, datetime]) -> Edges:
    """Return every pair of these models of which the first feeds the second directly, in the order in which they were given.

    Cost: one reading of their claims, however many models.
    Source: ``cypher/lineage/edges.cypher``; proved by ``tests/lineage/test_edges.py``.
    """
    asked = list(dict.fromkeys(keys))
    row = transaction.run("lineage/edges", keys=asked, **times)
    writers: dict[str, set[int]] = defaultdict(set)
    readers: dict[str, set[int]] = defaultdict(set)
    for node, is_output, port in zip(row["nodes"], row["outputs"], row["ports"], strict=True):
        (writers if is_output else readers)[port].add(node)
    pairs = {
        (writer, reader) for port, sides in writers.items() for writer in sides for reader in readers.get(port, ()) if writer != reader
    }
    return [(asked[writer], asked[reader]) for writer, reader in sorted(pairs)]
