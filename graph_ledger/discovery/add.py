"""Add: take in what a source says of its nodes, one transaction a batch."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice

from graph_ledger.database.batches import BATCH, write_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.content import Content, content_of
from graph_ledger.discovery.load import CLIENT, Load, hold, open_load
from graph_ledger.discovery.observe import Observation, Outcome, observe
from graph_ledger.discovery.observed import Observed, prepared
from graph_ledger.discovery.twins import Placed, last_of_twins
from graph_ledger.errors import AmbiguousModelError, GraphLedgerError
from graph_ledger.models.resolve import named
from graph_ledger.values.add_result import AddResult
from graph_ledger.values.listing import Listing, RowError
from graph_ledger.values.moment import When, from_microseconds, isoformat
from graph_ledger.values.node import DataNode, key_of


def add(database: Database, nodes: Iterable[DataNode] | DataNode, source: str | None = None, observed_at: When | None = None) -> AddResult:
    """Take in nodes; unchanged ones move ``last_seen`` alone, one bad node stops no other."""
    given = [nodes] if isinstance(nodes, DataNode) else nodes
    name = source or (given.source_key if isinstance(given, Listing) else CLIENT)
    load, taken = open_load(database, name, observed_at), Taken()
    take_in(database, last_of_twins(list(given)), load, taken)
    return AddResult(added=len(taken.created) + len(taken.changed), skipped=len(taken.skipped), errors=tuple(taken.errors))


class Taken(Outcome):
    """What a whole load did."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[RowError] = []

    def include(self, outcome: Outcome) -> None:
        """Add what one batch did."""
        self.created += outcome.created
        self.changed += outcome.changed
        self.skipped += outcome.skipped
        self.gone += outcome.gone


def take_in(database: Database, nodes: Iterable[Placed], load: Load, taken: Taken) -> None:
    """Write the nodes batch by batch; the next batch is hashed while the last one is written. ``taken`` is filled as it goes."""
    rest = iter(nodes)
    parts = iter(lambda: list(islice(rest, BATCH)), [])
    signed = copy_context()  # who signs is known there too
    with ThreadPoolExecutor(max_workers=1) as hashing:
        ahead = [hashing.submit(signed.run, _hash, part, load) for part in islice(parts, 1)]
        while ahead:
            contents, ready, errors = ahead.pop().result()
            ahead += [hashing.submit(signed.run, _hash, part, load) for part in islice(parts, 1)]
            taken.errors += errors
            for outcome in _batch(database, keyed(database, contents, taken.errors), load, ready):
                taken.include(outcome)


def contents_of(database: Database, nodes: Iterable[Placed], load: Load) -> tuple[dict[str, Content], list[RowError]]:
    """Check and hash nodes and settle their keys, as a load does before it writes; and say which would be refused."""
    contents, _, errors = _hash(list(nodes), load)
    return keyed(database, contents, errors), errors


Hashed = tuple[list[Content], dict[str, Observed], list[RowError]]


def _hash(nodes: Sequence[Placed], load: Load) -> Hashed:
    """Check and hash a slice; where a source lists for the first time, work out its events too: nearly all nodes will be new."""
    contents, ready, errors = [], {}, []
    observed_at = isoformat(from_microseconds(load.at))
    for position, node in nodes:
        try:
            content = content_of(node, position, observed_at)
            contents.append(content)
            if load.fresh and load.in_order and content.platform:
                ready[key_of(content.platform, content.name)] = prepared(content, load)
        except GraphLedgerError as error:  # noqa: PERF203  # one bad node stops no other
            errors.append(RowError(where=_where(node, position), reason=str(error)))
    return contents, ready, errors


def _where(node: object, position: int) -> str:
    name = node.name if isinstance(node, DataNode) else repr(node)
    return f"node {position + 1}, {name[:60]!r}"


def keyed(database: Database, contents: list[Content], errors: list[RowError]) -> dict[str, Content]:
    """Settle the key of each node: one without a platform is the only model of its name, else a new one."""
    bare = [content.name for content in contents if not content.platform]
    known = database.reading(lambda transaction: named(transaction, bare)) if bare else {}
    keyed = {}
    for content in contents:
        keys = known.get(content.name, []) if not content.platform else []
        if len(keys) > 1:
            errors.append(
                RowError(where=f"node {content.position + 1}, {content.name!r}", reason=str(AmbiguousModelError(content.name, keys)))
            )
        else:
            content.key = keys[0] if keys else key_of(content.platform, content.name)
            keyed[content.key] = content
    return keyed


def _batch(database: Database, contents: dict[str, Content], load: Load, ready: dict[str, Observed]) -> Iterator[Outcome]:
    rest = dict(sorted(contents.items()))
    if rest and not load.fresh:
        touched = touch(database, rest, load)
        yield Outcome(skipped=touched)
        for key in touched:
            del rest[key]
    items: list[Observation] = list(rest.items())
    yield from write_in_batches(database, items, lambda transaction, part: observe(transaction, part, load, ready))


def touch(database: Database, contents: dict[str, Content], load: Load) -> list[str]:
    """Move ``last_seen`` of the nodes of which the source says the same as before; return their keys."""
    rows = [[key, content.content_hash] for key, content in contents.items()]

    def work(transaction: Transaction) -> list[str]:
        hold(transaction, load)
        row = transaction.run("discovery/touch_unchanged", rows=rows, source=load.source, observed_at=from_microseconds(load.at))
        if row["drifted"]:
            transaction.run("discovery/undo_drift", keys=row["drifted"])
        return list(row["unchanged"])

    return database.write(work)
