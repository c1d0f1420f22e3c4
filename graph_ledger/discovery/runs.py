"""Runs: what each reading of a source came to."""

import json
from typing import Any, get_args

from graph_ledger.database.database import Database
from graph_ledger.errors import ValidationError
from graph_ledger.values.add_result import RunReport, Status
from graph_ledger.values.bound import check_bound
from graph_ledger.values.listing import RowError
from graph_ledger.values.moment import from_microseconds

COUNTS = ("added", "changed", "skipped", "gone")


def runs(database: Database, source: str | None, status: str | None, run_id: str | None, limit: int) -> list[RunReport]:
    """Return the runs, the one that began last first.

    Cost: the runs asked for; of one source all that it ever had.
    Source: ``docs/connectors.md``, runs; proved by ``tests/discovery/test_runs.py``.
    """
    if status is not None and status not in get_args(Status):
        raise ValidationError(f"the status of a run is one of {', '.join(get_args(Status))}, not {status!r}")
    wanted: dict[str, Any] = {"status": status, "limit": check_bound(limit, "limit", least=1)}
    if run_id is not None:
        row = database.read("discovery/runs_named", run_id=run_id, **wanted)
        return [_report(each) for each in row["runs"] if source is None or source in (each["source"], each["source"].partition("/")[0])]
    row = database.read("discovery/runs_of", source=source, **wanted) if source is not None else database.read("discovery/runs", **wanted)
    return [_report(each) for each in row["runs"]]


def _report(row: dict[str, Any]) -> RunReport:
    finished = row["finished_at"]
    return RunReport(
        run_id=row["run_id"], source=row["source"], status=row["status"], complete=row["complete"], holder=row["holder"] or "",
        observed_at=from_microseconds(row["observed_at"]), started_at=from_microseconds(row["started_at"]),
        finished_at=None if finished is None else from_microseconds(finished), **{name: row[name] or 0 for name in COUNTS},
        errors=tuple(RowError(**error) for error in json.loads(row["errors"] or "[]")), coverage=json.loads(row["coverage"] or "{}"),
    )  # fmt: skip
