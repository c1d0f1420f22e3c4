"""The past of concepts: each is what its newest revision of the moment says, at the addresses of that moment."""

import json
from typing import Any

from graph_ledger.contracts.graph.after import path_of
from graph_ledger.contracts.graph.ports import port_of
from graph_ledger.contracts.living import LivingConcept
from graph_ledger.database.database import Database, Transaction
from graph_ledger.values.contracts.concept import Binding, Concept
from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.moment import LATEST, Moment

Row = list[Any]


def at(database: Database, moment: Moment, *, prefix: str | None = None, uris: list[str] | None = None) -> list[Concept]:
    """Return concepts as they were at a moment, by prefix and serial; those that were not there yet are left out.

    Source: ``cypher/contracts/concepts_at.cypher``.
    """
    times = {"as_of": moment.as_of or LATEST, "known_at": moment.known_at or LATEST}

    def work(transaction: Transaction) -> list[Concept]:
        rows = transaction.run("contracts/concepts_at", prefix=prefix, uris=uris, **times)["concepts"]
        states = {said["concept_uri"]: said for row in rows for said in [json.loads(row[2])]}
        owners = sorted({said["parent_uri"] for said in states.values() if said["parent_uri"] is not None} - states.keys())
        if owners:
            more = transaction.run("contracts/concepts_at", prefix=None, uris=owners, **times)["concepts"]
            states |= {said["concept_uri"]: said for row in more for said in [json.loads(row[2])]}
        return [_concept(row, states) for row in rows]

    return database.reading(work)


def _concept(row: Row, states: dict[str, dict[str, Any]]) -> Concept:
    prefix, serial, text, key, bindings = row
    said = json.loads(text)
    owner = states.get(str(said["parent_uri"]))
    uri, label, status = said["concept_uri"], said["label"], Status(said["status"])
    kind = Kind(said["kind"])
    # The list of an entity reaches its living properties, which need not have a revision of their own for it.
    takes = owner is not None and kind is Kind.PROPERTY and status is Status.ACTIVE
    instances = owner["instances"] if takes and owner is not None else said["instances"]
    names = (
        LivingConcept(uri, label, kind),
        None if owner is None else LivingConcept(owner["concept_uri"], owner["label"], Kind(owner["kind"])),
    )
    return Concept(
        prefix=prefix, serial=serial, concept_uri=uri, label=label, previous_labels=tuple(said["previous_labels"]), kind=kind,
        status=status, parent=None if owner is None else owner["label"], instances=tuple(instances), aspects=said["aspects"],
        revision_uri=said["revision_uri"], contract_uri=said["active_contract_uri"], model=key,
        port=port_of(prefix, label) if status is Status.ACTIVE else None,
        bindings=tuple(
            Binding(
                serial=number, uri=each, instance_label=instance, runtime_path=path_of(*names, instance), concept_uri=uri, contract_uri=of
            )
            for number, each, instance, of in sorted(bindings, key=lambda row: row[0])
        ),
    )  # fmt: skip
