"""Several connectors read as one source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.connectors.merging import merged
from graph_ledger.connectors.reading import read_all
from graph_ledger.connectors.registry import make_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode

Member = SourceConnector | Mapping[str, Any]
"""A connector, or what a configuration says of one: its ``type`` and its options."""


class CompositeConnector:
    """Made by `composite_connector`, which says what each part is."""

    def __init__(self, name: str, members: Sequence[SourceConnector], scope: str) -> None:
        self.name, self.scope, self.members = name, scope, tuple(members)
        self.errors: list[RowError] = []
        """What the last reading could not read, each with the member it is of."""

    def discover(self) -> Listing:
        """Read every member once; the listing is complete when each of theirs is.

        Raises:
            SourceError: No member could be read.
        """
        self.errors = []
        read = [(member, found) for member in self.members if (found := self._read(member)) is not None]
        if not read:
            raise SourceError(f"{self.name}: none of its sources could be read: {self.errors[0].where}: {self.errors[0].reason}")
        nodes = merged(node for member, found in read for node in self._nodes(member, found))
        return Listing(
            nodes,
            source=self.name,
            scope=self.scope,
            complete=not self.errors and all(found.complete for _, found in read),
            errors=self.errors,
            coverage={member.name: found.coverage for member, found in read},
            statements=[statement for _, found in read for statement in found.statements],
        )

    def _nodes(self, member: SourceConnector, found: Listing) -> Iterator[DataNode]:
        for place, node in enumerate(found, 1):
            if isinstance(node, DataNode):
                yield node
            else:
                self.errors.append(RowError(where=f"{member.name}: node {place}", reason=f"a node is a DataNode, not {str(node)[:40]!r}"))

    def _read(self, member: SourceConnector) -> Listing | None:
        try:
            listing = read_all(member)
        except Exception as error:  # noqa: BLE001  # a member of a user's own; the others go on
            self.errors.append(RowError(where=member.name, reason=str(error) or type(error).__name__))
            return None
        self.errors.extend(RowError(where=f"{member.name}: {each.where}", reason=each.reason) for each in listing.errors)
        return listing


def composite_connector(name: str, connectors: Iterable[Member], *, scope: str = DEFAULT_SCOPE) -> CompositeConnector:
    """Read several connectors as one source.

    A node that several list is one node with the ports of all; of metadata that two state differently the earlier one's
    counts. What one member cannot read is an error, and the others land.

    Args:
        name: Signs every claim.
        connectors: The members, the surest first; a mapping is made a connector by its ``type``.
        scope: What one run covers.

    Raises:
        ValidationError: There is no member, two have one name, or one is no connector.
    Source: ``docs/connectors/types.md``, composite.

    >>> both = composite_connector("estate", [{"type": "files", "path": "nodes.yaml"}, {"type": "noop"}])
    >>> both.discover()
    <Listing of 2 nodes by estate/default>
    """
    if isinstance(connectors, (str, Mapping)) or not isinstance(connectors, Iterable):
        raise ValidationError(
            f"the connectors of {name!r} are a list, not {connectors if isinstance(connectors, str) else type(connectors).__name__!r}"
        )
    members = [_member(each, name) for each in connectors]
    if not members:
        raise ValidationError(f"{name!r} has no connectors to read")
    names = [member.name for member in members]
    twice = next((each for place, each in enumerate(names) if each in names[:place]), None)
    if twice is not None:
        raise ValidationError(f"two connectors of {name!r} are named {twice!r}: give one another name")
    return CompositeConnector(name, members, scope)


def _member(given: Any, composite: str) -> SourceConnector:
    if isinstance(given, Mapping):
        if "type" not in given:
            # Its keys alone: one of them may hold a token.
            raise ValidationError(f'a connector of {composite!r} needs a "type", and has {", ".join(map(str, given)) or "nothing"}')
        options = {str(key): value for key, value in given.items() if key != "type"}
        return make_connector(given["type"], **options)
    if not isinstance(given, SourceConnector):
        raise ValidationError(f"a connector has a name and a discover(), not {given!r}")
    return given
