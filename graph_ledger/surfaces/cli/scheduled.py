"""All connectors of a file, once or again and again: one that fails stops no other, and the exit code tells."""

import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_ledger.errors import GraphLedgerError, LeaseError, ServerStartError, UnreachableError, ValidationError
from graph_ledger.surfaces.cli.ending import told_to_end
from graph_ledger.surfaces.cli.logs import logged
from graph_ledger.surfaces.cli.output import FORM
from graph_ledger.surfaces.cli.scheduled_reading import Reader
from graph_ledger.surfaces.cli.session import Session
from graph_ledger.values.scheduled import ScheduledRun

if TYPE_CHECKING:
    from graph_ledger.surfaces.configured import Entry

INTERVAL = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])", re.ASCII)
SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
LONGEST = 366 * 86_400
SOON = 60.0
"""Seconds until what another run or the database kept from being read is tried again: a run that died holds its lease for two minutes."""
NOT_READ = "the process was told to end before it was read"


def scheduled(
    session: Session,
    config: Path,
    *,
    only: tuple[str, ...],
    every: str | None,
    log_format: str | None,
    plan: bool,
    allow_removals: bool = False,
) -> list[ScheduledRun] | None:
    """Read every connector of a file; with ``every`` until the process is told to end."""
    pause = None if every is None else seconds(every)
    if pause is not None and plan:
        raise click.UsageError("--plan is for once: leave --every out")
    if pause is not None and allow_removals:
        raise click.UsageError("--allow-removals is for once: leave --every out")
    if pause is not None and FORM in click.get_current_context().meta:
        raise click.UsageError("--json and --jsonl are for once; with --every each run is told on stderr: --log-format json")
    session.config = config
    signals = (signal.SIGTERM,) if pause is None else (signal.SIGTERM, signal.SIGINT)
    with logged(log_format or "text") as log, told_to_end(*signals) as over:
        reader = Reader(session, config, log, over, plan=plan, allow_removals=allow_removals)
        try:
            entries = _chosen(reader, config, only)
            if pause is not None:
                _again_and_again(reader, entries, pause, only)
                return None
            session.ledger  # noqa: B018  # a database that does not answer is said at once, with its own exit code
            found = [ScheduledRun(name=each.label, ok=False, error=NOT_READ) if over.told else reader.read(each)[0] for each in entries]
            return found if found or FORM in click.get_current_context().meta else None
        except GraphLedgerError as error:
            if log.form != "json":
                raise
            log.say("error", "ended", error=str(error), exit_code=error.exit_code)  # a collector reads no line of another form
            raise click.exceptions.Exit(error.exit_code) from error


def seconds(every: str) -> float:
    """Return how long an interval is.

    >>> seconds("1h"), seconds("90s")
    (3600.0, 90.0)
    """
    found = INTERVAL.fullmatch(every.strip().lower())
    length = float(found[1]) * SECONDS[found[2]] if found else 0.0
    if not 0 < length <= LONGEST:
        raise click.UsageError(f"--every {every!r} is no time: write 30m, 1h or 1d")
    return length


def _again_and_again(reader: Reader, entries: "tuple[Entry, ...]", pause: float, only: tuple[str, ...]) -> None:
    log, over = reader.log, reader.over
    while not over.told:
        started, left = log.clock(), reader.round(entries)
        while left and not over.told:
            left = _tried(reader, left)
            rest = started + pause - log.clock()
            if left and rest <= 0:
                break
            if left:
                over.wait(min(SOON, rest))
        over.wait(started + pause - log.clock())
        entries = _still_chosen(reader, entries, only) if not over.told else entries
    log.say("info", "ended")


def _tried(reader: Reader, entries: "tuple[Entry, ...]") -> "tuple[Entry, ...]":
    """Read these; return those that may be read soon: another run has them, or the database does not answer."""
    left: list[Entry] = []
    for place, entry in enumerate(entries):
        if reader.over.told:
            break
        try:
            _, failure = reader.read(entry)
        except (UnreachableError, ServerStartError) as error:
            reader.log.say("error", "the database does not answer", error=str(error), left=len(entries) - place)
            reader.forget()
            return (*left, *entries[place:])
        if isinstance(failure, LeaseError):
            left.append(entry)
    return tuple(left)


def _chosen(reader: Reader, config: Path, only: tuple[str, ...]) -> "tuple[Entry, ...]":
    from graph_ledger.surfaces.configured import chosen, read_configuration

    entries = chosen(read_configuration(config), only)
    if not entries:
        reader.log.say("warning", "every connector is disabled", file=str(config))
    return entries


def _still_chosen(reader: Reader, entries: "tuple[Entry, ...]", only: tuple[str, ...]) -> "tuple[Entry, ...]":
    """Read the file anew: what was edited counts from the next round on, unless it cannot be used."""
    try:
        return _chosen(reader, reader.config, only)
    except (ValidationError, OSError) as error:
        reader.log.say("error", "the file cannot be used, what it said before stays", error=str(error))
        return entries
