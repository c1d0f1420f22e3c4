"""Tags: names that point at events."""

from graph_ledger.history.tags import list_tags, tag, tag_at, tag_history, untag
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When, moment
from graph_ledger.values.snapshot import Snapshot, Tag, TagMove
from graph_ledger.verbs.base import Verbs


class Tagging(Verbs):
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
        return tag(self._database, self._key(model), name, event, actor, timestamp)

    def untag(self, model: ModelLike, name: str, *, actor: str, timestamp: When | None = None) -> Snapshot:
        """Delete a tag and keep its history; return the event that says so."""
        return untag(self._database, self._key(model), name, actor, timestamp)

    def list_tags(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Listed[Tag]:
        """Return the tags of a model, by name."""
        found = self._found(model)
        return listed(list_tags(self._database, found.key, found.model_hash, moment(as_of, known_at)), Tag, "tag")

    def tag_history(self, model: ModelLike, name: str, *, as_of: When | None = None, known_at: When | None = None) -> Listed[TagMove]:
        """Return every move of a tag, newest first: name, snapshot_hash, previous_hash, actor, at."""
        return listed(tag_history(self._database, self._key(model), name, moment(as_of, known_at)), TagMove, "move")

    def tag_at(self, model: ModelLike, name: str, when: When, *, known_at: When | None = None) -> Snapshot | None:
        """Return the event that a tag pointed at at a date; None where there was no such tag then."""
        return tag_at(self._database, self._key(model), name, moment(when, known_at))
