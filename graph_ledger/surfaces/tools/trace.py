"""The tool trace: what feeds a model, and what it feeds, step by step."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field
from typing_extensions import Self

from graph_ledger.surfaces.tools.tool import Dated, tool
from graph_ledger.values.lineage import Direction, Impact, ImpactNode
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

Relationship = Literal["depends_on", "feeds_into"]


class TraceInput(Dated):
    """Of which model, and how far."""

    name: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    direction: Literal["both", "upstream", "downstream"] = "both"
    """`upstream`: what it is made from; `downstream`: what depends on it."""
    depth: int | None = Field(default=None, ge=1, le=2**31)
    """Farthest step; 1 is a direct neighbour. Left out: all the way."""
    limit: int | None = Field(default=None, ge=1, le=2**31)
    """Most nodes in each direction, the nearest kept. Left out: all of them."""


class TraceNode(Value):
    """One node that was reached."""

    name: str
    """Its name."""
    platform: str
    """Where it runs."""
    depth: int
    """Steps from the model, in nodes; a direct neighbour is 1."""
    relationship: Relationship
    """`depends_on` in nodes and upstream, `feeds_into` in downstream."""
    key: str
    """`platform/name`."""
    owner: str
    """Who answers for it."""
    tier: str
    """How risky it is."""
    status: str
    """Where it is in its life."""
    model_type: str
    """What kind of thing it is."""

    @classmethod
    def of_nodes(cls, nodes: Iterable[ImpactNode], relationship: Relationship) -> Iterator[Self]:
        """Yield what an impact reached, without a second validation: it may be ten thousand, and each stands here twice."""
        given = set(cls.model_fields)
        for node in nodes:
            made = cls.__new__(cls)
            object.__setattr__(made, "__dict__", {**node.__dict__, "relationship": relationship})
            object.__setattr__(made, "__pydantic_fields_set__", given)
            object.__setattr__(made, "__pydantic_extra__", None)
            object.__setattr__(made, "__pydantic_private__", None)
            yield made


class TraceOutput(Value):
    """What was reached, nearest first."""

    root: str
    """Name of the model, as it was asked for."""
    key: str
    """Its key."""
    nodes: tuple[TraceNode, ...]
    """Everything that was reached, whichever way; what is reached both ways stands here once."""
    upstream: tuple[TraceNode, ...]
    """What it is made from."""
    downstream: tuple[TraceNode, ...]
    """What depends on it."""
    total_nodes: int
    """How many nodes were reached, the model itself among them."""
    complete: bool
    """Whether that is all."""
    reason: Literal["depth", "limit", "not_yet"] | None
    """What cut the walk; `not_yet` where the model did not exist at that moment."""
    frontier: tuple[str, ...]
    """Keys to go on from, where the walk was cut."""


@tool({"name": "customer_features", "direction": "downstream"}, subject="name", documented=True)
def trace(ledger: "Ledger", asked: TraceInput) -> TraceOutput:
    """Walk the dependency graph from a model: upstream, downstream, or both; say how far each node is and whether that is all."""
    up = _walk(ledger, asked, "upstream")
    down = _walk(ledger, asked, "downstream")
    found = [each for each in (up, down) if each is not None]
    upstream, downstream = _nodes(up, "depends_on"), _nodes(down, "feeds_into")
    nodes = {node.key: node for node in (*_nodes(down, "depends_on"), *upstream)}
    return TraceOutput(
        root=asked.name,
        key=found[0].model,
        nodes=tuple(sorted(nodes.values(), key=lambda node: node.depth)) if up and down else tuple(nodes.values()),
        upstream=upstream,
        downstream=downstream,
        total_nodes=len(nodes) + 1 if found[0].reason != "not_yet" else 0,
        complete=all(each.complete for each in found),
        reason=next((each.reason for each in found if each.reason), None),
        frontier=tuple(dict.fromkeys(key for each in found for key in each.frontier)),
    )


def _walk(ledger: "Ledger", asked: TraceInput, direction: Direction) -> Impact | None:
    if asked.direction not in {direction, "both"}:
        return None
    return ledger.impact(asked.name, direction=direction, depth=asked.depth, limit=asked.limit, **asked.moment)


def _nodes(found: Impact | None, relationship: Relationship) -> tuple[TraceNode, ...]:
    return () if found is None else tuple(TraceNode.of_nodes(found.nodes, relationship))
