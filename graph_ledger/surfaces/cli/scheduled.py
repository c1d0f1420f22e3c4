"""All connectors of a file, once or again and again: one that fails stops no other, and the exit code tells."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.errors import DatabaseError, GraphLedgerError
from graph_ledger.surfaces.cli.logs import Log
from graph_ledger.surfaces.cli.session import Session
from graph_ledger.values.scheduled import ScheduledRun

if TYPE_CHECKING:
    from graph_ledger.surfaces.configured import Entry

INTERVAL = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def scheduled(
    session: Session, config: Path, *, only: tuple[str, ...], every: str | None, log_format: str | None, plan: bool
) -> list[ScheduledRun] | None:
    """Read every connector of a file; with ``every`` until the process is told to end."""
    from graph_ledger.surfaces.configured import chosen, read_configuration

    entries = chosen(read_configuration(config), only)
    session.config = config
    log = Log(log_format or "text")
    if every is None:
        session.ledger  # noqa: B018  # a database that does not answer is said at once, with its own exit code
        return _round(session, config, entries, log, plan=plan)
    if plan:
        raise click.UsageError("--plan is for once: leave --every out")
    pause = seconds(every)
    with _told_to_end() as over:
        while not over.is_set():
            started = log.clock()
            try:
                _round(session, config, entries, log, plan=False, over=over)
            except DatabaseError as error:  # it may answer the next time
                log.say("error", "the database does not answer", error=str(error))
            over.wait(max(0.0, pause - (log.clock() - started)))
    log.say("info", "ended")
    return None


def seconds(every: str) -> float:
    """Return how long an interval is.

    >>> seconds("1h"), seconds("90s")
    (3600.0, 90.0)
    """
    found = INTERVAL.fullmatch(every.strip().lower())
    if found is None or not float(found[1]):
        raise click.UsageError(f"--every {every!r} is no time: write 30m, 1h or 1d")
    return float(found[1]) * SECONDS[found[2]]


def _round(
    session: Session, config: Path, entries: "tuple[Entry, ...]", log: Log, *, plan: bool, over: Event | None = None
) -> list[ScheduledRun]:
    found = []
    for entry in entries:
        if over is not None and over.is_set():
            break
        found.append(_once(session, config, entry, log, plan=plan))
    return found


def _once(session: Session, config: Path, entry: "Entry", log: Log, *, plan: bool) -> ScheduledRun:
    from graph_ledger.surfaces.configured import made

    log.say("info", "reading", connector=entry.label)
    ledger = session.ledger
    try:
        connector = made(entry, config.resolve().parent)
        if plan:
            planned = ledger.plan(connector, **entry.guard())
            done = ScheduledRun(name=entry.label, ok=not planned.changes and planned.guard is None, plan=planned)
        else:
            report = ledger.discover(connector, **entry.guard())
            done = ScheduledRun(name=entry.label, ok=report.status == "finished", report=report)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001  # a connector of somebody's own may fail in any way
        said = str(error) if isinstance(error, GraphLedgerError) else f"{type(error).__name__}: {error}"
        done = ScheduledRun(name=entry.label, ok=False, error=said)
    log.say("info" if done.ok else "error", "read", connector=entry.label, **_told(done))
    return done


def _told(done: ScheduledRun) -> dict[str, Any]:
    if done.report is None:
        return {"error": done.error} if done.error else {"plan": done.plan.counts if done.plan else {}}
    report = done.report
    shown = ("run_id", "source", "status", "complete", "added", "changed", "skipped", "gone", "seconds")
    told = {name: getattr(report, name) for name in shown} | {"errors": len(report.errors)}
    sums = {name: value for name, value in report.coverage.items() if isinstance(value, (int, float, str))}
    return told | ({"coverage": sums} if sums else {})


@contextmanager
def _told_to_end() -> Iterator[Event]:
    """Set an event when the process is told to end, so that the connector at work is done first."""
    over = Event()
    before = {each: signal.signal(each, lambda *_: over.set()) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield over
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
