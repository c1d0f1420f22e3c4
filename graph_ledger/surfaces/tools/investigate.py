"""The tool investigate: one model's whole card."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from graph_ledger.surfaces.tools.changelog import EventDetail, detail
from graph_ledger.surfaces.tools.tool import Dated, tool
from graph_ledger.values.composite import OpenObservation
from graph_ledger.values.investigation import Investigation, Validation
from graph_ledger.values.lineage import Dependency
from graph_ledger.values.model import ModelRef
from graph_ledger.values.port import DataPort
from graph_ledger.values.snapshot import Tag
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


class InvestigateInput(Dated):
    """Of which model, and how much."""

    model_name: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    detail: Literal["summary", "full"] = "summary"
    """`summary`: the ten newest events; `full`: all of them."""


class DependencyNode(Value):
    """One direct neighbour."""

    name: str
    """Its name."""
    platform: str
    """Where it runs."""
    depth: int = 1
    """Always 1: a direct neighbour."""
    relationship: str
    """`data_flow`, `member_of`, or the word a person chose."""
    key: str
    """`platform/name`."""


class InvestigateOutput(Value):
    """What the ledger knows of one model; every field is of the moment asked for."""

    name: str
    """Its name."""
    key: str
    """`platform/name`."""
    platform: str
    """Where it runs."""
    owner: str
    """Who answers for it."""
    model_type: str
    """What kind of thing it is."""
    tier: str
    """How risky it is."""
    purpose: str
    """What it is for."""
    status: str
    """Where it is in its life."""
    present: bool
    """False once no source that listed it sees it any more."""
    created_at: datetime
    """When it first was, UTC."""
    metadata: dict[str, Any]
    """Its metadata, over which the payloads of its own events are laid, the newest last."""
    recent_events: tuple[EventDetail, ...]
    """What happened to it, newest first."""
    days_since_last_event: int | None
    """Whole days since the newest of them."""
    total_events: int
    """How many events it has."""
    sealed_to: int
    """The newest of its events that a seal closes, by its sequence; 0: none is sealed yet."""
    upstream: tuple[DependencyNode, ...]
    """What it reads directly, and its members where it is a group."""
    downstream: tuple[DependencyNode, ...]
    """What reads it directly, and the groups that it is in."""
    groups: tuple[str, ...]
    """Names of the groups that it is in."""
    members: tuple[str, ...]
    """Names of its members, where it is a group."""
    validations: tuple[Validation, ...]
    """Every validation, newest first; `since_last_change` says whether it still holds."""
    last_validated: datetime | None
    """When it was last validated, whatever came out."""
    open_observation_count: int
    """How many findings are open against it."""
    open_observations: tuple[OpenObservation, ...]
    """Those findings."""
    tags: tuple[Tag, ...]
    """Names that point at its events."""
    inputs: tuple[DataPort, ...]
    """What it reads, whoever writes that."""
    outputs: tuple[DataPort, ...]
    """What it writes, whoever reads that."""
    dependencies: tuple[Dependency, ...]
    """Its direct neighbours, with the evidence: ports, who says so, since when."""
    model: ModelRef
    """Everything that identifies it."""


@tool({"model_name": "fraud_scoring"}, subject="model_name", documented=True)
def investigate(ledger: "Ledger", asked: InvestigateInput) -> InvestigateOutput:
    """Deep-dive into one model: identity, recent events, what it depends on and feeds, groups, validations, open findings, tags."""
    return of(ledger.investigate(asked.model_name, detail=asked.detail, **asked.moment))


def of(found: Investigation) -> InvestigateOutput:
    """Lay a card out flat, as agents know it."""
    model = found.model
    return InvestigateOutput(
        name=model.name, key=model.key, platform=model.platform, owner=model.owner, model_type=model.model_type, tier=model.tier,
        purpose=model.purpose, status=model.status, present=model.present, created_at=model.created_at, metadata=found.known,
        recent_events=tuple(map(detail, found.events)), days_since_last_event=found.days_since_last_event, total_events=found.total_events,
        sealed_to=found.sealed_to,
        upstream=_neighbours(found, "upstream"), downstream=_neighbours(found, "downstream"),
        groups=tuple(group.name for group in found.groups), members=tuple(member.name for member in found.members),
        validations=found.validations, last_validated=found.last_validated, open_observation_count=len(found.open_observations),
        open_observations=found.open_observations, tags=found.tags, inputs=found.inputs, outputs=found.outputs,
        dependencies=found.dependencies, model=model,
    )  # fmt: skip


def _neighbours(found: Investigation, direction: str) -> tuple[DependencyNode, ...]:
    sides = [each for each in found.dependencies if each.direction == direction]
    return tuple(
        DependencyNode(name=name, platform=platform, relationship=each.relationship, key=each.model)
        for each in sides
        for platform, _, name in [each.model.partition("/")]
    )
