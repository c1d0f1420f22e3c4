"""Delete: a version goes, its bytes go, its events and its number stay."""

from graph_ledger.composites.membership import Change, change
from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.links import Link, take_back
from graph_ledger.discovery.observe import observe
from graph_ledger.errors import ConflictError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import lock
from graph_ledger.registry.deploy import deployments, withdraw
from graph_ledger.registry.holding import acting, hold_source, load_of, source_of, version_key
from graph_ledger.registry.register import TRAINED_ON
from graph_ledger.registry.said import PLATFORM, full_name, text_said
from graph_ledger.registry.stages import Move, locked, moved
from graph_ledger.registry.stores.store import GONE, ModelStore, copied
from graph_ledger.values.moment import from_microseconds, isoformat
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import check_text
from graph_ledger.values.registry.words import ModelStage

DELETED, NOT_FOUND = "version_deleted", "not_found"
INSIST = 'insist (force=True; --force on the command line, "force": true in JSON)'


def delete(database: Database, store: ModelStore, name: str, version: str, *, actor: str, reason: str | None, force: bool) -> bool:
    """Delete a version and its bytes; False where there is none.

    The graph comes first: bytes of a version that is registered are never gone. What is left of them when somebody is killed
    in between goes when the same is asked again.

    Raises:
        ConflictError: It is in production, runs somewhere, or its bytes lie in another store, and nobody insists.
    """
    full, actor = full_name(name, version), check_text(actor, "actor")
    if reason is not None:
        text_said(reason, "reason")

    looked = database.read("registry/stored_at", key=version_key(full))
    was_here = _is_here(store, looked)  # bytes may have to be read for that: not while others wait

    def work(transaction: Transaction) -> tuple[bool, str | None]:
        """Return whether it was there, and the path of the bytes that are to go."""
        standing = transaction.run("registry/standing", name=name, key=version_key(full))
        if not standing or standing["stage"] is None:
            return False, None
        hold_source(transaction, name)
        stored = transaction.run("registry/stored_at", key=version_key(full))
        is_here = was_here if _place(stored) == _place(looked) else stored["store"] == store.address
        if stored["sha256"] is not None and not is_here and not force:
            raise ConflictError(
                f"the bytes of {full} lie in {stored['store']}, and this registry's store is {store.address}: "
                f"take one with that store, or {INSIST}"
            )
        move = Move(name, version, ModelStage.ARCHIVED, actor, reason)
        done = _delete(transaction, move, force=force)
        # A store of somebody's own may keep equal bytes once for many versions.
        goes = is_here and not transaction.run("registry/kept_for", sha256=_hash(stored), path=stored["path"])["versions"]
        return done, stored["path"] if goes else None

    done, path = database.write(work)
    if path is not None:
        store.delete_artifact(path)
    return done


def _is_here(store: ModelStore, stored: Row) -> bool:
    """Whether the bytes of a version lie in this store: in one of another address, such as a moved folder, if they are the same."""
    if stored["path"] is None or stored["store"] == store.address:
        return stored["path"] is not None
    try:
        with store.open_artifact(stored["path"]) as file:
            return bool(copied(file)[0] == _hash(stored))
    except GONE:
        return False


def _place(stored: Row) -> tuple[str | None, ...]:
    return stored["store"], stored["path"], _hash(stored)


def _hash(stored: Row) -> str:
    return str(stored["sha256"] or stored["left_sha256"])


def _delete(transaction: Transaction, move: Move, *, force: bool) -> bool:
    full = full_name(move.name, move.version)
    key = version_key(full)
    found = locked(transaction, move.name, key)
    if found is None:
        return False
    row, _, now = found
    if row["stage"] == ModelStage.PRODUCTION.value:
        if not force:
            raise ConflictError(f"{full} is in production: move it out of there first, or {INSIST}")
        moved(transaction, move, *found)
    runs = [each.target for each in deployments(transaction, move.name, move.version)]
    if runs and not force:
        others = f" and {len(runs) - 1} others" if runs[1:] else ""
        raise ConflictError(f"{full} runs at {runs[0]}{others}: retire it there first, or {INSIST}")
    withdraw(transaction, move.name, move.version, move.actor)
    with acting(move.actor):
        # It reads and writes nothing any more; what it was stays in the events before.
        node = DataNode(full, PLATFORM, metadata={"status": "retired"})
        models, now = lock(transaction, [key])
        observe(transaction, [(key, content_of(node, 0, isoformat(from_microseconds(now))))], load_of(source_of(move.name), now))
    for model in transaction.run("registry/declared", key=key)["models"]:
        take_back(transaction, Link(model, key, TRAINED_ON, move.actor, {}), None)
    models, now = lock(transaction, [key, row["model"]])
    told = {"model": move.name, "version": move.version, **({} if move.reason is None else {"reason": move.reason})}
    drafts = [Draft(DELETED, move.actor, now, told), Draft(NOT_FOUND, move.actor, now, told)]
    append(transaction, [appending_of(transaction, models[key], drafts)], now)
    models, now = lock(transaction, [key, row["model"]])
    change(transaction, models, models[row["model"]], [Change(key, joins=False, reason=move.reason)], move.actor, now, now)
    transaction.run("registry/forget_version", key=key, at=from_microseconds(now))
    return True
