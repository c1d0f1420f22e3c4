"""Deploy: a model reads a version; retire: it does no longer."""

from collections.abc import Sequence

from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.claims import open_claims
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.observe import observe
from graph_ledger.errors import ConflictError, ModelNotFoundError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import Locked, lock
from graph_ledger.registry.holding import acting, hold_source, load_of, source_of, version_key
from graph_ledger.registry.register import output_of
from graph_ledger.registry.said import full_name
from graph_ledger.values.moment import from_microseconds, isoformat
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort, check_text
from graph_ledger.values.registry.lineage import Deployment

DEPLOYED, RETIRED = "deployed", "undeployed"
MOST_AT_ONCE = 2_000


def deploy(database: Database, name: str, version: str, target: str, actor: str) -> Deployment:
    """Let a model read a version; reading it already is silent.

    Raises:
        ConflictError: There is no such version.
        ValidationError: The model is a version of the same model.
    """
    full = full_name(name, version)
    if target.startswith(version_key(f"{name}:")):
        raise ValidationError(f"{target} is a version of {name} itself: what a version was made of is said by trained_on")

    def work(transaction: Transaction) -> Deployment:
        if not _change(transaction, name, version, target, check_text(actor, "actor"), joins=True):
            raise ConflictError(f"there is no version {full} to be deployed: `registry versions` shows those there are")
        rows = deployments(transaction, name, version)
        return next(each for each in rows if each.target == target)

    return database.write(work)


def retire(database: Database, name: str, version: str, target: str, actor: str) -> bool:
    """Let a model read a version no longer; False where it did not."""
    return database.write(lambda transaction: bool(_change(transaction, name, version, target, check_text(actor, "actor"), joins=False)))


def deployments(transaction: Transaction, name: str, version: str) -> list[Deployment]:
    """Return where a version runs."""
    port = DataPort(output_of(full_name(name, version))).key
    rows = transaction.run("registry/deployments", port=port, source=source_of(name))["deployments"]
    return [
        Deployment(target=key, name=called, owner=owner, since=from_microseconds(since))
        for key, called, owner, since in rows
        if key is not None
    ]


def withdraw(transaction: Transaction, name: str, version: str, targets: Sequence[str], actor: str) -> None:
    """Let models that read a version read it no longer, as it is deleted; the source is held."""
    for first in range(0, len(targets), MOST_AT_ONCE):
        _write(transaction, name, version, targets[first : first + MOST_AT_ONCE], actor, joins=False, fresh=False)


def _change(transaction: Transaction, name: str, version: str, target: str, actor: str, *, joins: bool) -> bool | None:
    """Write it; return whether anything is so now that is asked for: None where there is no such version."""
    port, key = DataPort(output_of(full_name(name, version))), version_key(full_name(name, version))
    if not transaction.run("registry/stored_at", key=key)["there"]:
        return None
    fresh = hold_source(transaction, name)
    models, _ = lock(transaction, [key, target])
    if target not in models:
        raise ModelNotFoundError(target)
    if not transaction.run("registry/stored_at", key=key)["there"]:
        return None
    if (port.key in _held(transaction, [models[target]], name)[target]) is not joins:
        _write(transaction, name, version, [target], actor, joins=joins, fresh=fresh)
        return True
    return joins


def _write(
    transaction: Transaction, name: str, version: str, targets: Sequence[str], actor: str, *, joins: bool, fresh: bool
) -> None:  # fmt: skip
    port, key = DataPort(output_of(full_name(name, version))), version_key(full_name(name, version))
    models, now = lock(transaction, [key, *targets])
    readers = [models[each] for each in targets]
    batch = []
    for reader, held in zip(readers, _held(transaction, readers, name).values(), strict=True):
        wanted = {**held, port.key: port} if joins else {each: held[each] for each in held if each != port.key}
        node = DataNode(reader.name, reader.fields["platform"], list(wanted.values()))
        batch.append((reader.key, content_of(node, 0, isoformat(from_microseconds(now)))))
    with acting(actor):
        observe(transaction, batch, load_of(name, now, fresh=fresh))
    models, now = lock(transaction, [key, *targets])
    drafts = [
        Draft(
            DEPLOYED if joins else RETIRED,
            actor,
            now,
            {"model": name, "version": version, "target": each.name, "target_hash": each.model_hash},
        )
        for each in readers
    ]
    append(transaction, [appending_of(transaction, models[key], drafts)], now)


def _held(transaction: Transaction, targets: Sequence[Locked], name: str) -> dict[str, dict[str, DataPort]]:
    """Return the versions' ports that models read already, by key of the model and of the port."""
    claims = open_claims(transaction, {each.key: each.model_hash for each in targets}, source_of(name))
    return {each.key: {row.port: DataPort(row.port) for row in claims.get(each.key, []) if not row.is_output} for each in targets}
