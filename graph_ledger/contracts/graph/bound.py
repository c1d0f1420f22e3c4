"""Bound: which bindings a report minted and ended, as the events of their concepts tell it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graph_ledger.contracts.delta import Delta
from graph_ledger.contracts.graph.after import Concepts
from graph_ledger.values.contracts.kinds import Status

Bound = dict[str, dict[str, Any]]
"""By concept URI: minted, lists of [URI, instance or None, contract URI], and ended, a status by URI."""


def binding_changes(before: Concepts, delta: Delta) -> Bound:
    """Return the bindings that came and ended, by their concept."""
    found: Bound = defaultdict(lambda: {"minted": [], "ended": {}})
    owners = {concept.contract_uri: uri for uri, concept in before.items()}
    owners |= {row.contract_uri: row.concept_uri for row in delta.contracts}
    for row in delta.bindings:
        if (uri := owners.get(row.contract_uri)) is not None:
            found[uri]["minted"].append([row.binding_uri, row.instance_label, row.contract_uri])
            if row.status is not Status.ACTIVE:
                found[uri]["ended"][row.binding_uri] = str(row.status)
    for uri, concept in before.items():
        for binding in concept.bindings:
            if (status := delta.statuses.get(binding.uri)) is not None:
                found[uri]["ended"][binding.uri] = str(status)
    return dict(found)


def told_of(uri: str, bound: Bound, silent: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what the first event of a concept in a report says of bindings; an entity's speaks for those that have none of their own."""
    said = bound.pop(uri, {})
    others = {child: bound.pop(child) for child in silent.get(uri, ()) if child in bound}
    return {**said, **({"children": others} if others else {})}
