"""Delete: a version goes, its bytes go, its events and its number stay."""

from graph_ledger.composites.membership import Change, change
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.links import Link, take_back
from graph_ledger.discovery.observe import observe
from graph_ledger.errors import ConflictError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import lock
from graph_ledger.registry.holding import acting, hold_source, load_of, version_key
from graph_ledger.registry.register import TRAINED_ON
from graph_ledger.registry.said import PLATFORM, full_name, text_said
from graph_ledger.registry.stages import Move, locked, moved
from graph_ledger.registry.stores.paths import path_of
from graph_ledger.registry.stores.store import ModelStore
from graph_ledger.values.moment import from_microseconds, isoformat
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import check_text
from graph_ledger.values.registry.words import ModelStage

DELETED, GONE = "version_deleted", "not_found"


def delete(database: Database, store: ModelStore, name: str, version: str, *, actor: str, reason: str | None, force: bool) -> bool:
    """Delete a version and its bytes; False where there is none.

    The graph comes first: bytes of a version that is registered are never gone. What is left of them when somebody is killed
    in between goes when the same is asked again.

    Raises:
        ConflictError: It is in production, and nobody insists.
    """
    full, actor = full_name(name, version), check_text(actor, "actor")
    if reason is not None:
        text_said(reason, "reason")

    def work(transaction: Transaction) -> tuple[bool, str | None]:
        standing = transaction.run("registry/standing", name=name, key=version_key(full))
        if not standing or standing["stage"] is None:
            return False, None
        hold_source(transaction, name)
        path = transaction.run("registry/stored_at", key=version_key(full))["path"]
        move = Move(name, version, ModelStage.ARCHIVED, actor, reason)
        return (True, path) if _delete(transaction, move, force=force) else (False, path_of(name, version))

    done, path = database.write(work)
    if path is not None:
        store.delete_artifact(path)
    return done


def _delete(transaction: Transaction, move: Move, *, force: bool) -> bool:
    full = full_name(move.name, move.version)
    key = version_key(full)
    found = locked(transaction, move.name, key)
    if found is None:
        return False
    row, _, now = found
    if row["stage"] == ModelStage.PRODUCTION.value:
        if not force:
            raise ConflictError(f"{full} is in production: move it out of there first, or insist (force=True, --force)")
        moved(transaction, move, *found)
    with acting(move.actor):
        # It reads and writes nothing any more; what it was stays in the events before.
        node = DataNode(full, PLATFORM, metadata={"status": "retired"})
        models, now = lock(transaction, [key])
        observe(transaction, [(key, content_of(node, 0, isoformat(from_microseconds(now))))], load_of(move.name, now))
    for model in transaction.run("registry/declared", key=key)["models"]:
        take_back(transaction, Link(model, key, TRAINED_ON, move.actor, {}), None)
    models, now = lock(transaction, [key, row["model"]])
    told = {"model": move.name, "version": move.version, **({} if move.reason is None else {"reason": move.reason})}
    drafts = [Draft(DELETED, move.actor, now, told), Draft(GONE, move.actor, now, told)]
    append(transaction, [appending_of(transaction, models[key], drafts)], now)
    models, now = lock(transaction, [key, row["model"]])
    change(transaction, models, models[row["model"]], [Change(key, joins=False, reason=move.reason)], move.actor, now, now)
    transaction.run("registry/forget_version", key=key, at=from_microseconds(now))
    return True
