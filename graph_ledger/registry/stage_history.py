"""Stage history: who moved which version when, and what was in production at a date."""

import json

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.history.tags import tag_at
from graph_ledger.registry.holding import version_key
from graph_ledger.registry.read import version_in
from graph_ledger.registry.said import full_name
from graph_ledger.registry.stores.paths import check_segment
from graph_ledger.values.moment import Moment, from_microseconds
from graph_ledger.values.registry.moves import StageMove
from graph_ledger.values.registry.version import ModelVersion
from graph_ledger.values.registry.words import ModelStage

TYPE, TAG = "stage_changed", "production"


def stage_history(database: Database, name: str, version: str | None) -> list[StageMove]:
    """Return every move of a model's versions, or of one, newest first; those of deleted ones too."""
    name = check_segment(name, "name")
    key = None if version is None else version_key(full_name(name, version))
    row = database.read("registry/moves", name=name, key=key, type=TYPE)
    found = [
        (at, recorded, told["new"] == ModelStage.PRODUCTION.value, _move(number, told, actor, at))
        for number, at, recorded, actor, payload in row["moves"]
        for told in [json.loads(payload)]
    ]
    return [move for *_, move in sorted(found, key=lambda each: each[:3], reverse=True)]


def production_at(database: Database, name: str, moment: Moment) -> ModelVersion | None:
    """Return the version that was in production at a moment, as it stands now but for its stage; None where none was."""
    name = check_segment(name, "name")
    found = database.read("registry/model", name=name)["models"]
    event = tag_at(database, found[0][0], TAG, moment) if found else None
    if event is None:
        return None

    def work(transaction: Transaction) -> ModelVersion | None:
        row = transaction.run("registry/named", model_hash=event.payload["member_hash"])
        return None if not row else version_in(transaction, name, row["version"]) or _deleted(row)

    promoted = database.reading(work)
    if promoted is None:
        return None
    return promoted.model_copy(update={"stage": ModelStage.PRODUCTION, "updated_at": event.timestamp})


def previous_production(transaction: Transaction, name: str, present: str | None) -> str | None:
    """Return the version that was in production before the present one, and is there still: each rollback goes one further back.

    Where none is in production, the last one that was.
    """
    row = transaction.run("registry/moves", name=name, key=None, type=TYPE)
    stack: list[str] = []
    for number, *_, payload in row["moves"]:
        told = json.loads(payload)
        if told["new"] != ModelStage.PRODUCTION.value:
            continue
        if told.get("rollback") and number in stack:
            del stack[stack.index(number) + 1 :]
        else:
            stack = [each for each in stack if each != number] + [number]
    before = stack[: stack.index(present)] if present in stack else stack
    return next((each for each in reversed(before) if version_in(transaction, name, each) is not None), None)


def _move(version: str, told: Row, actor: str, at: int) -> StageMove:
    return StageMove.model_construct(
        version=version, old=ModelStage(told["old"]), new=ModelStage(told["new"]), actor=actor, reason=told.get("reason"),
        at=from_microseconds(at),
    )  # fmt: skip


def _deleted(row: Row) -> ModelVersion:
    """Return what is still known of a version that was deleted since."""
    created = from_microseconds(row["created"])
    return ModelVersion(version=row["version"], model_name=row["model_name"], key=row["key"], created_at=created)
