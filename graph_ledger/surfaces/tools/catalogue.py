"""Every tool there is, by name."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.surfaces.tools import (
    assessment,
    changelog,
    contracts,
    contracts_more,
    discover,
    events,
    groups,
    identity,
    investigate,
    lineage,
    listings,
    proof,
    query,
    record,
    registry,
    registry_more,
    sources,
    tags,
    trace,
)
from graph_ledger.surfaces.tools.tool import Tool

ROOMS = (
    record, query, investigate, trace, changelog, discover, tags, identity, events, lineage, groups, assessment, sources, proof,
    listings, contracts, registry,
)  # fmt: skip
TOOLS: dict[str, Tool[Any, Any]] = {each.name: each for room in ROOMS for each in vars(room).values() if isinstance(each, Tool)}
"""By name; the documented ones first."""
ON_A_SERVICE = (contracts_more, registry_more)
SERVED: Mapping[str, Tool[Any, Any]] = TOOLS | {
    each.name: each for room in ON_A_SERVICE for each in vars(room).values() if isinstance(each, Tool)
}
"""What a service answers: those of agents, and what only programs ask for."""
