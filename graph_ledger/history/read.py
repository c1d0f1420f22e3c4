"""History: what happened to a model, newest first."""

from typing import Any, Literal

from graph_ledger.database.database import Database
from graph_ledger.errors import ValidationError
from graph_ledger.history.event_types import LOG
from graph_ledger.history.snapshots import of_columns
from graph_ledger.values.bound import MOST, check_bound
from graph_ledger.values.history import History
from graph_ledger.values.moment import EPOCH, LATEST, Moment, When, point_in_time
from graph_ledger.values.port import normal
from graph_ledger.values.snapshot import Snapshot

FILTERS = ("event_type", "actor", "source")
BEGINNING = EPOCH.replace(year=1)


def history(
    database: Database,
    key: str,
    moment: Moment,
    *,
    order: Literal["desc", "asc"] = "desc",
    since: When | None = None,
    until: When | None = None,
    limit: int | None = None,
    **filters: Any,
) -> History:
    """Return the events of a model, by timestamp and then sequence."""
    if order not in {"desc", "asc"}:
        raise ValidationError(f"order is 'desc' or 'asc', not {order!r}")
    most = MOST if limit is None else check_bound(limit, "limit", least=1)
    if unknown := filters.keys() - set(FILTERS):
        raise ValidationError(f"history filters by {', '.join(FILTERS)}, not by {', '.join(sorted(unknown))}")
    newest = min(moment.as_of or LATEST, LATEST if until is None else point_in_time(until, name="until"))
    columns = database.read(
        "history/history",
        key=key,
        since=BEGINNING if since is None else point_in_time(since, bound="start", name="since"),
        as_of=newest,
        known_at=moment.known_at or LATEST,
        most=most if order == "desc" else MOST,
        without=[],
        **{name: as_filter(name, filters.get(name)) for name in FILTERS},
    )["events"]
    found = History(of_columns(each, key) for each in columns)
    return found if order == "desc" else found[::-1][:most]


def as_filter(name: str, value: Any) -> str | None:
    """Return what events are filtered by, in the form in which texts are kept.

    Raises:
        ValidationError: It is no text.
    """
    if value is not None and not isinstance(value, str):
        raise ValidationError(f"{name} is a text to filter by, not {value!r}")
    return None if value is None else normal(value)


def latest(database: Database, key: str, moment: Moment) -> Snapshot | None:
    """Return the newest event of a model, or None."""
    columns = database.read(
        "history/history", key=key, since=BEGINNING, as_of=moment.as_of or LATEST, known_at=moment.known_at or LATEST, most=1,
        without=list(LOG), event_type=None, actor=None, source=None,
    )["events"]  # fmt: skip
    return of_columns(columns[0], key) if columns else None
