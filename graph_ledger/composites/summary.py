"""Summary: what validations and observations say of groups and their members, in one statement."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from graph_ledger.composites.observations import Told, still_open, told_of
from graph_ledger.composites.pairs import JOINED
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ModelNotFoundError
from graph_ledger.history.event_types import GROUPED, OBSERVATIONS, VALIDATED
from graph_ledger.lineage.clocks import clocks
from graph_ledger.models.get import get
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.composite import Assessment, CompositeSummary
from graph_ledger.values.moment import Moment, from_microseconds
from graph_ledger.values.validation import passed


def summarise(database: Database, moment: Moment, *, key: str | None = None, types: list[str] | None = None) -> list[CompositeSummary]:
    """Return a line for each group, for each model of these types, or for one group with its members, by name.

    Cost: one statement, one round trip; of each model the few events that MARKED_BY leads to.
    Source: ``cypher/composites/summary.cypher``; proved by ``tests/composites/test_summary.py``.
    """

    def work(transaction: Transaction) -> list[CompositeSummary]:
        row = transaction.run(
            "composites/summary", key=key, types=types, events=[VALIDATED, *OBSERVATIONS], formed=[JOINED, GROUPED],
            **clocks(transaction, moment),
        )  # fmt: skip
        return [_summary(columns) for columns in row["rows"]]

    return database.reading(work)


def summarise_one(database: Database, key: str, moment: Moment) -> CompositeSummary:
    """Return the line of one group or model, with its members.

    Raises:
        ModelNotFoundError: It was not there at that moment.
    """
    found = summarise(database, moment, key=key)
    return found[0] if found else _refuse(database, key, moment)


def _refuse(database: Database, key: str, moment: Moment) -> NoReturn:
    get(database, key, moment)
    raise ModelNotFoundError(key)


def _summary(columns: Sequence[Any]) -> CompositeSummary:
    *assessed, owner, model_type, metadata, members = columns
    rows = [] if isinstance(members, int) else members
    return CompositeSummary(
        **_assessed(assessed),
        owner=owner,
        model_type=model_type,
        metadata=json.loads(metadata),
        member_count=members if isinstance(members, int) else len(members),
        members=tuple(Assessment(**_assessed(row)) for row in sorted(rows, key=lambda row: (row[1], row[0]))),
    )


def _assessed(columns: Sequence[Any]) -> dict[str, Any]:
    key, name, tier, status, events = columns
    told = sorted(map(told_of, events), key=lambda each: (each.at, each.sequence))
    validations = [each for each in told if each.kind == VALIDATED]
    newest = validations[-1] if validations else None
    return {
        "key": key,
        "name": name,
        "tier": tier,
        "status": status,
        "last_validated": _last(validations),
        "last_result": None if newest is None else _result(newest),
        "last_passed": _last(each for each in validations if passed(each.payload.get("result"))),
        "last_failed": _last(each for each in validations if passed(each.payload.get("result")) is False),
        "open_observation_count": len(still_open(each for each in told if each.kind != VALIDATED)),
    }


def _last(events: Iterable[Told]) -> Any:
    times = [each.at for each in events]
    return from_microseconds(max(times)) if times else None


def _result(told: Told) -> str | None:
    result = told.payload.get("result")
    return result if result is None or isinstance(result, str) else canonical_json(result)
