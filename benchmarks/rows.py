"""The table's rows in order: a row finds what the one before has left, so loads come first and history last."""

from benchmarks.composites import membership_at, record_member
from benchmarks.discovery import changed_add, first_add, unchanged_add, unchanged_run
from benchmarks.history import latest, record, record_many, verify
from benchmarks.lineage import as_of, as_of_today, chain, downstream, downstream_limit, small_trace, trace, trace_limit
from benchmarks.models import inventory_at, inventory_middle
from benchmarks.row import Row
from benchmarks.surfaces import cli_impact, mcp_call, remote_impact, rest_impact, rest_trace

ROWS: tuple[Row, ...] = (
    first_add,
    unchanged_add,
    changed_add,
    downstream,
    trace,
    small_trace,
    latest,
    record,
    rest_impact,
    rest_trace,
    remote_impact,
    mcp_call,
    cli_impact,
    downstream_limit,
    trace_limit,
    as_of,
    as_of_today,
    chain,
    inventory_at,
    inventory_middle,
    record_many,
    verify,
    membership_at,
    record_member,
    unchanged_run,
)
