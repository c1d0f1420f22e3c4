"""Lineage events: what OpenLineage's clients send is kept, and its job is in the graph when they are answered."""

from contextlib import nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from graph_ledger.connectors.openlineage_reading import Folding, Inbox, Tail, check_event
from graph_ledger.errors import ValidationError
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
            ValidationError: It is no event.
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
            _add(ledger, caller, nodes)
            self._behind.clear()
        return [key_of(node.platform, node.name) for node in nodes if node.name in touched]


def _add(ledger: Ledger, caller: Caller, nodes: list[DataNode]) -> None:
    with nullcontext() if caller.name is None else signed(caller.name):
        done = ledger.add(nodes, source=SOURCE)
    for error in done.errors:
        raise ValidationError(error.reason)
