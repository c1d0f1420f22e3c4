"""The tool changelog: what happened in the whole ledger."""

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.errors import OverBudgetError
from graph_ledger.surfaces.tools.tool import Asked, tool
from graph_ledger.values.changelog import Changelog
from graph_ledger.values.moment import point_in_time
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

DAYS = 7
LARGEST = 1_000
FARTHEST = 10_000
"""Most events that an offset passes over; a cursor goes on from anywhere."""


class ChangelogInput(Asked):
    """Which events."""

    since: str | None = None
    """From when on; a date is its beginning. Neither bound: the last seven days."""
    until: str | None = None
    """Until when; a date is its end."""
    model_name: str | None = None
    """Only of this model."""
    event_type: str | None = None
    """Only of this type, such as `validated`."""
    actor: str | None = None
    """Only by this actor."""
    platform: str | None = None
    """Only of models on this platform."""
    limit: int = Field(default=100, ge=1, le=LARGEST)
    """How many on a page."""
    offset: int = Field(default=0, ge=0, le=FARTHEST)
    """How many to pass over. Better: `cursor`, which later events do not shift."""
    cursor: str | None = None
    """The `next_cursor` of the page before."""


class EventDetail(Value):
    """One event."""

    event_type: str
    """What happened."""
    timestamp: datetime
    """When it was so, UTC."""
    actor: str
    """Who did it."""
    summary: str
    """What it says, on a line."""
    model_name: str
    """Name of the model."""
    payload: dict[str, Any]
    """What else was said."""
    model: str
    """Key of the model."""
    snapshot_hash: str
    """The event's own name, to look it up or prove it by."""
    snapshot: Snapshot
    """The event as it stands in the chain."""


class ChangelogOutput(Value):
    """One page of events, newest first."""

    total: int
    """How many events fit, on all pages."""
    events: tuple[EventDetail, ...]
    """Those of this page."""
    has_more: bool
    """Whether some stand behind this page."""
    period: str
    """Which stretch of time was looked at, in words."""
    since: datetime | None
    """From when on, UTC."""
    until: datetime | None
    """Until when, UTC."""
    next_cursor: str | None
    """What to hand in for the next page; null on the last one."""


@tool({"since": "2024-01-01", "event_type": "retrained", "limit": 3}, documented=True)
def changelog(ledger: "Ledger", asked: ChangelogInput) -> ChangelogOutput:
    """Say what changed across the whole inventory in a stretch of time, newest first; by default in the last seven days."""
    if asked.offset + asked.limit > FARTHEST:
        raise OverBudgetError("rows", FARTHEST, asked.offset + asked.limit)
    since: Any = asked.since
    last_days = asked.since is None and asked.until is None
    if last_days:
        since = datetime.now(timezone.utc) - timedelta(days=DAYS)
    filters = {"event_type": asked.event_type, "actor": asked.actor, "platform": asked.platform}
    page = ledger.changelog(
        since=since, until=asked.until, model=asked.model_name, limit=asked.offset + asked.limit, cursor=asked.cursor,
        **{name: value for name, value in filters.items() if value is not None},
    )  # fmt: skip
    return ChangelogOutput(
        total=page.total, events=tuple(map(detail, page.events[asked.offset :])), has_more=page.next_cursor is not None,
        period=f"last {DAYS} days" if last_days else _period(page), since=page.since, until=page.until, next_cursor=page.next_cursor,
    )  # fmt: skip


def detail(event: Snapshot) -> EventDetail:
    """Return an event with a line about it."""
    key = event.model or ""
    return EventDetail(
        event_type=event.event_type, timestamp=event.timestamp, actor=event.actor, summary=summary(event), payload=event.payload,
        model_name=key.partition("/")[2], model=key, snapshot_hash=event.snapshot_hash, snapshot=event,
    )  # fmt: skip


def summary(event: Snapshot) -> str:
    """Say on one line what an event is about.

    >>> summary(Snapshot(model_hash="0" * 32, event_type="validated", actor="mrm", payload={"result": "pass"}))
    'validated by mrm: result pass'
    """
    said = event.payload.get("summary")
    if not isinstance(said, str):
        plain = {name: value for name, value in event.payload.items() if isinstance(value, (str, int, float)) and not name.startswith("_")}
        said = ", ".join(f"{name} {value}" for name, value in list(plain.items())[:3])
    return f"{event.event_type} by {event.actor}{f': {said}' if said else ''}"


def _period(page: Changelog) -> str:
    if page.since is None and page.until is None:
        return "all time"
    first = "the beginning" if page.since is None else page.since.date().isoformat()
    last = point_in_time(datetime.now(timezone.utc)) if page.until is None else page.until
    return f"{first} to {last.date().isoformat()}"
