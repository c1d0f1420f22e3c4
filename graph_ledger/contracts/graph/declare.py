"""Consumers and producers: what a person says that a model reads or writes of a data model, and on which contract."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from graph_ledger.contracts.graph.ports import port_of
from graph_ledger.contracts.graph.read import concepts_in
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.load import hold, opened
from graph_ledger.discovery.observe import Decided, weigh, write
from graph_ledger.errors import ContractError, ModelNotFoundError
from graph_ledger.history.append import append
from graph_ledger.history.appending import Appending
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import Locked, lock
from graph_ledger.history.snapshots import of_event
from graph_ledger.values.contracts.concept import Concept
from graph_ledger.values.contracts.kinds import Status
from graph_ledger.values.moment import When, from_microseconds, isoformat
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort, check_text
from graph_ledger.values.snapshot import Snapshot

SOURCE = "contracts"
Role = Literal["consumer", "producer"]
EVENTS: Mapping[Role, tuple[str, str]] = {
    "consumer": ("consumes_contract", "has_consumer"),
    "producer": ("produces_contract", "has_producer"),
}
"""What is written on the model, and what on the container."""
Pair = tuple[Snapshot, Snapshot]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who reads or writes which element, by which contract."""

    model: str
    """Key of the model."""
    concept: Concept
    contract: str | None
    """None is the one that holds."""
    role: Role
    actor: str

    @property
    def port(self) -> str:
        """The port through which it does."""
        return port_of(self.concept.prefix, self.concept.label)


def declare(database: Database, asked: Declaration, timestamp: When | None = None) -> Pair:
    """Let a model read or write an element of a data model, and note the contract that it was built against.

    Saying it again appends two events more and changes nothing else.

    Raises:
        ContractError: The element was removed, the contract is none of its own, or the model is what holds the element.
        ModelNotFoundError: The model is not there.
    """
    check_text(asked.actor, "actor")

    def work(transaction: Transaction) -> Pair:
        load = hold(transaction, opened(transaction, SOURCE, timestamp))
        said, models, now = _locked(transaction, asked)
        _check(transaction, said)
        container = str(said.concept.model)
        model = models[said.model]
        ports = transaction.run("contracts/pinned", key=model.key, source=SOURCE)
        node = _node(model, said, ports)
        content = content_of(node, 0, isoformat(from_microseconds(load.at)))
        decided = weigh(transaction, {model.key: model}, now, {model.key: content}, load)
        contract = said.contract or str(said.concept.contract_uri)
        own, other = _drafts(said, contract, models, load.at)
        also = [appending_of(transaction, models[container], [other])]
        places = _joined(transaction, decided, model, own, also)
        written = write(transaction, decided, load, also) if decided.results else append(transaction, also, now)
        transaction.run(
            "contracts/pin", key=model.key, contract=contract, concept=said.concept.concept_uri, actor=said.actor, role=said.role,
            at=from_microseconds(load.at), now=from_microseconds(decided.now),
        )  # fmt: skip
        return (
            of_event(written[model.key][places], model.model_hash, now, model.key),
            of_event(written[container][0], models[container].model_hash, now, container),
        )

    return database.write(work)


def _locked(transaction: Transaction, asked: Declaration) -> tuple[Declaration, dict[str, Locked], int]:
    """Lock the model and the container, and read the element again: a sync may have come before."""
    said, uri = asked, asked.concept.concept_uri
    while True:
        container = str(said.concept.model)
        models, now = lock(transaction, [said.model, container], SOURCE)
        said = replace(said, concept=concepts_in(transaction, uris=[uri])[0])
        if said.concept.model == container:
            break
    for key in (said.model, container):
        if key not in models:
            raise ModelNotFoundError(key)
    return said, models, now


def _joined(transaction: Transaction, decided: Decided, model: Locked, own: Draft, also: list[Appending]) -> int:
    """Put the event beside what was observed of the model, or on its own; return its place among what is written."""
    for result in decided.results:
        result.appending.drafts.append(own)
        return len(result.appending.drafts) - 1
    also.append(appending_of(transaction, model, [own]))
    return 0


def _node(model: Locked, said: Declaration, ports: Mapping[str, Any]) -> DataNode:
    """Return the model with all that is declared of it, this among it."""
    inputs, outputs = set(ports["inputs"]), set(ports["outputs"])
    (inputs if said.role == "consumer" else outputs).add(said.port)
    return DataNode(
        model.name,
        platform=str(model.fields["platform"]),
        inputs=[DataPort(each) for each in sorted(inputs)],
        outputs=[DataPort(each) for each in sorted(outputs)],
    )


def _drafts(said: Declaration, contract: str, models: Mapping[str, Locked], at: int) -> tuple[Draft, Draft]:
    concept, (own, other) = said.concept, EVENTS[said.role]
    core = {"concept_uri": concept.concept_uri, "label": concept.label, "contract_uri": contract, "port": said.port}
    container, model = models[str(concept.model)], models[said.model]
    return (
        Draft(own, said.actor, at, {**core, "container": container.key, "container_hash": container.model_hash}),
        Draft(other, said.actor, at, {**core, "model": model.key, "model_hash": model.model_hash}),
    )


def _check(transaction: Transaction, said: Declaration) -> None:
    if said.concept.status is not Status.ACTIVE:
        raise ContractError(f"{said.concept.label!r} was REMOVED: nothing reads or writes it any more")
    if said.model == said.concept.model:
        raise ContractError(f"{said.model} holds {said.concept.label!r} itself")
    if said.contract is None:
        return
    if not transaction.run("contracts/contract_of", uri=said.contract, concept=said.concept.concept_uri)["there"]:
        raise ContractError(f"{said.contract!r} is no contract of {said.concept.label!r}: it has {said.concept.contract_uri}")
