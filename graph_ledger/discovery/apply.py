"""Apply: do what a plan says, or nothing where the graph is not any more what the plan was made on."""

from graph_ledger.database.database import Database
from graph_ledger.discovery.discover import take
from graph_ledger.discovery.listed import Listed
from graph_ledger.discovery.load import key_parts
from graph_ledger.discovery.plan import standing
from graph_ledger.discovery.reading import Reading
from graph_ledger.discovery.removals import Guard
from graph_ledger.discovery.run import running
from graph_ledger.errors import PlanOutdatedError, SourceError, ValidationError
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.listing import Listing
from graph_ledger.values.node import DataNode
from graph_ledger.values.plan import Plan


def apply(database: Database, plan: Plan, *, guard: Guard | None = None) -> RunReport:
    """Take in what the source of a plan said, as a run of the plan's moment.

    Raises:
        PlanOutdatedError: What the plan stands on has moved; nothing of it was written.
        LeaseError: Another run has the source.
        RemovalGuardError: It would remove more than the guard allows; nothing was written.
    """
    if not isinstance(plan, Plan):
        raise ValidationError(f"what is applied is a Plan, not {plan!r}: Plan.from_json(Path('plan.json').read_bytes()) reads one")
    plan = plan.model_copy(update={"source": key_parts(plan.source)["key"]})
    _check(database, plan)
    with running(database, plan.source, plan.observed_at) as run:
        _check(database, plan)  # under the lease no other run of this source comes between this look and the last batch
        listed, reading = Listed(), Reading(_Planned(plan))
        for platform, name in plan.listed:
            listed.note(DataNode(name, platform))
        run.taken.errors += plan.refused
        reading.failure = None if plan.broken is None else SourceError(plan.broken.reason)
        return take(database, run, reading, guard, listed)


def _check(database: Database, plan: Plan) -> None:
    now = standing(database, plan.source, [change.model for change in plan.changes])
    if moved := {key for key, _ in now.items() ^ plan.base.items()}:
        raise PlanOutdatedError(plan.source, sorted(moved))


class _Planned:
    """A plan, as the connector that gave it."""

    def __init__(self, plan: Plan) -> None:
        self.name, _, self.scope = plan.source.partition("/")
        self._plan = plan

    def discover(self) -> Listing:
        plan = self._plan
        return Listing(
            plan.nodes, source=self.name, scope=self.scope, complete=plan.complete, errors=plan.errors, coverage=plan.coverage,
            statements=plan.statements,
        )  # fmt: skip
