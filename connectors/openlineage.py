"""Events of OpenLineage, in a file or a folder of them."""

import os
from collections.abc import Iterator
from pathlib import Path

from graph_ledger.connectors.folders import files_below
from graph_ledger.connectors.openlineage_reading.files import Placed, events_in
from graph_ledger.connectors.openlineage_reading.nodes import Folding
from graph_ledger.connectors.paths import shown
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import check_platform

SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".log"})


class OpenLineageConnector:
    """Made by `openlineage_connector`, which says what each part is."""

    def __init__(self, path: Path, *, name: str, scope: str, platform: str, qualified: bool, complete: bool) -> None:
        self.path, self.name, self.scope, self.platform = path, name, scope, check_platform(platform)
        self.qualified, self.complete = qualified, complete
        self.errors: list[RowError] = []
        """What the last reading could not use."""

    def discover(self) -> Listing:
        """Read every event there is; the listing is complete when that was asked for and nothing was an error.

        Raises:
            SourceError: The one file, or the folder itself, could not be read.
        """
        folding = Folding(platform=self.platform, qualified=self.qualified)
        self.errors = folding.errors
        for where, event in self._events():
            folding.take(event, where)
        found = folding.found()
        complete = self.complete and not self.errors
        return Listing(
            found.nodes, source=self.name, scope=self.scope, complete=complete, errors=found.errors, coverage=found.coverage
        )  # fmt: skip

    def _events(self) -> Iterator[Placed]:
        if not self.path.is_dir():
            yield from events_in(self.path, shown(self.path.name), self.errors)
            return
        paths, errors = files_below(self.path, SUFFIXES)
        self.errors.extend(errors)
        for path in paths:
            where = shown(path.relative_to(self.path).as_posix())
            try:
                yield from events_in(path, where, self.errors)
            except SourceError as error:
                self.errors.append(RowError(where=where, reason=str(error)))


def openlineage_connector(
    path: str | os.PathLike[str],
    *,
    name: str = "openlineage",
    scope: str = DEFAULT_SCOPE,
    platform: str = "openlineage",
    qualified: bool = False,
    complete: bool = False,
) -> OpenLineageConnector:
    """Make a connector of the events that OpenLineage's clients write: one node a job, named ``namespace/name``.

    Args:
        path: A file, or a folder of ``.json``, ``.jsonl``, ``.ndjson`` and ``.log`` files: an event a line, a list, or one event.
        name: Signs every claim.
        scope: What one run covers.
        platform: The platform of the nodes, and part of their identity.
        qualified: Put the namespace in front of every dataset's name, not of paths and topics alone.
        complete: Say that these events are of every job there is, so that a job they do not name is gone. Events are no
            inventory, so nothing is gone without it.

    Raises:
        ValidationError: There is no such file or folder.
    Source: ``docs/connectors/openlineage.md``.

    >>> [node.name for node in openlineage_connector("events.jsonl").discover()]
    ['etl/daily_orders']
    """
    place = Path(path)
    if not place.exists():
        raise ValidationError(f"there is no file or folder {shown(str(place))!r}")
    return OpenLineageConnector(place, name=name, scope=scope, platform=platform, qualified=qualified, complete=complete)
