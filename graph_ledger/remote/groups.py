"""Groups: what belongs together; asked of a service."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from graph_ledger.remote.answers import members
from graph_ledger.remote.base import Asking
from graph_ledger.remote.plain import flag_of, json_of, time_of, times_of
from graph_ledger.values.asked import name_of, several
from graph_ledger.values.composite import Member, MembershipDiff
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.membership import MembershipHistory, Stay
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import When, moment
from graph_ledger.values.snapshot import Snapshot


class RemoteGroups(Asking):
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
        """Register a group and make its membership what is said: all or nothing; saying it again changes nothing."""
        return self._value(
            "register_group", ModelRef,
            name=name, owner=owner, model_type=model_type, tier=tier, purpose=purpose, members=[name_of(each) for each in several(members)],
            actor=actor, platform=platform, model_origin=model_origin, status=status, metadata=json_of(metadata),
            timestamp=time_of(timestamp, "timestamp"),
        )  # fmt: skip

    def add_member(
        self, composite: ModelLike, member: ModelLike, *, role: str | None = None, actor: str, timestamp: When | None = None
    ) -> Snapshot:
        """Let a model join a group; the same role again is silent, another one begins at ``timestamp``."""
        both, when = {"composite": name_of(composite), "member": name_of(member)}, time_of(timestamp, "timestamp")
        return self._value("add_member", Snapshot, role=role, actor=actor, timestamp=when, **both)

    def remove_member(
        self, composite: ModelLike, member: ModelLike, *, reason: str | None = None, actor: str, timestamp: When | None = None
    ) -> Snapshot:
        """Let a model leave a group from ``timestamp`` on; once it has left, saying so again is silent."""
        both, when = {"composite": name_of(composite), "member": name_of(member)}, time_of(timestamp, "timestamp")
        return self._value("remove_member", Snapshot, reason=reason, actor=actor, timestamp=when, **both)

    def members(
        self, composite: ModelLike, *, deep: bool = False, as_of: When | None = None, known_at: When | None = None
    ) -> Listed[Member]:
        """Return who is in a group, by name, with role and since when; ``deep``: also who is in the groups in it."""
        found = self._ask("members", members, composite=name_of(composite), deep=flag_of(deep, "deep"), **times_of(as_of, known_at))
        return listed(found, Member, "member")

    def membership_at(self, composite: ModelLike, date: When, *, deep: bool = False, known_at: When | None = None) -> Listed[Member]:
        """Return who was in a group at a date, every field as it was then; who joined exactly then is in."""
        times = {"date": time_of(date, "as_of"), "known_at": time_of(known_at, "known_at")}
        return listed(
            self._ask("membership_at", members, composite=name_of(composite), deep=flag_of(deep, "deep"), **times), Member, "member"
        )

    def membership_diff(self, composite: ModelLike, earlier: When, later: When, *, known_at: When | None = None) -> MembershipDiff:
        """Return who joined and who left a group between two dates, when, by whom and why."""
        dates = {"earlier": time_of(earlier, "earlier"), "later": time_of(later, "later"), "known_at": time_of(known_at, "known_at")}
        return self._value("membership_diff", MembershipDiff, composite=name_of(composite), **dates)

    def membership_history(self, composite: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> MembershipHistory:
        """Return every stay in a group, the oldest first; a stay that goes on is drawn up to the moment asked about."""
        now, asked = datetime.now(timezone.utc), moment(as_of, known_at)
        at = now if asked.as_of is None else min(now, asked.as_of)

        def made(told: Mapping[str, Any]) -> MembershipHistory:
            return MembershipHistory([Stay.model_validate(each) for each in told["stays"]], group=told["composite"], at=at)

        return self._ask("membership_history", made, composite=name_of(composite), **times_of(as_of, known_at))

    def groups(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Listed[Member]:
        """Return the groups that a model is in, by name, each with the model's role in it and since when."""
        return listed(self._ask("groups", members, model=name_of(model), **times_of(as_of, known_at)), Member, "group")
