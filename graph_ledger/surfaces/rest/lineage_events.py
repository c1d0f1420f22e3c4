"""Lineage events: what OpenLineage's clients send is kept, and its job is in the graph when they are answered."""

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
STRIPES = 64


class LineageEvents:
    """Keeps events, and folds those of a job into one node.

    Several services may share one inbox: each reads what the others have put there before it says what a job is.
    """

    def __init__(self, folder: Path) -> None:
        self._inbox, self._tail = Inbox(folder), Tail(folder)
        self._folding = Folding(platform=CONNECTOR, qualified=False)
        self._reading = Lock()
        self._of_job = [Lock() for _ in range(STRIPES)]
        self._catch_up()  # what came before is read once, before the first question

    def take(self, ledger: Ledger, caller: Caller, event: Any) -> str | None:
        """Keep an event and bring its job into the graph; return the key of the job.

        Raises:
            ValidationError: It is no event.
            NotAllowedError: The caller may not write.
        """
        caller.check("writer")
        check_event(event)
        self._inbox.keep(event)
        job = event.get("job")
        if job is None:  # an event on a dataset alone: what it says is told with the next event of the job that writes it
            return None
        with self._of_job[hash((job["namespace"], job["name"])) % STRIPES]:
            node = self._now(event)
            return None if node is None else _added(ledger, caller, node)

    def _now(self, event: Any) -> DataNode | None:
        """Return what the job of an event is, by all events that have come."""
        with self._reading:
            self._catch_up()
            return self._folding.node_of(event)

    def _catch_up(self) -> None:
        for each in self._tail.events():
            self._folding.take(each, "event")
        self._folding.errors.clear()  # none of those that are kept here; of files that others have put there the connector tells


def _added(ledger: Ledger, caller: Caller, node: DataNode) -> str:
    if caller.name is None:
        done = ledger.add([node], source=SOURCE)
    else:
        with signed(caller.name):
            done = ledger.add([node], source=SOURCE)
    for error in done.errors:
        raise ValidationError(error.reason)
    return key_of(node.platform, node.name)
