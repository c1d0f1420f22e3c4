"""Register a group: its identity and its members in one transaction, all or nothing; saying it again changes nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from graph_ledger.composites.membership import Change, change
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft
from graph_ledger.history.event_types import GROUPED
from graph_ledger.history.locked import Locked, lock
from graph_ledger.models.register import Registration, settled
from graph_ledger.values.moment import OPEN_END, When


def register_group(
    database: Database, registration: Registration, members: Collection[str], actor: str, timestamp: When | None = None
) -> str:
    """Register or update a group and make its membership what is said, from ``timestamp`` on; return its key.

    Whoever is a member and not named leaves; whoever stays keeps its role.

    Raises:
        ModelNotFoundError: A member is not there; nothing is written.
        ValidationError: The group would be its own member, or a member was not there at that time.
    """

    def work(transaction: Transaction) -> str:
        key = settled(transaction, registration.name, registration.platform)
        if key in members:
            raise ValidationError(f"{key} cannot be a member of itself")
        models, now = _locked(transaction, key, members)
        registration.write(transaction, models.get(key), fact_time(timestamp, now, "timestamp"), now)
        # Its events have changed since it was locked, and it may be new.
        models, later = lock(transaction, models.keys() | {key})
        at = fact_time(timestamp, now, "timestamp")
        _make_what_is_said(transaction, models, models[key], members, actor, at, later)
        return key

    return database.write(work)


def _locked(transaction: Transaction, key: str, members: Collection[str]) -> tuple[dict[str, Locked], int]:
    """Lock the group, whoever is to be in it, and whoever is: read again under the lock, until none is missing."""
    wanted = {key, *members}
    while True:
        models, now = lock(transaction, wanted)
        if missing := sorted(set(members) - models.keys()):
            raise ModelNotFoundError(missing[0])
        held = _held(transaction, key, None)
        if held <= models.keys():
            return models, now
        wanted |= held


def _make_what_is_said(
    transaction: Transaction, models: dict[str, Locked], group: Locked, members: Collection[str], actor: str, at: int, now: int
) -> None:
    held = _held(transaction, group.key, at)
    changes = [Change(member, joins=True) for member in dict.fromkeys(members)]
    changes += [Change(member, joins=False) for member in sorted(held - set(members))]
    if changes:
        change(transaction, models, group, changes, actor, at, now)
    elif not transaction.run("composites/is_composite", key=group.key)["composite"]:
        append(transaction, [appending_of(transaction, group, [Draft(GROUPED, actor, at, {})])], now)
        transaction.run("composites/make_composite", key=group.key)


def _held(transaction: Transaction, key: str, at: int | None) -> set[str]:
    row: Mapping[str, Any] = transaction.run("composites/member_keys", key=key, at=at, open_end=OPEN_END)
    return set(row["keys"])
