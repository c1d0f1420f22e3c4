"""Stage history: who moved which version when, and what was in production at a date."""

import json

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.registry.holding import version_key
from graph_ledger.registry.read import version_in
from graph_ledger.registry.said import full_name
from graph_ledger.values.moment import LATEST, Moment, from_microseconds
from graph_ledger.values.registry.moves import StageMove
from graph_ledger.values.registry.version import ModelVersion
from graph_ledger.values.registry.words import ModelStage

STAGE_CHANGED = "stage_changed"


def stage_history(database: Database, name: str, version: str | None) -> list[StageMove]:
    """Return every move of a model's versions, or of one, newest first; those of deleted ones too."""
    key = None if version is None else version_key(full_name(name, version))
    row = database.read("registry/moves", name=name, key=key, type=STAGE_CHANGED)
    found = [
        (at, recorded, told["new"] == ModelStage.PRODUCTION.value, _move(number, told, actor, at))
        for number, at, recorded, actor, payload in row["moves"]
        for told in [json.loads(payload)]
    ]
    return [move for *_, move in sorted(found, key=lambda each: each[:3], reverse=True)]


def production_at(database: Database, name: str, moment: Moment) -> ModelVersion | None:
    """Return the version that was in production at a moment, as it stands now but for its stage; None where none was."""
    asked = {"as_of": moment.as_of or LATEST, "known_at": moment.known_at or LATEST}

    def work(transaction: Transaction) -> ModelVersion | None:
        found = transaction.run("registry/production_at", name=name, type=STAGE_CHANGED, **asked)["versions"]
        if not found:
            return None
        number, since = max(found, key=lambda each: int(each[1]))
        was = version_in(transaction, name, number, deleted=True)
        stood = {"stage": ModelStage.PRODUCTION, "updated_at": from_microseconds(since)}
        return None if was is None else was.model_copy(update=stood)

    return database.reading(work)


def previous_production(transaction: Transaction, name: str, present: str | None) -> str | None:
    """Return the version that was in production before the present one, and is there still: each rollback goes one further back.

    Where none is in production, the last one that was.
    """
    stack: dict[str, None] = {}
    deleted: set[str] = set()
    for number, is_rollback, is_deleted in transaction.run("registry/promotions", name=name, type=STAGE_CHANGED)["promotions"]:
        if is_deleted:
            deleted.add(number)
        if is_rollback and number in stack:
            while next(reversed(stack)) != number:
                stack.popitem()
        else:
            stack.pop(number, None)
            stack[number] = None
    if present in stack:
        while stack.popitem()[0] != present:
            pass
    return next((each for each in reversed(stack) if each not in deleted), None)


def _move(version: str, told: Row, actor: str, at: int) -> StageMove:
    return StageMove.model_construct(
        version=version, old=ModelStage(told["old"]), new=ModelStage(told["new"]), actor=actor, reason=told.get("reason"),
        at=from_microseconds(at),
    )  # fmt: skip
