"""Register: a version, its model on first use, what it reads and its artifact, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.composites.membership import Change, change
from graph_ledger.database.database import Row, Transaction
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.links import Link, declare
from graph_ledger.discovery.observe import observe
from graph_ledger.errors import ConflictError, ModelNotFoundError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import Locked, lock
from graph_ledger.models.register import registration
from graph_ledger.registry.holding import acting, hold_names, hold_source, load_of, source_of, version_key
from graph_ledger.registry.keeping import Kept
from graph_ledger.registry.said import PLATFORM, Said
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import from_microseconds, isoformat
from graph_ledger.values.node import DataNode, key_of
from graph_ledger.values.port import DataPort
from graph_ledger.values.registry.version import lines_of, tags_of

MODEL_TYPE, VERSION_TYPE, ROLE = "ml_model", "model_version", "version"
DESCRIBED = "model_described"
TRAINED_ON = "trained_on"


@dataclass(frozen=True, slots=True)
class Standing:
    """The model under a name, before a version of it is written."""

    key: str
    description: str
    tags: dict[str, str]


def register(transaction: Transaction, said: Said, kept: Kept | None) -> None:
    """Write a version and all that hangs on it; the bytes get their name last of all.

    Raises:
        ConflictError: There is, or was, a version of that name.
    """
    fresh, port = hold_source(transaction, said.name), DataPort(output_of(said.full_name)).key
    hold_names(transaction, said.name, said.full_name, port)
    standing, key = model_under(transaction, said.name), version_key(said.full_name)
    models, now = lock(transaction, [standing.key, key, *said.trained.models])
    if key in models:
        raise ConflictError(f"{said.full_name} already exists: a version is registered once, also where it was deleted since")
    if twin := transaction.run("registry/twin", key=key, port=port)["twin"]:
        raise ConflictError(f"{said.full_name} differs from {twin} in case alone: the two would share a port, and a folder on many disks")
    if gone := [each for each in said.trained.models if each not in models]:
        raise ModelNotFoundError(gone[0])
    if deleted := transaction.run("registry/deleted", keys=list(said.trained.named))["names"]:
        raise ConflictError(f"{deleted[0]} was deleted: nothing is trained on it any more")
    if port in {each.key for each in said.trained.ports}:
        raise ConflictError(f"{said.full_name} cannot be trained on itself")
    at = fact_time(said.created_at, now, "created_at")
    identity = _write_model(transaction, said, models.get(standing.key), at, now)
    with acting(said.actor):
        observe(
            transaction,
            [(key, content_of(node_of(said, identity, kept), 0, isoformat(from_microseconds(at))))],
            load_of(source_of(said.name), at, fresh=fresh),
        )
    models, now = lock(transaction, [standing.key, key])
    change(transaction, models, models[standing.key], [Change(key, joins=True, role=ROLE)], said.actor, at, now)
    _describe(transaction, said, standing, at)
    for model in said.trained.models:
        declare(transaction, Link(model, key, TRAINED_ON, said.actor, {}), from_microseconds(at))
    _write_beside(transaction, said, standing.key, key, at)
    if kept is not None:
        kept.give(transaction, key, said.name, said.version)


def model_under(transaction: Transaction, name: str) -> Standing:
    """Return the model that has versions under a name, or would get them: the only one of that name, else one of the registry's own."""
    row: Row = transaction.run("registry/model_key", name=name)
    own = key_of(PLATFORM, name)
    key = row["registered"] or (row["keys"][0] if len(row["keys"]) == 1 else own)
    return Standing(key, row["description"], tags_of(row["tags"]))


def node_of(said: Said, identity: Mapping[str, str], kept: Kept | None) -> DataNode:
    """Return a version as it is observed: what it reads and writes, and everything that was said of it."""
    metadata: Mapping[str, Any] = {
        "model_type": VERSION_TYPE, **identity, VERSION_TYPE: said.facts(None if kept is None else kept.facts()),
    }  # fmt: skip
    return DataNode(said.full_name, PLATFORM, said.trained.ports, [output_of(said.full_name)], metadata)


def output_of(full: str) -> str:
    """Return the port that a version writes: whoever runs it reads that."""
    return f"{PLATFORM}:{full}"


def _write_model(transaction: Transaction, said: Said, model: Locked | None, at: int, now: int) -> dict[str, str]:
    """Make the model known, where it is not; return whose the version is and how risky: as the model, unless said."""
    if model is None:
        registration(said.name, PLATFORM, {"model_type": MODEL_TYPE, **said.identity}, said.actor).write(transaction, None, at, now)
        return said.identity
    return {field: str(model.fields[field]) for field in ("owner", "tier")} | said.identity


def _describe(transaction: Transaction, said: Said, standing: Standing, at: int) -> None:
    """Record a description and tags of the model, where they are others than before."""
    told: dict[str, Any] = {}
    if said.model_description not in (None, standing.description):
        told["description"] = said.model_description
    if said.model_tags is not None and said.model_tags != standing.tags:
        told["tags"] = said.model_tags
    if told:
        models, now = lock(transaction, [standing.key])
        append(transaction, [appending_of(transaction, models[standing.key], [Draft(DESCRIBED, said.actor, at, told)])], now)


def _write_beside(transaction: Transaction, said: Said, model: str, key: str, at: int) -> None:
    moment = from_microseconds(at)
    transaction.run(
        "registry/write_version", model=model, key=key, name=said.name, version=said.version, framework=said.framework.value,
        description=said.description, metrics=canonical_json(said.metrics), parameters=canonical_json(said.parameters),
        flat={f"metric_{name}": value for name, value in said.metrics.items()}, tags=lines_of(said.tags), at=moment,
        model_description=said.model_description, model_tags=None if said.model_tags is None else lines_of(said.model_tags),
    )  # fmt: skip
    ports, uris = [port.identifier for port in said.trained.ports], list(said.trained.contracts)
    if ports or uris:
        transaction.run("registry/train_on", key=key, ports=ports, uris=uris, at=moment)
