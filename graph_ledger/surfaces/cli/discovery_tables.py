"""Tables of runs, plans and coverage, joined to those of everything else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from graph_ledger.surfaces.cli.tables import COLUMNS, table, tables
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.api_key import ApiKey
from graph_ledger.values.coverage import SUMS, SourceCoverage
from graph_ledger.values.listing import RowError
from graph_ledger.values.plan import Plan, PlannedChange
from graph_ledger.values.printable import printable
from graph_ledger.values.scheduled import ScheduledRun

MOST = 200
"""Changes of a plan that a table shows; ``--json`` has all."""

COLUMNS |= {
    ApiKey: {
        "key": lambda key: key.name,
        "role": lambda key: key.role,
        "state": lambda key: key.state,
        "created": lambda key: key.created_at,
        "expires": lambda key: key.expires_at,
        "revoked": lambda key: key.revoked_at,
        "begins with": lambda key: f"gl_{key.key_id}_",
    },
    RunReport: {
        "run": lambda run: run.run_id[:12],
        "source": lambda run: run.source,
        "status": lambda run: run.status,
        "complete": lambda run: run.complete,
        "observed at": lambda run: run.observed_at,
        "seconds": lambda run: run.seconds and round(run.seconds, 1),
        "added": lambda run: run.added,
        "changed": lambda run: run.changed,
        "skipped": lambda run: run.skipped,
        "gone": lambda run: run.gone,
        "errors": lambda run: len(run.errors),
    },
    ScheduledRun: {
        "connector": lambda done: done.name,
        "ok": lambda done: done.ok,
        "status": lambda done: done.status,
        "complete": lambda done: done.report.complete if done.report else done.plan.complete if done.plan else None,
        "added": lambda done: done.report.added if done.report else _planned(done, "create"),
        "changed": lambda done: done.report.changed if done.report else _planned(done, "change"),
        "gone": lambda done: done.report.gone if done.report else _planned(done, "tombstone"),
        "errors": lambda done: len(done.report.errors) if done.report else len(done.plan.errors) if done.plan else None,
        "why": lambda done: done.error or (done.plan.guard if done.plan else None),
    },
    RowError: {"where": lambda error: error.where, "reason": lambda error: error.reason},
    PlannedChange: {
        "what": lambda change: change.kind,
        "model": lambda change: change.model,
        "why": lambda change: "; ".join((*change.reasons, *_signed("+", change.opens), *_signed("-", change.closes))),
    },
}


@tables.register
def _(report: RunReport) -> Iterator[RenderableType]:
    shown = ("source", "status", "complete", "observed_at", "added", "changed", "skipped", "gone")
    rows = [[name.replace("_", " "), getattr(report, name)] for name in shown]
    rows += [["errors", len(report.errors)]]
    rows += [[f"coverage: {name}", value] for name, value in _flat(report.coverage)]
    yield table(rows, "run", report.run_id)
    if report.status != "finished" and report.errors:
        yield from tables(report.errors)


@tables.register
def _(plan: Plan) -> Iterator[RenderableType]:
    counts = ", ".join(f"{number} to {kind}" for kind, number in plan.counts.items())
    yield Text(
        printable(f"{plan.source}: {counts}, {plan.unchanged} unchanged{'' if plan.complete else '; not complete: nothing is removed'}")
    )
    if plan.guard:
        yield Text(printable(f"its guard would stop it: {plan.guard}"))
    if plan.changes:
        yield from tables(plan.changes[:MOST])
    if len(plan.changes) > MOST:
        yield Text(f"and {len(plan.changes) - MOST} more: --json shows all")
    if told := (*plan.errors, *plan.refused):
        yield from tables(told)


@tables.register
def _(found: SourceCoverage) -> Iterator[RenderableType]:
    names = [name for name in SUMS if any(name in run.coverage for run in found.runs)]
    yield Text(printable(found.source))
    rows: list[Sequence[Any]] = [
        [run.observed_at, run.status, run.complete, run.errors, *(run.coverage.get(name) for name in names)] for run in found.runs
    ]
    if len(rows) > 1 and names:
        rows.insert(0, ["change", None, None, None, *(_signed_number(found.change(name)) for name in names)])
    yield table(rows, "observed at", "status", "complete", "errors", *names)
    if found.errors:
        yield from tables(found.errors)
    if found.statements:
        lines = [[each.status, each.node, each.file, each.statement, each.kind, each.reason] for each in found.statements]
        yield table(lines, "read", "node", "file", "statement", "kind", "reason")


def _flat(coverage: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in coverage.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}: {reason}", count) for reason, count in value.items())
        else:
            yield name, value


def _planned(done: ScheduledRun, kind: str) -> int | None:
    return done.plan.counts[kind] if done.plan else None


def _signed(sign: str, ports: Sequence[str]) -> Iterator[str]:
    return (f"{sign}{port}" for port in ports)


def _signed_number(number: int | None) -> str | None:
    return None if number is None else f"{number:+d}"
