"""Deploy: a model reads a version; retire: it does no longer."""

from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.claims import open_claims
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.observe import observe
from graph_ledger.errors import ConflictError, ModelNotFoundError
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


def deploy(database: Database, name: str, version: str, target: str, actor: str) -> Deployment:
    """Let a model read a version; reading it already is silent.

    Raises:
        ConflictError: There is no such version.
    """
    full = full_name(name, version)

    def work(transaction: Transaction) -> Deployment:
        if not _change(transaction, name, version, target, check_text(actor, "actor"), joins=True):
            raise ConflictError(f"there is no version {full} to be deployed: `registry versions` shows those there are")
        rows = deployments(transaction, name, version)
        return next(each for each in rows if each.target == target)

    return database.write(work)


def retire(database: Database, name: str, version: str, target: str, actor: str) -> bool:
    """Let a model read a version no longer; False where it did not."""
    full_name(name, version)
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


def _change(transaction: Transaction, name: str, version: str, target: str, actor: str, *, joins: bool) -> bool | None:
    """Write it; return whether anything is so now that is asked for: None where there is no such version."""
    full, port = full_name(name, version), DataPort(output_of(full_name(name, version)))
    key = version_key(full)
    if not transaction.run("registry/stored_at", key=key)["there"]:
        return None
    fresh = hold_source(transaction, name)
    models, now = lock(transaction, [key, target])
    if target not in models:
        raise ModelNotFoundError(target)
    if not transaction.run("registry/stored_at", key=key)["there"]:
        return None
    held = _held(transaction, models[target], name)
    if (port.key in held) is joins:
        return joins
    wanted = {**held, port.key: port} if joins else {each: held[each] for each in held if each != port.key}
    reader = models[target]
    node = DataNode(reader.name, reader.fields["platform"], list(wanted.values()))
    with acting(actor):
        observe(transaction, [(target, content_of(node, 0, isoformat(from_microseconds(now))))], load_of(name, now, fresh=fresh))
    models, now = lock(transaction, [key, target])
    told = {"model": name, "version": version, "target": reader.name, "target_hash": reader.model_hash}
    append(transaction, [appending_of(transaction, models[key], [Draft(DEPLOYED if joins else RETIRED, actor, now, told)])], now)
    return True


def _held(transaction: Transaction, target: Locked, name: str) -> dict[str, DataPort]:
    """Return the versions' ports that a model reads already, by key."""
    rows = open_claims(transaction, {target.key: target.model_hash}, source_of(name)).get(target.key, [])
    return {row.port: DataPort(row.port) for row in rows if not row.is_output}
