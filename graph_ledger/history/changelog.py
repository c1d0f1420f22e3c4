"""Changelog: what happened in the whole ledger, page by page."""

import base64
import binascii
import json
from typing import Any

from graph_ledger.database.database import Database
from graph_ledger.errors import ValidationError
from graph_ledger.history.read import BEGINNING, as_filter
from graph_ledger.history.snapshots import of_columns
from graph_ledger.values.bound import check_bound
from graph_ledger.values.changelog import Changelog
from graph_ledger.values.moment import LATEST, When, microseconds, point_in_time
from graph_ledger.values.port import folded
from graph_ledger.values.snapshot import Snapshot

LARGEST = 10_000


def changelog(
    database: Database,
    *,
    since: When | None = None,
    until: When | None = None,
    model_hash: str | None = None,
    event_type: str | None = None,
    actor: str | None = None,
    platform: str | None = None,
    limit: int = 100,
    cursor: str | None = None,
) -> Changelog:
    """Return one page of events, newest first; of one time by key of the model, the newer event of a model first.

    Raises:
        ValidationError: ``limit`` is not from 1 to 10,000, or ``cursor`` is none that a page gave.
    Cost: one scan of the events; with a model named, of its events alone.
    """
    if check_bound(limit, "limit", least=1) > LARGEST:
        raise ValidationError(f"a page has at most {LARGEST:,} events, not {limit:,}: go on with next_cursor")
    first = None if since is None else point_in_time(since, bound="start", name="since")
    last = None if until is None else point_in_time(until, name="until")
    row = database.read(
        "history/changelog", since=first or BEGINNING, until=last or LATEST, model=model_hash,
        event_type=as_filter("event_type", event_type), actor=as_filter("actor", actor),
        platform=None if platform is None else folded(platform), after=None if cursor is None else _place(cursor), most=limit + 1,
    )  # fmt: skip
    found = [of_columns(columns, key) for columns, key in zip(row["events"], row["keys"], strict=True)]
    page = tuple(found[:limit])
    following = _cursor(page[-1]) if len(found) > limit else None
    return Changelog(events=page, total=row["total"], next_cursor=following, since=first, until=last)


def _cursor(event: Snapshot) -> str:
    place = [microseconds(event.timestamp), event.model, event.sequence]
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def _place(cursor: str) -> list[Any]:
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        place = None
    if not isinstance(place, list) or [type(each) for each in place] != [int, str, int] or abs(place[0]) >= 2**63 or abs(place[2]) >= 2**63:
        raise ValidationError(f"{cursor!r} is no cursor: hand in the next_cursor of the page before, as it is")
    return place
