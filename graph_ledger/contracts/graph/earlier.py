"""Earlier: what elements were at each of their revisions, and what others were that had the same label."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graph_ledger.contracts.gate.states import State, Touched
from graph_ledger.contracts.uris import serial_of
from graph_ledger.database.database import Transaction
from graph_ledger.values.contracts.kinds import Kind, Status

Earlier = Mapping[str, list[State]]


def read_earlier(transaction: Transaction, prefix: str, found: Collection[Touched]) -> Earlier:
    """Return by concept URI every state of elements before the last one, newest first, and those of removed ones that had their label.

    What the report itself removes is removed, too.

    Cost: one statement, in proportion to the revisions of these elements.
    Source: ``cypher/contracts/earlier_states.cypher``.
    """
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for each in found:
        by_label[each.state.label].append(each.state.concept_uri)
    gone = {each.state.concept_uri for each in found if each.after is None}
    concepts = sorted(uri for uris in by_label.values() for uri in uris)
    row = transaction.run("contracts/earlier_states", prefix=prefix, concepts=concepts, labels=sorted(by_label))
    earlier: defaultdict[str, list[State]] = defaultdict(list)
    seen: set[str] = set()
    for said in _newest_first(row["own"]):
        if said["concept_uri"] in seen:
            earlier[said["concept_uri"]].append(_state(said))
        seen.add(said["concept_uri"])
    for said in _newest_first([*row["removed"], *row["own"]]):
        if said["concept_uri"] in gone or said["concept_uri"] not in seen:
            for uri in by_label.get(said["label"], ()):
                if uri != said["concept_uri"]:
                    earlier[uri].append(_state(said))
    return earlier


def _newest_first(payloads: Iterable[str]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [said for payload in payloads if (said := json.loads(payload)).get("status") != Status.REMOVED.value]
    return sorted(told, key=lambda said: -serial_of(said["revision_uri"]))


def _state(said: Mapping[str, Any]) -> State:
    return State(
        concept_uri=said["concept_uri"],
        label=said["label"],
        kind=Kind(said["kind"]),
        parent_uri=said.get("parent_uri"),
        aspects=said.get("aspects"),
        instances=tuple(said.get("instances") or ()),
        contract_uri=said.get("active_contract_uri"),
    )
