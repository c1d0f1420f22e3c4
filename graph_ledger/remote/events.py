"""Events: what happened; asked of a service."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, Literal

from graph_ledger.errors import OverBudgetError, ValidationError
from graph_ledger.remote import answers
from graph_ledger.remote.base import Asking
from graph_ledger.remote.parts import in_parts
from graph_ledger.remote.plain import filters_of, json_of, time_of, times_of
from graph_ledger.remote.tools import LARGEST
from graph_ledger.values.asked import name_of
from graph_ledger.values.bound import MOST, check_bound
from graph_ledger.values.changelog import Changelog
from graph_ledger.values.history import History
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When
from graph_ledger.values.snapshot import Event, Snapshot, event_of

BEGINNING = datetime(1, 1, 1, tzinfo=timezone.utc)
TOGETHER = 1_000
"""Events of one request."""
ORDERS = ("desc", "asc")
FILTERS = ("event_type", "actor", "source")


class RemoteEvents(Asking):
    """What happened to models."""

    def record(
        self,
        model: ModelLike,
        *,
        event: str,
        payload: Mapping[str, Any] | None = None,
        actor: str,
        source: str | None = None,
        parent: str | None = None,
        tags: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> Snapshot:
        """Append an event to a model's history; an identical one with a time of its own is recorded once."""
        said = event_of(event, payload, actor, source, parent, tags, timestamp)
        return self._record([_plain(model, said)])[0]

    def record_many(self, events: Iterable[Event]) -> list[Snapshot]:
        """Append many events, request by request; return them in the order given. What is refused stops what comes after it."""
        given = [event if isinstance(event, Event) else Event.model_validate(event) for event in events]
        plain = [_plain(event.model, event) for event in given]
        return [snapshot for part in in_parts(plain, TOGETHER, self._record) for snapshot in part]

    def history(
        self,
        model: ModelLike,
        *,
        order: Literal["desc", "asc"] = "desc",
        as_of: When | None = None,
        known_at: When | None = None,
        **filters: Any,
    ) -> History:
        """Return what happened to a model, newest first, as a list that is a timeline when shown; a long one request by request."""
        if order not in ORDERS:
            raise ValidationError(f"order is 'desc' or 'asc', not {order!r}")
        limit, bounds = filters.pop("limit", None), {name: time_of(filters.pop(name, None), name) for name in ("since", "until")}
        most = MOST if limit is None else check_bound(limit, "limit", least=1)
        asked = {**filters_of(filters, FILTERS), **bounds, **times_of(as_of, known_at), "model": name_of(model), "order": order}
        return History(self._all(asked, most))

    def latest(
        self, model: ModelLike, tag: str | None = None, *, as_of: When | None = None, known_at: When | None = None
    ) -> Snapshot | None:
        """Return the newest event of a model, or the one that a tag points at; None where there is none."""
        return self._ask("latest", event_told, model=name_of(model), tag=tag, **times_of(as_of, known_at))

    def changelog(
        self,
        *,
        since: When | None = None,
        until: When | None = None,
        model: ModelLike | None = None,
        limit: int = 100,
        cursor: str | None = None,
        **filters: Any,
    ) -> Changelog:
        """Return one page of what happened in the whole ledger, newest first; filters: event_type, actor, platform."""
        said = filters_of(filters, ("event_type", "actor", "platform"))
        asked = {**said, "since": time_of(since, "since"), "until": time_of(until, "until")}
        asked["model_name"] = None if model is None else name_of(model)
        whole = since is None and until is None  # a service that is told neither looks at the last days alone
        if whole:
            asked["since"] = BEGINNING.isoformat()
        check_bound(limit, "limit", least=1)
        if limit > 10 * LARGEST["changelog"]:
            raise ValidationError(f"a page has at most {10 * LARGEST['changelog']:,} events, not {limit:,}: go on with next_cursor")
        page, _ = self._rows("changelog", answers.changelog, limit, cursor=cursor, **asked)
        while len(page) < limit and page.next_cursor is not None:
            more, _ = self._rows("changelog", answers.changelog, limit - len(page), cursor=page.next_cursor, **asked)
            page = page.model_copy(update={"events": page.events + more.events, "next_cursor": more.next_cursor})
        return page.model_copy(update={"since": None}) if whole else page

    def _record(self, events: list[dict[str, Any]]) -> list[Snapshot]:
        return self._ask("record_many", answers.events, events=events)

    def _all(self, asked: dict[str, Any], most: int) -> list[Snapshot]:
        """Ask until nothing is left; each request begins at the time of the last event, of which those that are there are left out."""
        bound = "until" if asked["order"] == "desc" else "since"
        found: dict[str, Snapshot] = {}
        while True:
            told, page = self._rows("history", answers.events, most, **asked)
            before = len(found)
            found.update((event.snapshot_hash, event) for event in told)
            if len(told) < page or len(found) >= most:
                return list(found.values())[:most]
            if len(found) == before:
                raise OverBudgetError("rows", page)
            asked[bound] = told[-1].timestamp.isoformat()


def event_told(told: Mapping[str, Any]) -> Snapshot | None:
    """Return the event of an answer, where there is one."""
    return None if told["event"] is None else Snapshot.model_validate(told["event"])


def _plain(model: ModelLike, event: Event) -> dict[str, Any]:
    said = {
        "model": name_of(model), "event": event.event, "actor": event.actor, "payload": json_of(event.payload), "tags": json_of(event.tags),
        "source": event.source, "parent": event.parent, "timestamp": time_of(event.timestamp, "timestamp"),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}
