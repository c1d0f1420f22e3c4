"""AddResult: what a load did, and RunReport: what a run of a source did."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from graph_ledger.values.listing import RowError
from graph_ledger.values.value import Value


class AddResult(Value, Mapping[str, Any]):
    """What one ``add`` did; also a mapping, and ``len()`` is the number added.

    >>> dict(AddResult(added=2, skipped=1))["skipped"]
    1
    """

    added: int = 0
    """Nodes that were new or whose content differed from what this source last said."""
    skipped: int = 0
    """Nodes that this source had said the same of; nothing but `last_seen` was written."""
    errors: tuple[RowError, ...] = ()
    """Nodes that were refused, each with its reason; they stopped no other."""

    def __getitem__(self, name: str) -> Any:
        if name not in type(self).model_fields:
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        return iter(type(self).model_fields)

    def __len__(self) -> int:
        return self.added

    def __bool__(self) -> bool:
        return True


Status = Literal["running", "finished", "failed", "stopped", "interrupted"]


class RunReport(Value):
    """What one run of one source did."""

    run_id: str
    """The run's name; the same source read for the same moment is the same run."""
    source: str
    """Connector name and scope."""
    status: Status
    """`running`; `finished`; `failed` or `stopped` by its guard, the reason in errors; or `interrupted`: it never said how it ended."""
    complete: bool
    """Whether the listing was proved complete, so that what it did not name is gone."""
    observed_at: datetime
    """When the source was read, UTC."""
    added: int = 0
    """Nodes seen for the first time by this source."""
    changed: int = 0
    """Nodes whose content differs from what this source last said."""
    skipped: int = 0
    """Nodes that this source had said the same of."""
    gone: int = 0
    """Nodes that this source no longer lists."""
    errors: tuple[RowError, ...] = ()
    """What could not be read or was refused."""
    coverage: dict[str, Any] = {}
    """How much of the source was understood, in the connector's own words."""
    holder: str = ""
    """Who ran it: user, machine and process."""
    started_at: datetime
    """When the run began, UTC."""
    finished_at: datetime | None = None
    """When it ended, UTC; None as long as it runs, or where it was interrupted."""

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return None if self.finished_at is None else (self.finished_at - self.started_at).total_seconds()
