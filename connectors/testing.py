"""A test kit for connectors: ``check_connector(MyConnector(...))`` in a test holds yours to the contract."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.connectors.reading import read_all
from graph_ledger.errors import ValidationError
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.listing import Listing, RowError
from graph_ledger.values.node import DataNode, check_name, check_platform, key_of, normal

VOLATILE = frozenset({"source_updated_at", "created_at", "updated_at", "change_detected", "change_occurred"})
"""Metadata that may differ from one reading to the next; everything else that differs is a change."""


def check_connector(connector: SourceConnector) -> Listing:
    """Read a source twice and hold what comes to the contract of `connectors.base`; return the first reading.

    The source must not change meanwhile, and should hold at least one node: of an empty one little can be checked.

    Raises:
        AssertionError: The contract is broken; the message says where.
    Source: ``docs/connectors/writing.md``.

    >>> class Queues:
    ...     name = "queues"
    ...     def discover(self):
    ...         return [DataNode("review_queue", inputs=["scores"]), DataNode("review_queue")]
    >>> check_connector(Queues())
    Traceback (most recent call last):
    AssertionError: queues lists /review_queue 2 times: list a node once, with all its ports
    """
    _hold(_of_the_connector(connector))
    first, second = read_all(connector), read_all(connector)
    for listing in (first, second):
        _hold(_of_the_nodes(listing, connector.name))
        _hold(_of_the_rest(listing, connector.name))
    _hold(_of_two(first, second, connector.name))
    return first


def _hold(faults: Iterable[str]) -> None:
    for fault in faults:
        raise AssertionError(fault)


def _of_the_connector(connector: Any) -> Iterator[str]:
    name = getattr(connector, "name", None)
    if not isinstance(name, str) or not name.strip():
        yield f"{connector!r} has no name: it signs every claim"
    elif "/" in name:
        yield f"the name {name!r} holds a slash, which divides name and scope"
    elif name != name.lower().strip() or not name.isprintable():
        yield f"the name {name!r} is not in lower case, without blanks around it and with nothing that cannot be printed"
    if not callable(getattr(connector, "discover", None)):
        yield f"{name} has no discover()"


def _of_the_nodes(listing: Listing, name: str) -> Iterator[str]:
    for place, node in enumerate(listing, 1):
        if not isinstance(node, DataNode):
            yield f"{name} lists {node!r} at place {place}, which is no DataNode"
        try:
            check_name(node.name)
            check_platform(node.platform)
            canonical_json(node.metadata)
        except ValidationError as error:
            yield f"{name} lists {node.name!r} at place {place}, which no ledger takes: {error}"
        ports = [{port.identifier for port in side} for side in (node.outputs, node.inputs)]
        for flow in node.columns:
            if flow.output not in ports[0] or flow.input not in ports[1]:
                yield f"{name} tells of a column from {flow.input!r} to {flow.output!r}, which are not both ports of {node.name!r}"
    for key, times in Counter(map(_key, listing)).items():
        if times > 1:
            yield f"{name} lists {key} {times} times: list a node once, with all its ports"


def _of_the_rest(listing: Listing, name: str) -> Iterator[str]:
    if listing.source != name:
        yield f"{name} signs its listing as {listing.source!r}"
    if not isinstance(listing.scope, str) or not listing.scope.strip():
        yield f"{name} has no scope: leave it out, or name what one run covers"
    for error in listing.errors:
        if not isinstance(error, RowError) or not error.where.strip() or not error.reason.strip():
            yield f"{name} has an error that is no RowError with a where and a reason: {error!r}"
    if not isinstance(listing.complete, bool):
        yield f"{name} says neither True nor False of whether its listing is complete, but {listing.complete!r}"
    if listing.complete and listing.errors:
        yield f"{name} calls a listing complete that has errors: {listing.errors[0]!r}"
    try:
        json.dumps(listing.coverage, allow_nan=False)
    except (TypeError, ValueError) as error:
        yield f"the coverage of {name} is not JSON: {error}"


def _of_two(first: Listing, second: Listing, name: str) -> Iterator[str]:
    if first.source_key != second.source_key:
        yield f"{name} reads {second.source_key} after {first.source_key}: the scope is the same each time"
    before, after = ({_key(node): _content(node) for node in listing} for listing in (first, second))
    for key in sorted(before.keys() ^ after.keys()):
        yield f"{name} lists {key} in one of two readings alone"
    for key in sorted(before):
        if before[key] != after[key]:
            yield f"{name} says something else of {key} the second time: {before[key]} and then {after[key]}"


def _key(node: DataNode) -> str:
    return key_of(node.platform, normal(node.name))


def _content(node: DataNode) -> str:
    """Return what tells whether a node changed, as one text; the order of ports is no part of it."""
    stable = {key: value for key, value in node.metadata.items() if key not in VOLATILE}
    ports = [sorted({port.key for port in side}) for side in (node.inputs, node.outputs)]
    return canonical_json([*ports, stable, sorted(canonical_json(flow.model_dump()) for flow in node.columns)])
