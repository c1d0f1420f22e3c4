"""Lineage events: what OpenLineage's clients send is kept, and its job is in the graph when they are answered."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from graph_ledger.connectors.openlineage_reading import Folding, Inbox, Tail, check_event
from graph_ledger.connectors.openlineage_reading.events import event_of
from graph_ledger.discovery.content import content_of
from graph_ledger.errors import BatchTooLargeError, GraphLedgerError, ValidationError
from graph_ledger.history.signature import signed
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.tools.caller import Caller
from graph_ledger.values.listing import DEFAULT_SCOPE
from graph_ledger.values.node import DataNode, key_of

CONNECTOR = "openlineage"
SOURCE = f"{CONNECTOR}/{DEFAULT_SCOPE}"
"""What the connector calls itself: a scheduled reading of the inbox finds nothing new."""


class LineageEvents:
    """Keeps events, and folds those of a job into one node.

    Several services may share one inbox: each reads what the others have put there before it says what a job is.
    """

    def __init__(self, folder: Path) -> None:
        self._inbox, self._tail = Inbox(folder), Tail(folder)
        self._folding = Folding(platform=CONNECTOR, qualified=False)
        self._taking = Lock()
        self._behind: set[str] = set()
        for each in self._tail.events():  # what came before is read once, before the first question
            self._folding.take(each, "event")

    def take(self, ledger: Ledger, caller: Caller, event: Any) -> list[str]:
        """Keep an event and bring its job into the graph; return the keys of the jobs on which it told something.

        Raises:
            ValidationError: It is no event, or its job is one that the graph refuses.
            NotAllowedError: The caller may not write.
            DatabaseError: The event is kept, and its job comes into the graph with the next one.
        """
        caller.check("writer")
        check_event(event)
        self._inbox.keep(event)
        with self._taking:
            for each in self._tail.events():
                self._folding.take(each, "event")
            self._folding.errors.clear()  # none of what is kept here; of files that others have put there the connector tells
            touched = self._folding.touched(event)
            self._behind |= touched
            nodes = self._folding.nodes(self._behind)
            refused = _add(ledger, caller, nodes)
            self._behind.clear()  # what was refused would be refused again: it comes back with an event that tells something else
        for name in _own(event) & refused.keys():
            raise ValidationError(refused[name])
        return [key_of(node.platform, node.name) for node in nodes if node.name in touched - refused.keys()]


def _own(event: Any) -> set[str]:
    job = event_of(event).job
    return set() if job is None else {"/".join(job)}


def _add(ledger: Ledger, caller: Caller, nodes: Sequence[DataNode]) -> dict[str, str]:
    """Bring jobs into the graph; return the names of those that it refuses for good, each with the reason."""
    refused = {node.name: reason for node in nodes if (reason := _refusal(node))}
    good = [node for node in nodes if node.name not in refused]
    try:
        with nullcontext() if caller.name is None else signed(caller.name):
            ledger.add(good, source=SOURCE)
    except BatchTooLargeError as error:
        if len(good) == 1:
            return {**refused, good[0].name: str(error)}
        for node in good:  # one of them is too large, and nobody says which
            refused |= _add(ledger, caller, [node])
    return refused


def _refusal(node: DataNode) -> str | None:
    try:
        content_of(node, 0, "")
    except GraphLedgerError as error:
        return str(error)
    return None
