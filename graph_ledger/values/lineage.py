"""The answers of the lineage room."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from graph_ledger.values.port import DataPort
from graph_ledger.values.value import Value

Direction = Literal["downstream", "upstream"]


class ImpactNode(Value):
    """One node that a change reaches, with its fields of the moment asked for."""

    key: str
    """`platform/name`."""
    name: str
    """Its name."""
    platform: str
    """Where it runs."""
    depth: int
    """Steps from the start, in nodes; a direct reader is 1."""
    owner: str
    """Who answers for it."""
    tier: str
    """How risky it is."""
    status: str
    """Where it is in its life."""
    model_type: str
    """What kind of thing it is."""


class Impact(Value):
    """What a change of one model reaches, and whether that is all.

    ``complete`` is False exactly when ``depth`` or ``limit`` cut the walk; then ``reason`` says which, and ``frontier``
    holds the keys to go on from.
    """

    model: str
    """Key of the start."""
    direction: Direction = "downstream"
    """Which way was walked."""
    as_of: datetime | None = None
    """What was so at this time; None is now."""
    known_at: datetime | None = None
    """What was known at this time; None is now."""
    nodes: tuple[ImpactNode, ...] = ()
    """Nearest first, ties by name; never the start."""
    composites: tuple[str, ...] = ()
    """Keys of the groups that the nodes and the start were in at that moment."""
    owners: tuple[str, ...] = ()
    """Owners of the nodes at that moment, sorted."""
    notify: tuple[str, ...] = ()
    """Today's owners of those nodes that still exist, sorted."""
    complete: bool = True
    """Whether this is all."""
    reason: Literal["depth", "limit", "not_yet"] | None = None
    """What cut the walk; `not_yet` where the model did not exist at that moment."""
    frontier: tuple[str, ...] = ()
    """Keys to go on from, where the walk was cut."""

    def __len__(self) -> int:
        return len(self.nodes)

    def by_depth(self) -> Iterator[tuple[int, tuple[ImpactNode, ...]]]:
        """Yield each depth with its nodes, nearest first."""
        for depth in sorted({node.depth for node in self.nodes}):
            yield depth, tuple(node for node in self.nodes if node.depth == depth)


class Dependency(Value):
    """One direct neighbour of a model, with the evidence."""

    model: str
    """Key of the neighbour."""
    relationship: str
    """`data_flow`, `member_of`, or the word a person chose."""
    direction: Literal["upstream", "downstream"]
    """On which side of the model asked for it stands."""
    ports: tuple[DataPort, ...] = ()
    """Every port that both share; none where a person declared the dependency."""
    source: tuple[str, ...] = ()
    """Who claims it."""
    since: datetime
    """When all that makes it first held, UTC."""

    def __getitem__(self, name: str) -> Any:
        if name not in type(self).model_fields:
            raise KeyError(name)
        return getattr(self, name)


class PathStep(Value):
    """One hop of a path: a node, the port it writes, who says so and since when, the next node."""

    from_key: str
    """The node that writes."""
    port: str
    """Identifier of the port; empty where a person declared the dependency."""
    relationship: str
    """`data_flow` or the word a person chose."""
    sources: tuple[str, ...]
    """Who claims the two halves."""
    since: datetime
    """When both halves first held, UTC."""
    to_key: str
    """The node that reads."""


class Path(Value):
    """The shortest evidence path between two models; no steps where there is none."""

    start: str
    """Key of the first node."""
    end: str
    """Key of the last node."""
    steps: tuple[PathStep, ...] = ()
    """One a hop, in order; of several shortest paths the first by key."""

    @property
    def exists(self) -> bool:
        """Whether the end can be reached."""
        return bool(self.steps) or self.start == self.end

    @property
    def keys(self) -> tuple[str, ...]:
        """The nodes on the way, both ends included; none where there is no path."""
        return (self.start, *(step.to_key for step in self.steps)) if self.exists else ()
