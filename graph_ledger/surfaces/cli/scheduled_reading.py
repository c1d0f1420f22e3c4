"""Reading of one connector that a file declares: what became of it, told as it happens."""

from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_ledger.errors import (
    AccessDeniedError,
    GraphLedgerError,
    LeaseError,
    NotInstalledError,
    RemovalGuardError,
    ServerStartError,
    UnreachableError,
    UnsupportedServerError,
    ValidationError,
)
from graph_ledger.surfaces.cli.ending import Ending
from graph_ledger.surfaces.cli.logs import Log, Printed
from graph_ledger.surfaces.cli.session import Session
from graph_ledger.values.scheduled import ScheduledRun

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.surfaces.configured import Entry

OF_ALL = (UnreachableError, ServerStartError, AccessDeniedError, NotInstalledError, UnsupportedServerError)
"""Errors of the database itself, for which no connector can do anything; what it refuses of one stops no other."""


class Reader:
    """Reads connectors one after the other."""

    def __init__(self, session: Session, config: Path, log: Log, over: Ending, *, plan: bool, allow_removals: bool = False) -> None:
        self.session, self.config, self.log, self.over, self.plan = session, config, log, over, plan
        self._allowed = allow_removals
        self._sources: dict[str, Entry] = {}

    def round(self, entries: "tuple[Entry, ...]") -> "tuple[Entry, ...]":
        """Begin a round: which connector is which source is looked at anew."""
        self._sources = {}
        return entries

    def forget(self) -> None:
        """Let the database be opened anew: a local server that ended is then started, maybe elsewhere."""
        ledger = vars(self.session).pop("ledger", None)
        if ledger is not None:
            ledger.close()

    def read(self, entry: "Entry") -> tuple[ScheduledRun, BaseException | None]:
        """Read one connector, or plan to; return what became of it, and why it failed.

        Raises:
            DatabaseError: The database cannot be used at all.
        """
        ledger = self.session.ledger
        self.log.say("info", "reading", connector=entry.label)
        started, failure = self.log.clock(), None
        try:
            with closing(Printed(self.log, entry.label)) as printed, redirect_stdout(printed):
                done = self._done(ledger, entry)
        except OF_ALL:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001  # a connector of somebody's own may fail in any way
            said = str(error) if isinstance(error, GraphLedgerError) else f"{type(error).__name__}: {error}"
            kinds = {RemovalGuardError: "stopped", LeaseError: "busy"}
            done, failure = ScheduledRun(name=entry.label, ok=False, status=kinds.get(type(error), "failed"), error=said), error
        # That another run reads it is no fault, and neither is that a plan has something to do.
        level = "info" if done.ok else "warning" if done.plan or isinstance(failure, LeaseError) else "error"
        self.log.say(level, "read", connector=entry.label, **_told(done, self.log.clock() - started))
        return done, failure

    def _done(self, ledger: "Ledger", entry: "Entry") -> ScheduledRun:
        connector = self._made(entry)
        if self.plan:
            planned = ledger.plan(connector, **entry.guard(), allow_removals=self._allowed)
            return ScheduledRun(name=entry.label, ok=not planned.changes and planned.guard is None, status="planned", plan=planned)
        report = ledger.discover(connector, **entry.guard(), allow_removals=self._allowed)
        return ScheduledRun(name=entry.label, ok=report.status == "finished", status=report.status, report=report)

    def _made(self, entry: "Entry") -> Any:
        from graph_ledger.discovery.reading import source_of
        from graph_ledger.surfaces.configured import made

        connector = made(entry, self.config.absolute().parent)
        source = source_of(connector)
        held = self._sources.setdefault(source, entry)
        if held != entry:  # each would take for gone what the other lists
            raise ValidationError(
                f"another connector of the file, {held.label!r}, is the source {source} too: give one another name or scope"
            )
        return connector


def _told(done: ScheduledRun, seconds: float) -> dict[str, Any]:
    if done.plan is not None:
        return {"plan": done.plan.counts, **({"guard": done.plan.guard} if done.plan.guard else {})}
    if done.report is None:
        return {"error": done.error, "seconds": round(seconds, 3)}
    report = done.report
    shown = ("run_id", "source", "status", "complete", "added", "changed", "skipped", "gone", "seconds")
    told = {name: getattr(report, name) for name in shown} | {"errors": len(report.errors)}
    if report.errors:
        told["error" if not done.ok else "first_error"] = f"{report.errors[0].where}: {report.errors[0].reason}"
    sums = {name: value for name, value in report.coverage.items() if isinstance(value, (int, float, str))}
    return told | ({"coverage": sums} if sums else {})
