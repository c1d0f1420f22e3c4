"""Every stay in a group: on each day, as known on each other day, the stays say who its members are."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.values.membership import MembershipHistory
from graph_ledger.values.moment import LATEST
from tests.composites.test_membership import STEP, carry_out, day, from_intervals, registered
from tests.graph import empty


def inside(stays: MembershipHistory, when: datetime) -> list[tuple[str, str | None, datetime]]:
    """Who was in it then, by the stays."""
    return sorted(
        (each.model.removeprefix("p/"), each.role, each.since)
        for each in stays
        if each.since <= when and (each.until is None or when < each.until)
    )


@settings(max_examples=12)
@given(steps=st.lists(STEP, max_size=8))
def test_stays_say_who_was_in_it_on_every_day_as_known_at_every_time(steps: list[tuple[str, int, str | None]], opened: Ledger) -> None:
    empty(opened)
    registered(opened, "abcg")
    knew = [None, *carry_out(opened, steps)]
    for known in {knew[0], knew[-1], knew[len(knew) // 2]}:
        stays = opened.membership_history("g", known_at=known)
        assert [(each.since, each.model) for each in stays] == sorted((each.since, each.model) for each in stays)
        assert (stays.group, list(stays)) == ("p/g", stays)
        for number in range(10):
            members = opened.members("g", as_of=day(number), known_at=known)
            assert inside(stays, day(number)) == [(each.name, each.role, each.since) for each in members]
    assert {each.model.removeprefix("p/"): each.role for each in stays if each.until is None} == from_intervals(opened, "g", known_at=known)


def test_what_ended_later_went_on_at_the_moment_asked_about(ledger: Ledger) -> None:
    registered(ledger, "abg")
    ledger.add_member("g", "a", role="x", actor="me", timestamp=day(1))
    ledger.add_member("g", "a", role="y", actor="me", timestamp=day(3))
    before = ledger.add_member("g", "b", actor="me", timestamp=day(5)).recorded_at
    ledger.remove_member("g", "a", actor="me", timestamp=day(7))
    stays = ledger.membership_history("p/g")
    told = [(each["model"], each["role"], each["since"], each["until"]) for each in stays]
    assert told == [("p/a", "x", day(1), day(3)), ("p/a", "y", day(3), day(7)), ("p/b", None, day(5), None)]
    assert stays.at is not None
    assert stays.at > day(7)
    then = ledger.membership_history("g", as_of=day(4))
    assert [(each.role, each.until) for each in then] == [("x", day(3)), ("y", None)]
    assert then.at == day(4)
    far = ledger.membership_history("g", as_of="2999-01-01")
    assert (far, far.at is not None and far.at.year < 2999) == (stays, True)
    assert [each.until for each in ledger.membership_history("g", known_at=before)] == [day(3), None, None]
    assert ledger.membership_history("a") == ledger.membership_history("g", as_of=day(0)) == []


def test_the_statement_starts_at_the_group(ledger: Ledger) -> None:
    plan = ledger.database.plan("composites/membership_history", key="p/g", as_of=LATEST, known_at=LATEST)
    assert "NodeUniqueIndexSeek" in plan
    assert not {"NodeByLabelScan", "AllNodesScan", "DirectedRelationshipTypeScan"} & set(plan)
