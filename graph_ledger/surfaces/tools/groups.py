"""The tools about groups: what belongs together."""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.surfaces.tools.lineage import ModelInput
from graph_ledger.surfaces.tools.tool import Asked, Dated, Told, tool
from graph_ledger.values.composite import Member, MembershipDiff
from graph_ledger.values.membership import Stay
from graph_ledger.values.model import ModelRef
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

MOST = 10_000
"""Most members that one request names."""
GROUP = "aml_monitoring"


class GroupInput(Dated):
    """Of which group."""

    composite: str = Field(min_length=1)
    """The group: its key, a bare name that one model has, or its hash."""


class RegisterGroupInput(Told):
    """What a group is, and who is in it."""

    name: str = Field(min_length=1, pattern=r"\S")
    """Its name."""
    owner: str
    """Who answers for it."""
    model_type: str
    """What kind of thing it is, such as composite."""
    tier: str
    """How risky it is."""
    purpose: str
    """What it is for."""
    members: tuple[str, ...] = Field(max_length=MOST)
    """Who is in it: keys, bare names or hashes. Whoever is not named here leaves."""
    platform: str = ""
    """Where it runs, where that can be said."""
    model_origin: str | None = None
    """Where it came from. Left out: internal."""
    status: str | None = None
    """Where it is in its life. Left out: active."""
    metadata: dict[str, Any] | None = None
    """Whatever else is known, as JSON."""


CARDS = {"name": "Card Decisions", "owner": "risk-team", "model_type": "composite", "tier": "high", "purpose": "Decides on cards",
         "members": ["fraud_scoring", "credit_risk"], "actor": "mrm-team"}  # fmt: skip


@tool(CARDS, role="writer")
def register_group(ledger: "Ledger", asked: RegisterGroupInput) -> ModelRef:
    """Register a group and make its membership what is said: all or nothing; saying it again changes nothing."""
    return ledger.register_group(**asked.model_dump())


class AddMemberInput(Told):
    """Who joins what."""

    composite: str = Field(min_length=1)
    """The group: its key, a bare name that one model has, or its hash."""
    member: str = Field(min_length=1)
    """The model that joins, likewise."""
    role: str | None = Field(default=None, min_length=1)
    """What it is in the group, such as challenger."""


@tool({"composite": GROUP, "member": "fraud_scoring", "role": "challenger", "actor": "mrm-team"}, role="writer")
def add_member(ledger: "Ledger", asked: AddMemberInput) -> Snapshot:
    """Let a model join a group; the same role again is silent, another one replaces it."""
    return ledger.add_member(asked.composite, asked.member, role=asked.role, actor=asked.actor, timestamp=asked.timestamp)


class RemoveMemberInput(Told):
    """Who leaves what."""

    composite: str = Field(min_length=1)
    """The group: its key, a bare name that one model has, or its hash."""
    member: str = Field(min_length=1)
    """The model that leaves, likewise."""
    reason: str | None = None
    """Why."""


@tool({"composite": GROUP, "member": "fraud_scoring", "reason": "trial is over", "actor": "mrm-team"}, role="writer")
def remove_member(ledger: "Ledger", asked: RemoveMemberInput) -> Snapshot:
    """Let a model leave a group; its former membership stays known."""
    return ledger.remove_member(asked.composite, asked.member, reason=asked.reason, actor=asked.actor, timestamp=asked.timestamp)


class MembersInput(GroupInput):
    """Of which group."""

    deep: bool = False
    """Whether members of members count, too."""


class Members(Value):
    """Members, or groups."""

    members: tuple[Member, ...]
    """By name, with role and since when."""


@tool({"composite": GROUP}, subject="composite")
def members(ledger: "Ledger", asked: MembersInput) -> Members:
    """List who is in a group, with role and since when; with `as_of`, who was in it at that date."""
    return Members(members=tuple(ledger.members(asked.composite, deep=asked.deep, **asked.moment)))


@tool({"model": "aml_network"}, subject="model")
def groups(ledger: "Ledger", asked: ModelInput) -> Members:
    """List the groups that a model is in, with its role there and since when."""
    return Members(members=tuple(ledger.groups(asked.model, **asked.moment)))


class MembershipAtInput(Asked):
    """Of which group, and when."""

    composite: str = Field(min_length=1)
    """The group: its key, a bare name that one model has, or its hash."""
    date: str
    """The date; its end."""
    deep: bool = False
    """Whether members of members count, too."""
    known_at: str | None = None
    """As the ledger knew it at this date or time. Left out: now."""


@tool({"composite": GROUP, "date": "2099-12-31"}, subject="composite")
def membership_at(ledger: "Ledger", asked: MembershipAtInput) -> Members:
    """List who was in a group at a date, every field as it was then."""
    return Members(members=tuple(ledger.membership_at(asked.composite, asked.date, deep=asked.deep, known_at=asked.known_at)))


class MembershipDiffInput(Asked):
    """Of which group, between when and when."""

    composite: str = Field(min_length=1)
    """The group: its key, a bare name that one model has, or its hash."""
    earlier: str
    """The earlier date."""
    later: str
    """The later date."""
    known_at: str | None = None
    """As the ledger knew it at this date or time. Left out: now."""


@tool({"composite": GROUP, "earlier": "2024-01-01", "later": "2099-12-31"}, subject="composite")
def membership_diff(ledger: "Ledger", asked: MembershipDiffInput) -> MembershipDiff:
    """Say who joined and who left a group between two dates, when, by whom and why."""
    return ledger.membership_diff(asked.composite, asked.earlier, asked.later, known_at=asked.known_at)


class Stays(Value):
    """Every stay in a group."""

    composite: str
    """Key of the group."""
    stays: tuple[Stay, ...]
    """The oldest first; those that ended and those that go on."""


@tool({"composite": GROUP}, subject="composite")
def membership_history(ledger: "Ledger", asked: GroupInput) -> Stays:
    """List every stay in a group: model, role, since, until."""
    found = ledger.membership_history(asked.composite, **asked.moment)
    return Stays(composite=ledger.get(asked.composite).key, stays=tuple(found))
