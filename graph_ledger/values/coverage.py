"""Coverage: how much of a source was understood, statement by statement and from run to run."""

from datetime import datetime
from typing import Any, Literal

from graph_ledger.values.listing import RowError
from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Value

LINE = ("source", "observed_at", "status", "complete", "nodes", "statements", "parsed", "partly", "refused", "errors")
SUMS = ("nodes", "statements", "parsed", "partly", "refused")


class StatementCoverage(Value):
    """How well one statement was read."""

    node: str
    """The node it belongs to."""
    file: str = ""
    """The file or row it stands in."""
    statement: int = 1
    """Its number there, from 1; 0 where the text could not be read at all."""
    kind: str = ""
    """What it is: select, create view, merge, ..."""
    rendering: str = "plain"
    """``plain``, or which rendering of a template: ``daily`` or ``init``."""
    status: Literal["parsed", "partly", "refused"]
    """``partly``: something it reads cannot be named; ``refused``: nothing could be read from it."""
    reason: str | None = None
    """Why it is not parsed."""


class CoveragePoint(Value):
    """The sums of one run."""

    run_id: str
    """The run's name."""
    status: str
    """How the run ended."""
    complete: bool
    """Whether its listing was proved complete."""
    observed_at: datetime
    """When the source was read, UTC."""
    errors: int
    """How many items could not be read."""
    coverage: dict[str, Any] = {}
    """The connector's own sums, such as nodes, statements, parsed, partly, refused."""


class SourceCoverage(Tabled, Value):
    """One source: what was read of it, and what was not.

    >>> SourceCoverage(source="files/default").unread
    ()
    """

    source: str
    """Connector name and scope."""
    runs: tuple[CoveragePoint, ...] = ()
    """The newest runs, newest first."""
    errors: tuple[RowError, ...] = ()
    """What the newest run could not read."""
    statements: tuple[StatementCoverage, ...] = ()
    """Every statement of the newest reading, where the source holds SQL."""

    @property
    def unread(self) -> tuple[StatementCoverage, ...]:
        """The statements that were not read whole."""
        return tuple(statement for statement in self.statements if statement.status != "parsed")

    def change(self, name: str) -> int | None:
        """By how much a sum differs from that of the run before; None where it was not told then or now."""
        told = [run.coverage.get(name) for run in self.runs[:2]]
        now, before = [*told, None, None][:2]
        return now - before if isinstance(now, int) and isinstance(before, int) else None

    def line(self) -> dict[str, Any]:
        """Return the newest run on one line: how it ended, its sums, how many items could not be read."""
        newest = dict(self.runs[0]) | dict(self.runs[0].coverage) | {"errors": self.runs[0].errors} if self.runs else {}
        return {name: newest.get(name) for name in LINE} | {"source": self.source}

    def _table(self) -> Table:
        title = f"{self.source}: {count(len(self.statements), 'statement')}, {len(self.unread):,} not read whole"
        return Table(title, fields(StatementCoverage), self.statements)
