"""Coverage: nothing of a source is lost in silence."""

import json
from typing import Any

from graph_ledger.database.database import Database
from graph_ledger.values.bound import check_bound
from graph_ledger.values.coverage import CoveragePoint, SourceCoverage, StatementCoverage
from graph_ledger.values.listing import RowError
from graph_ledger.values.moment import from_microseconds


def coverage(database: Database, source: str | None, runs: int) -> list[SourceCoverage]:
    """Return how much of each source was understood, by source.

    Raises:
        ValidationError: ``runs`` is no number from 1.
    Source: ``docs/connectors.md``, coverage; proved by ``tests/discovery/test_coverage.py``.
    """
    row = database.read("discovery/coverage", source=source, runs=check_bound(runs, "runs", least=1))
    return [_source(each) for each in row["sources"]]


def _source(row: dict[str, Any]) -> SourceCoverage:
    newest = row["runs"][0] if row["runs"] else {}
    return SourceCoverage(
        source=row["source"],
        runs=tuple(_point(run) for run in row["runs"]),
        errors=tuple(RowError(**error) for error in json.loads(newest.get("errors") or "[]")),
        statements=tuple(StatementCoverage(**line) for line in json.loads(row["statements"] or "[]")),
    )


def _point(run: dict[str, Any]) -> CoveragePoint:
    told = {
        **run,
        "observed_at": from_microseconds(run["observed_at"]),
        "errors": len(json.loads(run["errors"] or "[]")),
        "coverage": json.loads(run["coverage"] or "{}"),
    }
    return CoveragePoint(**told)
