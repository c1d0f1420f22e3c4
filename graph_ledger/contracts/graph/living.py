"""The living part of a namespace, as the graph holds it."""

import json

from graph_ledger.contracts.graph.namespace import Namespace
from graph_ledger.contracts.living import Living, LivingBinding, LivingConcept
from graph_ledger.database.database import Transaction
from graph_ledger.values.contracts.kinds import Kind


def read_living(transaction: Transaction, namespace: Namespace) -> tuple[Living, dict[str, str]]:
    """Read all living concepts of a namespace, and the ``ModelRef.key`` of each container by its URI.

    Cost: one statement, in proportion to the living part; what was superseded is not looked at.
    """
    rows = transaction.run("contracts/living", prefix=namespace.prefix)["concepts"] if not namespace.is_new else []
    keys: dict[str, str] = {}
    concepts: dict[str, LivingConcept] = {}
    for uri, label, previous, kind, parent, instances, aspects, revision, contract, key, bindings in rows:
        if key is not None:
            keys[uri] = key
        concepts[label] = LivingConcept(
            uri, label, Kind(kind), parent, tuple(previous or ()), tuple(instances or ()), revision, contract,
            tuple(LivingBinding(each, instance) for _, each, instance in sorted(bindings, key=lambda row: row[0])),
            None if aspects is None else json.loads(aspects),
        )  # fmt: skip
    return Living(namespace.uri, namespace.counters, concepts), keys
