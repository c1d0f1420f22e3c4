"""Deploy: a model reads a version; retire: it does no longer."""

from collections.abc import Sequence

from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.claims import open_claims
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.observe import Observation, observe
from graph_ledger.errors import ConflictError, ModelNotFoundError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import Locked, lock
from graph_ledger.registry.holding import acting, deployed_by, hold_deployments, hold_source, load_of, version_key
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
        ConflictError: There is no such version, or the model is not there any more.
        ValidationError: The version would run in itself.
    """
    full = full_name(name, version)
    if target == version_key(full):
        raise ValidationError(f"{full} cannot run in itself")

    def work(transaction: Transaction) -> Deployment:
        if not _change(transaction, name, version, target, check_text(actor, "actor"), joins=True):
            raise ConflictError(f"there is no version {full} to be deployed: `registry versions` shows those there are")
        rows = deployments(transaction, name, version)
        return next(each for each in rows if each.target == target)

    return database.write(work)


def retire(database: Database, name: str, version: str, target: str, actor: str) -> bool:
    """Let a model read a version no longer; False where nobody said in the registry that it does."""
    return database.write(lambda transaction: bool(_change(transaction, name, version, target, check_text(actor, "actor"), joins=False)))


def deployments(transaction: Transaction, name: str, version: str) -> list[Deployment]:
    """Return where a version runs: who was said to, here or by a source of its own; versions trained on it do not."""
    rows = transaction.run("registry/deployments", port=_port(name, version).key, source=deployed_by(name))["deployments"]
    return [Deployment(target=key, name=called, owner=owner, since=from_microseconds(since)) for key, called, owner, since in rows]


def withdraw(transaction: Transaction, name: str, version: str, actor: str) -> None:
    """Let nobody run a version by what was said here, as it is deleted; the versions are held. What others say of themselves stays."""
    targets = transaction.run("registry/deployed", port=_port(name, version).key, source=deployed_by(name))["targets"]
    for first in range(0, len(targets), MOST_AT_ONCE):
        _write(transaction, name, version, targets[first : first + MOST_AT_ONCE], actor, joins=False)


def _port(name: str, version: str) -> DataPort:
    return DataPort(output_of(full_name(name, version)))


def _change(transaction: Transaction, name: str, version: str, target: str, actor: str, *, joins: bool) -> bool | None:
    """Write it; return whether anything is so now that is asked for: None where there is no such version."""
    key = version_key(full_name(name, version))
    if not transaction.run("registry/stored_at", key=key)["there"]:
        return None
    hold_source(transaction, name)
    models, _ = lock(transaction, [key, target])
    if target not in models:
        raise ModelNotFoundError(target)
    if not transaction.run("registry/stored_at", key=key)["there"]:
        return None
    if (_port(name, version).key in _held(transaction, [models[target]], name)[target]) is joins:
        return joins
    if joins and not models[target].fields["present"]:
        raise ConflictError(f"{target} is not there any more: nothing can run in it")
    _write(transaction, name, version, [target], actor, joins=joins)
    return True


def _write(transaction: Transaction, name: str, version: str, targets: Sequence[str], actor: str, *, joins: bool) -> None:
    fresh = hold_deployments(transaction, name)
    port, key = _port(name, version), version_key(full_name(name, version))
    models, now = lock(transaction, [key, *targets])
    readers = [models[each] for each in targets]
    listed = set(transaction.run("registry/listed_by_others", keys=list(targets), source=deployed_by(name))["keys"])
    batch: list[Observation] = []
    for reader, held in zip(readers, _held(transaction, readers, name).values(), strict=True):
        wanted = {**held, port.key: port} if joins else {each: held[each] for each in held if each != port.key}
        node = DataNode(reader.name, reader.fields["platform"], list(wanted.values()))
        # Whom a source lists is there by what that source says, and no longer by what ran in it.
        is_over = not wanted and reader.key in listed
        batch.append((reader.key, None if is_over else content_of(node, 0, isoformat(from_microseconds(now)))))
    with acting(actor):
        observe(transaction, batch, load_of(deployed_by(name), now, fresh=fresh))
    models, now = lock(transaction, [key, *targets])
    kind, told = DEPLOYED if joins else RETIRED, {"model": name, "version": version}
    drafts = [Draft(kind, actor, now, {**told, "target": each.name, "target_hash": each.model_hash}) for each in readers]
    append(transaction, [appending_of(transaction, models[key], drafts)], now)


def _held(transaction: Transaction, targets: Sequence[Locked], name: str) -> dict[str, dict[str, DataPort]]:
    """Return the versions' ports that models are said to read already, by key of the model and of the port."""
    claims = open_claims(transaction, {each.key: each.model_hash for each in targets}, deployed_by(name))
    return {each.key: {row.port: DataPort(row.port) for row in claims.get(each.key, []) if not row.is_output} for each in targets}
