"""The tools about lineage: what depends on what."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from graph_ledger.surfaces.tools.tool import Dated, Told, tool
from graph_ledger.values.lineage import Dependency, Direction, Impact, Path
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


class ModelInput(Dated):
    """Of which model."""

    model: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""


class ImpactInput(ModelInput):
    """Of which model, and how far."""

    column: str | None = Field(default=None, min_length=1)
    """A column of what the model writes. Left out: the model as a whole."""
    direction: Direction = "downstream"
    """`downstream`: what reads it; `upstream`: what it reads."""
    depth: int | None = Field(default=None, ge=1, le=2**31)
    """Farthest step; 1 is a direct reader. Left out: all the way."""
    limit: int | None = Field(default=None, ge=1, le=2**31)
    """Most nodes, the nearest kept. Left out: all of them."""
    edges: bool = False
    """Whether the answer also tells what feeds what in it."""


@tool({"model": "customer_features"}, subject="model")
def impact(ledger: "Ledger", asked: ImpactInput) -> Impact:
    """List what breaks when a model changes, whom to notify, and whether that is all."""
    return ledger.impact(
        asked.model, column=asked.column, direction=asked.direction, depth=asked.depth, limit=asked.limit, edges=asked.edges, **asked.moment
    )


class PathInput(Dated):
    """From where to where."""

    start: str = Field(min_length=1)
    """The model above: its key `platform/name`, a bare name that one model has, or its hash."""
    end: str = Field(min_length=1)
    """The model below, likewise."""
    column: str | None = Field(default=None, min_length=1)
    """A column of what the model above writes, followed on its surest way."""


@tool({"start": "customer_features", "end": "alert_engine"})
def path(ledger: "Ledger", asked: PathInput) -> Path:
    """Show the shortest way from one model down to another, with who says so and since when: node, port, node."""
    return ledger.path(asked.start, asked.end, column=asked.column, **asked.moment)


class UpstreamInput(ModelInput):
    """Of which model."""

    include_model: bool = False
    """Whether the model itself stands at the end, as the last of a trace."""


class Names(Value):
    """Names of models, in order."""

    names: tuple[str, ...]
    """Their names."""


@tool({"model": "alert_engine"}, subject="model")
def upstream(ledger: "Ledger", asked: UpstreamInput) -> Names:
    """List the names of everything that feeds a model, sources first: an order in which all of it could be built."""
    verb = ledger.trace if asked.include_model else ledger.upstream
    return Names.model_construct(names=tuple(verb(asked.model, **asked.moment)))


@tool({"model": "customer_features"}, subject="model")
def downstream(ledger: "Ledger", asked: ModelInput) -> Names:
    """List the names of everything that a model feeds, nearest first."""
    return Names.model_construct(names=tuple(ledger.downstream(asked.model, **asked.moment)))


class DependenciesInput(ModelInput):
    """Of which model, on which side."""

    direction: Literal["both", "upstream", "downstream"] = "both"
    """On which side."""


class Dependencies(Value):
    """The direct neighbours of a model."""

    dependencies: tuple[Dependency, ...]
    """Upstream first; memberships are rows too."""


@tool({"model": "fraud_scoring", "direction": "upstream"}, subject="model")
def dependencies(ledger: "Ledger", asked: DependenciesInput) -> Dependencies:
    """List the direct neighbours of a model, each with all the ports that both share, who says so and since when."""
    return Dependencies(dependencies=tuple(ledger.dependencies(asked.model, asked.direction, **asked.moment)))


class LinkInput(Told):
    """Which dependency."""

    upstream: str = Field(min_length=1)
    """The model that is depended on."""
    downstream: str = Field(min_length=1)
    """The model that depends on it."""
    relationship: str = Field(default="depends_on", min_length=1)
    """The word for it."""
    metadata: dict[str, Any] = {}
    """Whatever else is to be said of it, as JSON."""


class LinkOutput(Value):
    """The events of both ends."""

    upstream: Snapshot
    """The upstream model's."""
    downstream: Snapshot
    """The downstream model's."""


@tool({"upstream": "customer_features", "downstream": "pricing_rules", "actor": "mrm-team"}, role="writer")
def link_dependency(ledger: "Ledger", asked: LinkInput) -> LinkOutput:
    """Declare that one model depends on another, where no data flows that a connector could see."""
    up, down = ledger.link_dependency(
        asked.upstream, asked.downstream, relationship=asked.relationship, actor=asked.actor, metadata=asked.metadata,
        timestamp=asked.timestamp,
    )  # fmt: skip
    return LinkOutput(upstream=up, downstream=down)


class UnlinkInput(Told):
    """Which dependency."""

    upstream: str = Field(min_length=1)
    """The model that was depended on."""
    downstream: str = Field(min_length=1)
    """The model that depended on it."""
    relationship: str | None = Field(default=None, min_length=1)
    """The word for it. Left out: every declaration between the two."""
    reason: str | None = None
    """Why."""


@tool({"upstream": "customer_features", "downstream": "pricing_rules", "actor": "mrm-team"}, role="writer")
def unlink_dependency(ledger: "Ledger", asked: UnlinkInput) -> LinkOutput:
    """Take back declared dependencies, whoever declared them; what data shows stays."""
    up, down = ledger.unlink_dependency(
        asked.upstream, asked.downstream, relationship=asked.relationship, actor=asked.actor, reason=asked.reason, timestamp=asked.timestamp
    )
    return LinkOutput(upstream=up, downstream=down)
