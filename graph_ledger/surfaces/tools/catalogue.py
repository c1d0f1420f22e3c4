"""Every tool there is, by name."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.surfaces.tools import (
    assessment,
    changelog,
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
    sources,
    tags,
    trace,
)
from graph_ledger.surfaces.tools.tool import Tool

ROOMS = (
    record, query, investigate, trace, changelog, discover, tags, identity, events, lineage, groups, assessment, sources, proof,
    listings,
)  # fmt: skip
TOOLS: Mapping[str, Tool[Any, Any]] = {each.name: each for room in ROOMS for each in vars(room).values() if isinstance(each, Tool)}
"""By name; the documented ones first."""
