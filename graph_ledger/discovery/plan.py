"""Plan: rehearse a run in transactions that are rolled back, and say what it would have done."""

from collections.abc import Iterable, Iterator

from graph_ledger.database.batches import rehearse_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.add import contents_of
from graph_ledger.discovery.claims import ClaimRow
from graph_ledger.discovery.content import Content
from graph_ledger.discovery.load import Load, hold, opened
from graph_ledger.discovery.observe import Decided, Observation, decide
from graph_ledger.discovery.observed import Observed
from graph_ledger.discovery.reading import Connector, Reading, source_of
from graph_ledger.discovery.removals import Guard, keys_named, missing
from graph_ledger.errors import RemovalGuardError
from graph_ledger.history.fold import OPEN
from graph_ledger.values.canonical import canonical_json, digest
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
    reading = Reading(connector)
    if reading.source != load.source:
        load = database.rehearse(lambda transaction: opened(transaction, reading.source, from_microseconds(load.at)))
    nodes = tuple(reading.nodes)
    contents, errors = contents_of(database, nodes, load)
    items: list[Observation] = sorted(contents.items())
    named_now: set[str] = set()
    if reading.complete:
        named_now = keys_named(database, ((node.platform, node.name) for node in nodes if isinstance(node, DataNode)))
        items += [(key, None) for key in database.rehearse(lambda transaction: missing(transaction, load, named_now))]
    changes, unchanged = _rehearsed(database, items, load)
    return Plan(
        source=load.source,
        observed_at=from_microseconds(load.at),
        complete=reading.complete,
        base=standing(database, load.source, changes),
        changes=tuple(sorted(changes, key=lambda change: (ORDER.index(change.kind), change.model))),
        unchanged=unchanged,
        guard=_stopped(database, load, named_now, guard) if reading.complete and guard is not None else None,
        errors=reading.errors,
        refused=tuple(errors),
        coverage=reading.coverage,
        statements=tuple(dict(line) for line in reading.statements),
        nodes=tuple(node for node in nodes if isinstance(node, DataNode)),
    )


def standing(database: Database, source: str, changes: Iterable[PlannedChange]) -> dict[str, str]:
    """Return what a plan with these changes stands on: all that its source said, and the newest event of each model it touches."""
    row = database.read("discovery/plan_base", source=source, keys=sorted({change.model for change in changes}))
    said = digest(canonical_json(sorted(row["seen"])))
    return {SAID: said} | {key: str(head) for key, head in row["heads"]}


def _rehearsed(database: Database, items: list[Observation], load: Load) -> tuple[list[PlannedChange], int]:
    def work(transaction: Transaction, part: Iterable[Observation]) -> tuple[list[PlannedChange], int]:
        opened(transaction, load.source, from_microseconds(load.at))
        decided = decide(transaction, list(part), hold(transaction, load))
        return list(_changes(decided)), len(decided.outcome.skipped)

    parts = list(rehearse_in_batches(database, items, work))
    return [change for changes, _ in parts for change in changes], sum(unchanged for _, unchanged in parts)


def _changes(decided: Decided) -> Iterator[PlannedChange]:
    for result in decided.results:
        model, content = result.appending.model, decided.said[result.appending.model.key]
        opens = {_spelt(row) for row in result.missing if row.span.end == OPEN}
        closes = {_spelt(row) for row in result.withdrawn if row.span.end == OPEN}
        yield PlannedChange(
            kind="tombstone" if content is None else "change" if model.seen else "create",
            model=model.key,
            reasons=tuple(_reasons(result, content)),
            opens=tuple(sorted(opens - closes)),
            closes=tuple(sorted(closes - opens)),
        )


def _reasons(result: Observed, content: Content | None) -> Iterator[str]:
    model, drafts = result.appending.model, result.appending.drafts
    if content is None:
        yield "a complete listing of the source does not name it"
        lost = any(draft.event_type == "not_found" for draft in drafts)
        yield "no other source that lists it sees it" if lost else "it stays present: another source sees it, or it was gone before"
        return
    if not model.sequence:
        yield "it is new"
    elif model.seen is None:
        yield "it is known, and new to this source"
    elif model.seen.gone or not model.fields["present"]:
        yield "it is back"
    for draft in drafts:
        for name, values in draft.payload.get("changes", {}).items():
            if model.sequence and name != "present" and model.fields.get(name) != values["new"]:
                yield f"{name}: {values['old']!r} becomes {values['new']!r}" if name != "metadata" else "its metadata changes"
    if model.seen is not None and not result.withdrawn and not result.missing and len(drafts) == 1 and "changes" not in drafts[0].payload:
        yield "what the source says of it differs"


def _stopped(database: Database, load: Load, named_now: set[str], guard: Guard) -> str | None:
    try:
        guard.check(database, load, named_now)
    except RemovalGuardError as error:
        return str(error)
    return None


def _spelt(row: ClaimRow) -> str:
    return f"{'writes' if row.is_output else 'reads'} {row.port.replace(chr(0), ' ')}"
