"""How to write a connector: a class with a ``name`` and a ``discover()``, and nothing else.

A connector reads one source and says what it found as DataNodes. It never meets the database. What it owes:

- ``name`` signs every claim, so that another source's claims are never closed by this one. Short, lower case, no slash.
- ``discover()`` returns DataNodes: a plain list will do. Better a `Listing`, which also carries the scope (what one run
  covers), errors row by row, coverage, and ``complete``.
- ``complete=True`` only from evidence: the last page was reached, counts agree, nothing failed. What a complete listing
  does not name is gone; a list that merely came back proves nothing.
- One bad row is a `RowError` in ``errors``, never the end of the others. A source that cannot be read at all raises
  `SourceError`: an empty estate and an unreachable one are two things.

>>> class Queues:
...     name = "queues"
...     def discover(self):
...         return [DataNode("review_queue", platform="alerting", inputs=["scores"])]
>>> isinstance(Queues(), SourceConnector)
True
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from graph_ledger.errors import SourceError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError, Stream
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort

__all__ = ["DEFAULT_SCOPE", "DataNode", "DataPort", "Listing", "RowError", "SourceConnector", "SourceError", "Stream"]


@runtime_checkable
class SourceConnector(Protocol):
    """Anything that finds nodes: a name, and a ``discover()`` that returns them.

    >>> isinstance(DataNode("fraud"), SourceConnector)
    False
    """

    name: str
    """Signs every claim."""

    def discover(self) -> Sequence[DataNode]:
        """Read the source once and return the nodes it has now.

        Raises:
            SourceError: The source could not be read to its end.
        """
        ...
