"""A plan says what a run would do and writes nothing; applied, it does exactly that or nothing."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import DataNode, DataPort, Ledger, RemovalGuardError, ValidationError
from graph_ledger.errors import PlanOutdatedError
from graph_ledger.values.listing import Listing
from graph_ledger.values.plan import Plan
from tests.discovery.test_late import Source, day, said
from tests.graph import counts, edges, empty, nodes


def picture(ledger: Ledger) -> tuple[object, ...]:
    """All that a plan must leave as it is."""
    return (
        nodes(ledger, "ModelRef", "key", "present", "owner", "head_hash"),
        nodes(ledger, "Source", "key"),
        edges(ledger, "Port", "FEEDS", "DataNode"),
        counts(ledger),
    )


def test_a_plan_says_what_comes_what_goes_and_why(ledger: Ledger) -> None:
    ledger.discover(Source("s", {"a": said("xy", "ann"), "b": said("x"), "c": said("x")}), observed_at="2026-01-01")
    ledger.add(DataNode("c", platform="p"), source="other", observed_at="2026-01-01")
    ledger.register(name="old", owner="o", model_type="rule", tier="low", purpose="p", platform="p")
    before = picture(ledger)
    listing = {"a": said("yz", "bob"), "new": said("x"), "old": said("")}
    plan = ledger.plan(Source("s", listing), observed_at="2026-01-02")
    assert picture(ledger) == before
    found = {change.model: change for change in plan.changes}
    assert [(change.kind, change.model) for change in plan.changes] == [
        ("tombstone", "p/b"), ("tombstone", "p/c"), ("create", "p/new"), ("create", "p/old"), ("change", "p/a")
    ]  # fmt: skip
    assert found["p/a"].opens == ("reads z",)
    assert found["p/a"].closes == ("reads x",)
    assert "owner: 'ann' becomes 'bob'" in found["p/a"].reasons
    assert found["p/b"].reasons[1] == "no other source that lists it sees it"
    assert found["p/b"].closes == ("reads x",)
    assert found["p/c"].reasons[1].startswith("it stays present")
    assert found["p/new"].reasons == ("it is new",)
    assert found["p/old"].reasons == ("it is known, and new to this source",)
    report = ledger.apply(Plan.from_json(plan.to_json()))
    assert (report.gone, report.added, report.changed) == (2, 2, 1)
    assert ledger.get("p/a").owner == "bob"


def test_a_plan_that_the_graph_has_left_behind_is_refused(ledger: Ledger) -> None:
    ledger.discover(Source("s", {"a": said("x"), "b": said("x")}), observed_at="2026-01-01")
    plan = ledger.plan(Source("s", {"a": said("y")}), observed_at="2026-01-02")
    ledger.record("p/a", event="noted", payload={"text": "hands off"}, actor="ann")
    before = picture(ledger)
    with pytest.raises(PlanOutdatedError) as refused:
        ledger.apply(plan)
    assert refused.value.moved == ("p/a",)
    assert picture(ledger) == before
    plan = ledger.plan(Source("s", {"a": said("y")}), observed_at="2026-01-02")
    ledger.discover(Source("s", {"a": said("x"), "b": said("x"), "c": said("x")}), observed_at="2026-01-03")
    with pytest.raises(PlanOutdatedError, match="what the source had said"):
        ledger.apply(plan)


def test_a_plan_is_applied_once(ledger: Ledger) -> None:
    plan = ledger.plan(Source("s", {"a": said("x")}))
    ledger.apply(plan)
    before = counts(ledger)
    with pytest.raises(PlanOutdatedError):
        ledger.apply(plan)
    assert counts(ledger) == before
    assert [run.status for run in ledger.runs()] == ["finished"]


def test_the_guard_is_told_in_the_plan_and_holds_when_it_is_applied(ledger: Ledger) -> None:
    ledger.discover(Source("s", {f"n{number}": said("x") for number in range(9)}), observed_at="2026-01-01")
    plan = ledger.plan(Source("s", {"n0": said("x")}), observed_at="2026-01-02")
    assert "would remove 8 of 9" in str(plan.guard)
    assert ledger.plan(Source("s", {"n0": said("x")}), observed_at="2026-01-02", removal_share=0.9).guard is None
    with pytest.raises(RemovalGuardError):
        ledger.apply(plan)
    assert ledger.apply(plan, allow_removals=True).gone == 8


def test_what_would_be_refused_is_in_the_plan(ledger: Ledger) -> None:
    class Odd:
        name = "s"

        def discover(self) -> Any:
            return Listing([DataNode("ok", inputs=[DataPort("t", k="a%")]), DataNode(" "), "no node"], source="s")  # type: ignore[list-item]

    plan = ledger.plan(Odd())
    assert [error.where for error in plan.refused] == ["node 2, ' '", "node 3, \"'no node'\""]
    assert plan.counts == {"create": 1, "change": 0, "tombstone": 0}
    assert ledger.apply(Plan.from_json(plan.to_json())).added == 1


def test_a_plan_for_a_moment_that_has_passed_says_from_when_to_when(ledger: Ledger) -> None:
    for ports, time in (("x", 1), ("y", 5)):
        ledger.discover(Source("s", {"a": said(ports)}), observed_at=day(time))
    (change,) = ledger.plan(Source("s", {"a": said("y")}), observed_at=day(3)).changes
    assert change.opens == ("reads y from 2026-01-04T00:00:00Z to 2026-01-06T00:00:00Z",)
    assert change.closes == ("reads x from 2026-01-04T00:00:00Z to 2026-01-06T00:00:00Z",)


def test_what_is_no_plan_is_not_applied(ledger: Ledger) -> None:
    with pytest.raises(ValidationError, match="from_json"):
        ledger.apply("plan.json")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda plan: plan | {"observed_at": "2020-01-01T00:00:00Z"}, "edited after it was made"),
        (lambda plan: plan | {"form": 2}, "make it anew"),
        (lambda plan: {key: value for key, value in plan.items() if key != "digest"}, "this is no plan"),
        (lambda plan: [plan], "this is no plan"),
        (lambda plan: plan | {"nodes": [{"name": 1}]}, "this is no plan"),
    ],
)
def test_what_is_no_plan_is_refused(ledger: Ledger, edit: Any, message: str) -> None:
    plan = json.loads(ledger.plan(Source("s", {"a": said("x")})).to_json())
    with pytest.raises(ValidationError, match=message):
        Plan.from_json(json.dumps(edit(plan)))


LISTING = st.dictionaries(
    st.sampled_from("abcd"), st.tuples(st.frozensets(st.sampled_from("xyz"), max_size=2), st.sampled_from([None, "o", "q"]))
)
LOADS = st.lists(st.tuples(st.sampled_from("st"), st.integers(1, 4), LISTING), min_size=1, max_size=5)


@pytest.mark.slow
@settings(max_examples=25)
@given(loads=LOADS)
def test_a_plan_does_what_discover_does(ledger: Ledger, loads: list[tuple[str, int, Any]]) -> None:
    def undated() -> tuple[object, ...]:
        return picture(ledger)[1:3], nodes(ledger, "ModelRef", "key", "present", "owner", "last_sequence"), counts(ledger)

    found = []
    for planned in (True, False):
        empty(ledger)
        for source, time, listing in loads:
            if planned:
                before = picture(ledger)
                plan = ledger.plan(Source(source, listing), observed_at=day(time), allow_removals=True)
                assert picture(ledger) == before
                report = ledger.apply(plan, allow_removals=True)
                assert plan.counts == {"create": report.added, "change": report.changed, "tombstone": report.gone}
                assert plan.unchanged == report.skipped
            else:
                ledger.discover(Source(source, listing), observed_at=day(time), allow_removals=True)
        found.append(undated())
    assert found[0] == found[1]
