"""Composites: groups, who is in them, and what is open against them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graph_ledger.values.model import ModelRef
from graph_ledger.values.tables import Table, Tabled, fields
from graph_ledger.values.value import Row, Value


class Member(ModelRef):
    """A model as a member of a group, or a group that a model is in; its fields are of the moment asked for.

    >>> Member(name="a", owner="o", model_type="t", tier="low", purpose="", role="scorer", since="2026-01-01T00:00:00Z").role
    'scorer'
    """

    role: str | None = None
    """What it is in the group, such as challenger; None where nobody said."""
    since: datetime
    """Since when it has been in the group, in this role, UTC."""


class MembershipChange(Row):
    """Somebody joined or left a group between two dates."""

    model: str
    """Key of the member."""
    role: str | None = None
    """What it is, or was, in the group."""
    at: datetime
    """When it joined or left, UTC."""
    actor: str
    """Who said so."""
    reason: str | None = None
    """Why it left, where somebody said."""


class MembershipDiff(Tabled, Value):
    """Who joined and who left a group between two dates.

    >>> MembershipDiff().joined
    ()
    """

    joined: tuple[MembershipChange, ...] = ()
    """Members at the later date alone, by key."""
    left: tuple[MembershipChange, ...] = ()
    """Members at the earlier date alone, by key."""

    def _table(self) -> Table:
        rows = [{"change": change, **dict(each)} for change in ("joined", "left") for each in getattr(self, change)]
        return Table(f"{len(self.joined):,} joined, {len(self.left):,} left", ("change", *fields(MembershipChange)), rows)


class OpenObservation(Row):
    """A finding that was issued and has not been resolved since."""

    observation_id: str
    """Its name, unique within the model."""
    observation: str
    """What was found."""
    status: str
    """What was said of its state, such as open."""
    severity: str | None = None
    """How bad it is, where somebody said."""
    actor: str
    """Who issued it last."""
    issued_at: datetime
    """When it was issued last, UTC."""
    composite: str
    """Key of the model or group that it is about."""


class Assessment(Row):
    """What validations and observations say of one model."""

    key: str
    """`platform/name`."""
    name: str
    """Its name."""
    tier: str
    """How risky it is."""
    status: str
    """Where it is in its life."""
    last_validated: datetime | None = None
    """When it was last validated, whatever came out; None where it never was."""
    last_result: str | None = None
    """What came out then."""
    last_passed: datetime | None = None
    """When it last passed a validation."""
    last_failed: datetime | None = None
    """When it last failed one."""
    open_observation_count: int = 0
    """Observations issued and not resolved since."""


class CompositeSummary(Assessment):
    """One group, or one model, on one line; of a group asked for by name with a line for each member.

    >>> row = CompositeSummary(key="/s", name="s", tier="high", status="active", owner="o", model_type="composite", member_count=2)
    >>> row["member_count"], row.members
    (2, ())
    """

    owner: str
    """Who answers for it."""
    model_type: str
    """What kind of thing it is."""
    member_count: int = 0
    """How many members it has, not counting members of members."""
    metadata: Mapping[str, Any] = {}
    """Whatever else is known."""
    members: tuple[Assessment, ...] = ()
    """Its members by name; only where one group was asked for."""
