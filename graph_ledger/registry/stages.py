"""Stages: a version moves from stage to stage; at most one version of a model is in production."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import Locked, lock
from graph_ledger.history.tags import set_tag
from graph_ledger.registry.holding import version_key
from graph_ledger.registry.read import version_in
from graph_ledger.registry.said import full_name, names_of, text_said
from graph_ledger.registry.stage_history import STAGE_CHANGED, previous_production
from graph_ledger.values.moment import When, from_microseconds, isoformat
from graph_ledger.values.port import check_text
from graph_ledger.values.registry.version import ModelVersion
from graph_ledger.values.registry.words import ModelStage

TAG = "production"


@dataclass(frozen=True, slots=True)
class Move:
    """A version is to come to a stage."""

    name: str
    version: str
    stage: ModelStage
    actor: str
    reason: str | None = None
    expected: ModelStage | None = None
    timestamp: When | None = None
    is_rollback: bool = False

    def checked(self) -> "Move":
        """Refuse what cannot be said; return it with its names as the graph spells them."""
        name, version = names_of(self.name, self.version)
        check_text(self.actor, "actor")
        if self.reason is not None:
            text_said(self.reason, "reason")
        return replace(self, name=name, version=version)


def transition(database: Database, move: Move) -> ModelVersion | None:
    """Move a version to a stage, and what is in production out of its way; None where there is no such version.

    Raises:
        ConflictError: It is not in the stage that was expected.
        ValidationError: It, or what is in production, was moved after that time.
    """
    move = move.checked()

    def work(transaction: Transaction) -> ModelVersion | None:
        found = locked(transaction, move.name, version_key(full_name(move.name, move.version)))
        if found is None:
            return None
        moved(transaction, move, *found)
        return version_in(transaction, move.name, move.version)

    return database.write(work)


def rollback(database: Database, name: str, actor: str, reason: str | None, expected: str | None) -> ModelVersion:
    """Let the version be in production again that was before the present one.

    Raises:
        ConflictError: None was, or another one than was expected is in production.
    """
    check_text(actor, "actor")

    def before_present(transaction: Transaction) -> str:
        row = transaction.run("registry/standing", name=name, key=None)
        if expected is not None and (not row or row["production_version"] != expected):
            present = row["production_version"] if row else None
            raise ConflictError(f"{name}: {present or 'nothing'} is in production, not {expected}: somebody moved it meanwhile")
        before = previous_production(transaction, name, row["production_version"]) if row else None
        if before is None:
            raise ConflictError(f"{name}: no version was in production before: there is nothing to roll back to")
        return before

    def work(transaction: Transaction) -> ModelVersion:
        before, found = "", None
        # Others may have moved something between the look and the locks.
        while before != (now := before_present(transaction)):
            before, found = now, locked(transaction, name, version_key(full_name(name, now)))
        if found is None:
            raise ConflictError(f"{name}:{before} is in no stage: somebody edited it in the graph, as verify(deep=True) says")
        moved(transaction, Move(name, before, ModelStage.PRODUCTION, actor, reason, is_rollback=True).checked(), *found)
        rolled = version_in(transaction, name, before)
        assert rolled is not None  # noqa: S101  # it is locked
        return rolled

    return database.write(work)


def moved(transaction: Transaction, move: Move, row: Row, models: dict[str, Locked], now: int) -> None:
    """Record a move under the locks of version and model; being there already is silent."""
    key, stage = version_key(full_name(move.name, move.version)), ModelStage.of(row["stage"])
    if move.expected is not None and stage is not move.expected:
        raise ConflictError(f"{move.name}:{move.version} is in {stage}, not in {move.expected}: somebody moved it meanwhile")
    if stage is move.stage:
        return
    promoted = move.stage is ModelStage.PRODUCTION
    replaced = row["production"] if promoted else None
    at = _time(transaction, move, row, now)
    moves = [(key, _draft(move, move.version, stage, move.stage, at))]
    if replaced is not None:
        out = _draft(move, row["production_version"], ModelStage.PRODUCTION, ModelStage.ARCHIVED, at, replaced_by=move.version)
        moves.insert(0, (replaced, out))
    written = append(transaction, [appending_of(transaction, models[each], [draft]) for each, draft in moves], now)
    moment = from_microseconds(at)
    for each, draft in moves:
        of = models[row["model"]].model_hash if draft.payload["new"] == ModelStage.PRODUCTION else None
        transaction.run("registry/set_stage", key=each, stage=draft.payload["new"], production_of=of, at=moment)
    if promoted or stage is ModelStage.PRODUCTION:
        _point(transaction, move, row["model"], written, at, promoted=promoted)


def locked(transaction: Transaction, name: str, key: str) -> tuple[Row, dict[str, Locked], int] | None:
    """Lock a version, its model and what is in production; None where there is no such version."""
    row = transaction.run("registry/standing", name=name, key=key)
    while row and row["stage"] is not None and not row["deleted"]:
        wanted = {row["model"], key, row["production"]} - {None}
        models, now = lock(transaction, wanted)
        row = transaction.run("registry/standing", name=name, key=key)
        # What is in production may have changed between the look and the lock; under the lock of the model it does not.
        if row["production"] is None or row["production"] in models:
            return None if row["deleted"] else (row, models, now)
    return None


def _time(transaction: Transaction, move: Move, row: Row, now: int) -> int:
    """Return when it is so: moves of a version are told in order, and so are those of what is in production."""
    promoted = move.stage is ModelStage.PRODUCTION
    latest: int = max(row["since"], (row["production_since"] or 0) if promoted else 0)
    if move.timestamp is None:
        return max(now, latest)
    at = fact_time(move.timestamp, now, "timestamp")
    if promoted and row["production"] is None:
        # Something may have been in production until later than that.
        latest = max(latest, transaction.run("registry/left_production", name=move.name, type=STAGE_CHANGED)["at"] or 0)
    if at < latest:
        raise ValidationError(
            f"timestamp: {move.name} was moved at {isoformat(from_microseconds(latest))}, which is later: moves are told in order"
        )
    return at


def _draft(move: Move, version: str, old: ModelStage, new: ModelStage, at: int, **more: Any) -> Draft:
    told: dict[str, Any] = {"model": move.name, "version": version, "old": old.value, "new": new.value, **more}
    if move.reason is not None:
        told["reason"] = move.reason
    if move.is_rollback and new is ModelStage.PRODUCTION:
        told["rollback"] = True
    return Draft(STAGE_CHANGED, move.actor, at, told)


def _point(transaction: Transaction, move: Move, model: str, written: dict[str, list[dict[str, Any]]], at: int, *, promoted: bool) -> None:
    """Let the model's tag point at what it heard of the promotion, or at nothing.

    Whoever moves a tag of that name by hand does not stand in the way of a promotion, nor change what was in production.
    """
    heard: Sequence[dict[str, Any]] = written.get(model, ())
    target = heard[-1]["snapshot_hash"] if promoted and heard else None
    models, now = lock(transaction, [model])
    set_tag(transaction, models[model], TAG, target, move.actor, at, now)
