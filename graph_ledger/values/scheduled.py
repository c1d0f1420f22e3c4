"""ScheduledRun: what became of one connector of a configuration."""

from graph_ledger.values.add_result import RunReport
from graph_ledger.values.plan import Plan
from graph_ledger.values.value import Value


class ScheduledRun(Value):
    """One connector of a configuration: its report, its plan, or why there is none.

    >>> ScheduledRun(name="jobs", ok=False, error="the file is gone").ok
    False
    """

    name: str
    """What the configuration calls it."""
    ok: bool
    """Whether it finished; of a plan: whether there is nothing to do."""
    status: str = "failed"
    """`finished`, `failed`, `stopped` by its guard, `busy`: another run reads it; or `planned`."""
    report: RunReport | None = None
    """What the run did."""
    plan: Plan | None = None
    """What it would do, where it was asked for a plan."""
    error: str | None = None
    """Why it did neither."""
