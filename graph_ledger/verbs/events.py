"""Events: what happened."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from graph_ledger.history.changelog import changelog
from graph_ledger.history.read import history, latest
from graph_ledger.history.record import record, record_many
from graph_ledger.history.tags import tag_at
from graph_ledger.models.resolve import resolve_all
from graph_ledger.values.changelog import Changelog
from graph_ledger.values.history import History
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import When, moment
from graph_ledger.values.snapshot import Event, Snapshot, event_of
from graph_ledger.verbs.base import Verbs


class Events(Verbs):
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
        return record(self._database, self._key(model), event_of(event, payload, actor, source, parent, tags, timestamp))

    def record_many(self, events: Iterable[Event]) -> list[Snapshot]:
        """Append many events, in batches; return them in the order given."""
        given = [event if isinstance(event, Event) else Event.model_validate(event) for event in events]
        asked = list(dict.fromkeys(_hashable(event.model) for event in given))
        keys = dict(zip(asked, resolve_all(self._database, asked), strict=True))
        return record_many(self._database, [(keys[_hashable(event.model)], event) for event in given])

    def history(
        self,
        model: ModelLike,
        *,
        order: Literal["desc", "asc"] = "desc",
        as_of: When | None = None,
        known_at: When | None = None,
        **filters: Any,
    ) -> History:
        """Return what happened to a model, newest first, as a list that is a timeline when shown.

        Filters: event_type, actor, source, since, until, limit.
        """
        return history(self._database, self._key(model), moment(as_of, known_at), order=order, **filters)

    def latest(
        self, model: ModelLike, tag: str | None = None, *, as_of: When | None = None, known_at: When | None = None
    ) -> Snapshot | None:
        """Return the newest event of a model, or the one that a tag points at; None where there is none."""
        if tag is not None:
            return tag_at(self._database, self._key(model), tag, moment(as_of, known_at))
        return latest(self._database, self._key(model), moment(as_of, known_at))

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
        one = None if model is None else self._found(model).model_hash
        return changelog(self._database, since=since, until=until, model_hash=one, limit=limit, cursor=cursor, **filters)


def _hashable(model: ModelLike) -> str:
    return model.model_hash if isinstance(model, ModelRef) else model
