"""Add and remove a member: one event each on the group; saying it again is silent."""

from graph_ledger.composites.membership import Change, change
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.history.clock import fact_time
from graph_ledger.history.locked import lock
from graph_ledger.history.snapshots import of_columns
from graph_ledger.values.moment import When
from graph_ledger.values.port import check_text
from graph_ledger.values.snapshot import Snapshot

LONGEST = 10_000


def add_member(
    database: Database, composite: str, member: str, *, role: str | None = None, actor: str, timestamp: When | None = None
) -> Snapshot:
    """Let a model join a group, which thereby becomes one; return the event that holds.

    Raises:
        ValidationError: The group would be its own member, or the model was not there at that time.
    """
    if role is not None:
        role = check_text(role, "role")
    return _change(database, composite, Change(member, joins=True, role=role), actor, timestamp)


def remove_member(
    database: Database, composite: str, member: str, *, reason: str | None = None, actor: str, timestamp: When | None = None
) -> Snapshot:
    """Let a model leave a group; return the event that holds.

    Raises:
        ValidationError: It never was a member up to that time.
    """
    if reason is not None:
        reason = check_text(reason, "reason", LONGEST)
    return _change(database, composite, Change(member, joins=False, reason=reason), actor, timestamp)


def _change(database: Database, composite: str, asked: Change, actor: str, timestamp: When | None) -> Snapshot:
    actor = check_text(actor, "actor")
    if composite == asked.member:
        raise ValidationError(f"{composite} cannot be a member of itself")

    def work(transaction: Transaction) -> Snapshot:
        models, now = lock(transaction, [composite, asked.member])
        for key in (composite, asked.member):
            if key not in models:
                raise ModelNotFoundError(key)
        (name,) = change(transaction, models, models[composite], [asked], actor, fact_time(timestamp, now, "timestamp"), now)
        (columns,) = transaction.run("history/existing", hashes=[name])["events"]
        return of_columns(columns, composite)

    return database.write(work)
