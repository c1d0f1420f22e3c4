"""Groups: what belongs together."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.composites.change_members import add_member, remove_member
from graph_ledger.composites.members import groups, members, membership_diff
from graph_ledger.composites.membership_history import membership_history
from graph_ledger.composites.register_group import register_group
from graph_ledger.models.get import get
from graph_ledger.models.register import registration
from graph_ledger.models.resolve import resolve_all
from graph_ledger.values.asked import several
from graph_ledger.values.composite import Member, MembershipDiff
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.membership import MembershipHistory
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import Moment, When, moment
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.verbs.base import Verbs


class Groups(Verbs):
    """Who is in which group."""

    def register_group(
        self,
        *,
        name: str,
        owner: str,
        model_type: str,
        tier: str,
        purpose: str,
        members: Iterable[ModelLike],
        actor: str,
        platform: str = "",
        model_origin: str | None = None,
        status: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> ModelRef:
        """Register a group and make its membership what is said: all or nothing; saying it again changes nothing.

        Raises:
            ModelNotFoundError: A member is not there.
            ValidationError: The group would come to be a member of itself, or a member was not there at that time.
        """
        given = {"owner": owner, "model_type": model_type, "tier": tier, "purpose": purpose}
        said = registration(name, platform, given, actor, model_origin=model_origin, status=status, metadata=metadata)
        key = register_group(self._database, said, resolve_all(self._database, several(members)), actor, timestamp)
        return get(self._database, key, Moment())

    def add_member(
        self, composite: ModelLike, member: ModelLike, *, role: str | None = None, actor: str, timestamp: When | None = None
    ) -> Snapshot:
        """Let a model join a group; the same role again is silent, another one begins at ``timestamp``."""
        keys = resolve_all(self._database, [composite, member])
        return add_member(self._database, *keys, role=role, actor=actor, timestamp=timestamp)

    def remove_member(
        self, composite: ModelLike, member: ModelLike, *, reason: str | None = None, actor: str, timestamp: When | None = None
    ) -> Snapshot:
        """Let a model leave a group from ``timestamp`` on; once it has left, saying so again is silent."""
        keys = resolve_all(self._database, [composite, member])
        return remove_member(self._database, *keys, reason=reason, actor=actor, timestamp=timestamp)

    def members(
        self, composite: ModelLike, *, deep: bool = False, as_of: When | None = None, known_at: When | None = None
    ) -> Listed[Member]:
        """Return who is in a group, by name, with role and since when; ``deep``: also who is in the groups in it."""
        return listed(members(self._database, self._key(composite), moment(as_of, known_at), deep=deep), Member, "member")

    def membership_at(self, composite: ModelLike, date: When, *, deep: bool = False, known_at: When | None = None) -> Listed[Member]:
        """Return who was in a group at a date, every field as it was then; who joined exactly then is in."""
        return listed(members(self._database, self._key(composite), moment(date, known_at), deep=deep), Member, "member")

    def membership_diff(self, composite: ModelLike, earlier: When, later: When, *, known_at: When | None = None) -> MembershipDiff:
        """Return who joined and who left a group between two dates, when, by whom and why."""
        group = self._found(composite)
        return membership_diff(self._database, group.key, group.model_hash, earlier, later, known_at)

    def membership_history(self, composite: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> MembershipHistory:
        """Return every stay in a group, the oldest first: model, role, since, until (None while it goes on); bars over time when shown."""
        return membership_history(self._database, self._key(composite), moment(as_of, known_at))

    def groups(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Listed[Member]:
        """Return the groups that a model is in, by name, each with the model's role in it and since when."""
        return listed(groups(self._database, self._key(model), moment(as_of, known_at)), Member, "group")
