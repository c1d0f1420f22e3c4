"""Planned: one report worked into what is living of a namespace, and not written."""

from dataclasses import dataclass

from graph_ledger.contracts.delta import Delta
from graph_ledger.contracts.graph.after import Concepts, living_after
from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.living import read_living
from graph_ledger.contracts.graph.namespace import Namespace
from graph_ledger.contracts.plan_sync import plan_sync
from graph_ledger.database.database import Transaction


@dataclass
class Planned:
    """What is there, and what will be."""

    asked: Asked
    namespace: Namespace
    before: Concepts
    after: Concepts
    delta: Delta
    keys: dict[str, str]
    """``ModelRef.key`` of each container that was living, by its URI."""


def planned(transaction: Transaction, asked: Asked, namespace: Namespace) -> Planned:
    """Plan a report on what is living.

    Raises:
        RulesError: The rules have a key that the profile does not know.
        SyncError: The report does not fit the namespace, or warns while it is to be strict.
    """
    living, keys = read_living(transaction, namespace)
    delta = plan_sync(living, asked.told, asked.rules, asked.profile, strict=asked.strict)
    before = {concept.concept_uri: concept for concept in living.concepts.values()}
    return Planned(asked, namespace, before, living_after(living, delta), delta, keys)
