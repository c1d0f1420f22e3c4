"""Plan: rehearse a run in transactions that are rolled back, and say what it would have done."""

from collections.abc import Iterable
from typing import Any

from graph_ledger.database.batches import rehearse_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.add import contents_of
from graph_ledger.discovery.listed import NAMELESS, Listed
from graph_ledger.discovery.load import Load, hold, opened
from graph_ledger.discovery.observe import Observation, decide
from graph_ledger.discovery.planned import planned
from graph_ledger.discovery.reading import Connector, Reading, source_of
from graph_ledger.discovery.removals import Guard, missing
from graph_ledger.errors import RemovalGuardError
from graph_ledger.values.canonical import canonical_json, digest
from graph_ledger.values.listing import RowError
from graph_ledger.values.moment import When, from_microseconds
from graph_ledger.values.node import DataNode
from graph_ledger.values.plan import Plan, PlannedChange

SAID = "what the source had said"
ORDER = ("tombstone", "create", "change")


def plan(database: Database, connector: Connector, *, observed_at: When | None = None, guard: Guard | None = None) -> Plan:
    """Read a source, and say what a run would do; nothing is written.

    Raises:
        SourceError: Nothing of the source could be read.
        ValidationError: ``observed_at`` is no date, or lies in the future.
    """
    # The moment is settled before the source is read, as a run does.
    load = database.rehearse(lambda transaction: opened(transaction, source_of(connector), observed_at))
    reading, listed = Reading(connector), Listed()
    if reading.source != load.source:
        load = database.rehearse(lambda transaction: opened(transaction, reading.source, from_microseconds(load.at)))
    placed = list(listed.placed(reading.nodes))
    if reading.failure is not None and reading.broken is None:
        raise reading.failure
    contents, refused = contents_of(database, placed, load)
    complete = reading.complete and not listed.nameless
    items: list[Observation] = sorted(contents.items())
    if complete:
        items += [(key, None) for key in database.rehearse(lambda transaction: missing(transaction, load, listed))]
    # Read before the rehearsal: what moves from here on makes the plan outdated.
    before = standing(database, load.source, [key for key, _ in items])
    changes, unchanged = _rehearsed(database, items, load)
    taken = {content.position for content in contents.values()}
    nameless = [RowError(where=f"{listed.nameless} of its rows", reason=NAMELESS)] if listed.nameless and reading.complete else []
    return Plan(
        source=load.source,
        observed_at=from_microseconds(load.at),
        complete=complete,
        broken=reading.broken,
        base={name: before[name] for name in (SAID, *_concerned(change.model for change in changes)) if name in before},
        changes=tuple(sorted(changes, key=lambda change: (ORDER.index(change.kind), change.model))),
        unchanged=unchanged,
        guard=_stopped(database, load, listed, guard) if complete and guard is not None else None,
        errors=(*(error for error in reading.errors if error != reading.broken), *nameless),
        refused=(*refused, *listed.errors),
        coverage=reading.coverage,
        statements=tuple(dict(line) for line in reading.statements),
        nodes=tuple(node for place, node in placed if place in taken),
        listed=tuple(_names(node for place, node in placed if place not in taken)),
    )


def standing(database: Database, source: str, keys: Iterable[str]) -> dict[str, str]:
    """Return what a plan that touches these models stands on: all that its source said, and the newest event of each model."""
    row = database.read("discovery/plan_base", source=source, keys=_concerned(keys))
    said = digest(canonical_json([sorted(row["seen"]), row["last_complete_at"]]))
    return {SAID: said} | {key: str(head) for key, head in row["heads"]}


def _concerned(keys: Iterable[str]) -> list[str]:
    """Return the models that a plan stands on: those it touches, and those without a platform that they would adopt."""
    given = set(keys)
    return sorted({*given, *(f"/{key.partition('/')[2]}" for key in given)})


def _names(nodes: Iterable[DataNode]) -> list[tuple[str, str]]:
    """Return the names of nodes that would be refused, where they can be read: they count as listed."""
    names = [Listed().note(node) for node in nodes]
    return [name for name in names if name is not None]


def _rehearsed(database: Database, items: list[Observation], load: Load) -> tuple[list[PlannedChange], int]:
    def work(transaction: Transaction, part: Iterable[Any]) -> tuple[list[PlannedChange], int]:
        opened(transaction, load.source, from_microseconds(load.at))
        decided = decide(transaction, list(part), hold(transaction, load))
        return list(planned(decided)), len(decided.outcome.skipped)

    parts = list(rehearse_in_batches(database, items, work))
    return [change for changes, _ in parts for change in changes], sum(unchanged for _, unchanged in parts)


def _stopped(database: Database, load: Load, listed: Listed, guard: Guard) -> str | None:
    try:
        guard.check(database, load, listed)
    except RemovalGuardError as error:
        return error.what
    return None
