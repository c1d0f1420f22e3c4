"""Tags: names that point at events; asked of a service."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.remote.base import Asking
from graph_ledger.remote.events import event_told
from graph_ledger.remote.plain import time_of, times_of
from graph_ledger.values.asked import name_of
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When
from graph_ledger.values.snapshot import Snapshot, Tag, TagMove


class RemoteTagging(Asking):
    """Names that point at events."""

    def tag(
        self,
        model: ModelLike,
        name: str,
        *,
        snapshot: Snapshot | str | None = None,
        actor: str = "system",
        timestamp: When | None = None,
    ) -> Tag:
        """Let a tag point at an event of a model, by default at the newest; the move is an event, pointing there already is silent."""
        event = snapshot.snapshot_hash if isinstance(snapshot, Snapshot) else snapshot
        when = time_of(timestamp, "timestamp")
        return self._ask("tag", _tag, model_name=name_of(model), tag_name=name, snapshot=event, actor=actor, timestamp=when)

    def untag(self, model: ModelLike, name: str, *, actor: str, timestamp: When | None = None) -> Snapshot:
        """Delete a tag and keep its history; return the event that says so."""
        return self._value("untag", Snapshot, model=name_of(model), name=name, actor=actor, timestamp=time_of(timestamp, "timestamp"))

    def list_tags(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Listed[Tag]:
        """Return the tags of a model, by name."""
        found = self._ask(
            "list_tags", lambda told: [_tag(each) for each in told["tags"]], model_name=name_of(model), **times_of(as_of, known_at)
        )
        return listed(found, Tag, "tag")

    def tag_history(self, model: ModelLike, name: str, *, as_of: When | None = None, known_at: When | None = None) -> Listed[TagMove]:
        """Return every move of a tag, newest first: name, snapshot_hash, previous_hash, actor, at."""
        found = self._values("tag_history", "moves", TagMove, model=name_of(model), name=name, **times_of(as_of, known_at))
        return listed(found, TagMove, "move")

    def tag_at(self, model: ModelLike, name: str, when: When, *, known_at: When | None = None) -> Snapshot | None:
        """Return the event that a tag pointed at at a date; None where there was no such tag then."""
        asked = {"when": time_of(when, "as_of"), "known_at": time_of(known_at, "known_at")}
        return self._ask("tag_at", event_told, model=name_of(model), name=name, **asked)


def _tag(told: Mapping[str, Any]) -> Tag:
    fields = {name: told[name] for name in ("model_hash", "snapshot_hash", "updated_at")}
    return Tag(name=told["tag_name"], **fields)
