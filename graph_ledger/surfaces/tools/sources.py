"""The tools about sources: what was read when, how much of it was understood, and what has gone silent."""

from typing import TYPE_CHECKING

from pydantic import Field

from graph_ledger.surfaces.tools.identity import Nothing
from graph_ledger.surfaces.tools.tool import Asked, tool
from graph_ledger.values.add_result import RunReport, Status
from graph_ledger.values.coverage import SourceCoverage
from graph_ledger.values.silence import Silence
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

MOST_RUNS = 1_000


class RunsInput(Asked):
    """Which runs."""

    source: str | None = Field(default=None, min_length=1)
    """Of one source (`warehouse/default`), or of all scopes of a connector (`warehouse`)."""
    status: Status | None = None
    """How they ended."""
    run_id: str | None = Field(default=None, min_length=1)
    """The run of that name, or whose name begins so."""
    limit: int = Field(default=20, ge=1, le=MOST_RUNS)
    """How many at most."""


class Runs(Value):
    """Runs of sources."""

    runs: tuple[RunReport, ...]
    """The one that began last first."""


@tool({"limit": 2})
def runs(ledger: "Ledger", asked: RunsInput) -> Runs:
    """List the runs of sources: when, how they ended, what they added, changed and lost."""
    return Runs(runs=tuple(ledger.runs(asked.source, status=asked.status, run_id=asked.run_id, limit=asked.limit)))


class CoverageInput(Asked):
    """Of which source."""

    source: str | None = Field(default=None, min_length=1)
    """One source (`warehouse/default`), or all scopes of a connector (`warehouse`). Left out: all."""
    runs: int = Field(default=10, ge=1, le=MOST_RUNS)
    """How many of the newest runs."""


class Coverages(Value):
    """How much of the sources was understood."""

    sources: tuple[SourceCoverage, ...]
    """By source."""


@tool({"runs": 2})
def coverage(ledger: "Ledger", asked: CoverageInput) -> Coverages:
    """Say how much of each source was understood, statement by statement and from run to run."""
    return Coverages(sources=tuple(ledger.coverage(asked.source, runs=asked.runs)))


class SilentInput(Asked):
    """For how long."""

    days: float = Field(default=30, ge=0, le=100_000, allow_inf_nan=False)
    """For how many days nobody has seen them."""
    platform: str | None = None
    """Only on this platform."""


@tool({"days": 30})
def silent(ledger: "Ledger", asked: SilentInput) -> Silence:
    """List the models that no source has seen for so many days; sources that were not read themselves stand apart."""
    return ledger.silent(asked.days, asked.platform)


class Connected(Value):
    """How many pairs of models data flows between."""

    links_created: int
    """Pairs that became connected since this was last asked."""
    links_skipped: int
    """Pairs that were before."""


@tool({}, role="writer")
def connect(ledger: "Ledger", asked: Nothing) -> Connected:
    """Count the pairs that became connected since this was last asked; ports connect themselves, so nothing depends on it."""
    del asked
    return Connected(**ledger.connect())
