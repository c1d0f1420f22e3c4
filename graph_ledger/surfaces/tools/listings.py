"""The tools add, take_listing and plan_listing: what a client read on its own machine, taken in as the client's verbs take it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, ValidatorFunctionWrapHandler, WrapValidator

from graph_ledger.errors import SourceError
from graph_ledger.surfaces.tools.discover import Guarded
from graph_ledger.surfaces.tools.tool import Asked, tool
from graph_ledger.values.add_result import AddResult, RunReport
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError, Stream
from graph_ledger.values.node import DataNode
from graph_ledger.values.plan import Plan

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


def _made(given: Any, make: ValidatorFunctionWrapHandler) -> DataNode:
    """Refuse what no node can be made of: a node is made by its own call, which fails in Python's words."""
    try:
        node: DataNode = make(given)
    except TypeError:
        raise ValueError(f"a node is a mapping with a name and, of {', '.join(PARTS)}, those that it has") from None
    return node


PARTS = tuple(name for name in DataNode.model_fields if name != "name")
Node = Annotated[DataNode, WrapValidator(_made)]
NODE = {"name": "shadow_model", "platform": "office", "inputs": ["customer_data"]}


class AddInput(Asked):
    """What one source says of its nodes."""

    nodes: tuple[Node, ...] = Field(fail_fast=True)
    """The nodes: name, platform, inputs, outputs, metadata, columns."""
    source: str | None = Field(default=None, min_length=1)
    """Who says so, such as `jobs/default`. Left out: `client`."""
    observed_at: str | None = None
    """When the source was read. Left out: now."""


@tool({"nodes": [NODE]}, role="writer")
def add(ledger: "Ledger", asked: AddInput) -> AddResult:
    """Take in nodes as one source says they are; unchanged ones move `last_seen` alone, and nothing is concluded from what is missing."""
    return ledger.add(asked.nodes, source=asked.source, observed_at=asked.observed_at)


class ListingInput(Guarded):
    """What one reading of one source gave, and what it says of itself as a whole."""

    source: str = Field(min_length=1, pattern=r"^[^/\x00]*\S[^/\x00]*$")
    """Name of the connector: signs every claim."""
    scope: str = Field(default=DEFAULT_SCOPE, min_length=1)
    """What the listing covers."""
    nodes: tuple[Node, ...] = Field(default=(), fail_fast=True)
    """The nodes: name, platform, inputs, outputs, metadata, columns."""
    complete: bool = False
    """Whether that is all there is, so that what is not named is gone."""
    errors: tuple[RowError, ...] = Field(default=(), fail_fast=True)
    """What could not be read."""
    coverage: dict[str, Any] = {}
    """How much of the source was understood, in the connector's own words."""
    statements: tuple[dict[str, Any], ...] = Field(default=(), fail_fast=True)
    """How well each statement was read, where the source holds SQL."""
    stream: bool = False
    """Whether the nodes came one by one: of two that are one model the first counts, else the last."""
    broken: str | None = None
    """Why the source could not be read to its end. Without `stream` nothing of it could be read."""
    observed_at: str | None = None
    """When the source was read. Left out: now."""


class Read:
    """What was read elsewhere, as the connector that read it there."""

    def __init__(self, asked: ListingInput) -> None:
        self.name, self.scope = asked.source, asked.scope
        self._asked = asked

    def discover(self) -> Iterable[DataNode]:
        """Give what was read.

        Raises:
            SourceError: Nothing of it could be read.
        """
        asked = self._asked
        if asked.stream:
            return Stream(self._one_by_one, source=self.name, scope=self.scope)
        if asked.broken is not None:
            raise SourceError(asked.broken)
        return Listing(
            asked.nodes, source=self.name, scope=self.scope, complete=asked.complete, errors=asked.errors, coverage=asked.coverage,
            statements=asked.statements,
        )  # fmt: skip

    def _one_by_one(self, stream: Stream) -> Iterator[DataNode]:
        asked = self._asked
        yield from asked.nodes
        stream.complete, stream.errors = asked.complete, list(asked.errors)
        stream.coverage, stream.statements = asked.coverage, list(asked.statements)
        if asked.broken is not None:
            raise SourceError(asked.broken)


@tool({"source": "office", "nodes": [NODE]}, role="writer")
def take_listing(ledger: "Ledger", asked: ListingInput) -> RunReport:
    """Take in what a client read of a source, as a run of that source: what a complete listing does not name is gone."""
    return ledger.discover(Read(asked), observed_at=asked.observed_at, **asked.guard)


@tool({"source": "office", "nodes": [NODE]}, role="writer")
def plan_listing(ledger: "Ledger", asked: ListingInput) -> Plan:
    """Say what taking in a listing would do, model by model, without writing anything; `apply` does exactly that."""
    return ledger.plan(Read(asked), observed_at=asked.observed_at, **asked.guard)
