"""What a source, its listing or another run may do to a run: nothing is removed by mistake, and nobody is held up."""

from collections.abc import Callable, Iterable
from threading import Thread
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger, RemovalGuardError, SourceError, ValidationError
from graph_ledger.discovery import add as add_module
from graph_ledger.discovery import discover as discover_module
from graph_ledger.discovery import plan as plan_module
from graph_ledger.discovery.run import drop, running
from graph_ledger.errors import LeaseError, PlanOutdatedError
from graph_ledger.values.listing import Listing, RowError, Stream
from graph_ledger.values.plan import Plan
from tests.discovery.test_late import Source, said
from tests.graph import counts, edges, nodes

TWENTY = {f"n{number:02}": said("t") for number in range(20)}


class Made:
    """A source that is read by a function."""

    name = "s"

    def __init__(self, make: Callable[[], Any]) -> None:
        self.discover = make


def listing(*names: str, **how: Any) -> Made:
    """A complete listing of nodes on one platform."""
    return Made(lambda: Listing([DataNode(name, platform="p") for name in names], source="s", complete=True, **how))


def present(ledger: Ledger) -> set[str]:
    """The names of the models that are there."""
    return {name for name, there in nodes(ledger, "ModelRef", "name", "present") if there}


def overtake(ledger: Ledger) -> None:
    """Let the lease of every source end."""
    ledger.database.install("MATCH (s:Source) SET s.lease_until = datetime('2020-01-01T00:00:00Z')")


def test_errors_and_not_one_node_are_no_empty_estate(ledger: Ledger) -> None:
    ledger.discover(listing("a", "b"), observed_at="2026-01-01")
    report = ledger.discover(listing(errors=[RowError(where="page 1", reason="500")]), allow_removals=True)
    assert (report.status, report.complete, report.gone, present(ledger)) == ("failed", False, 0, {"a", "b"})


@pytest.mark.parametrize("row", [None, DataNode(" "), DataNode("bad\udcff")])
def test_a_row_without_a_name_may_be_any_model_so_nothing_is_missing(ledger: Ledger, row: Any) -> None:
    ledger.discover(listing("a", "b"), observed_at="2026-01-01")
    odd = Made(lambda: Listing([DataNode("a", platform="p"), row], source="s", complete=True))
    plan = ledger.plan(odd, observed_at="2026-01-02")
    report = ledger.discover(odd, observed_at="2026-01-03")
    assert (plan.complete, plan.counts["tombstone"], len(plan.refused)) == (False, 0, 1)
    assert (report.complete, report.gone, report.skipped, present(ledger)) == (False, 0, 1, {"a", "b"})
    assert "no name that can be read" in report.errors[0].reason


def test_a_connector_that_calls_a_listing_complete_in_spite_of_errors_is_not_believed(ledger: Ledger) -> None:
    ledger.discover(listing("a", "b"), observed_at="2026-01-01")
    report = ledger.discover(listing("a", errors=[RowError(where="row 2", reason="no name")]))
    assert (report.status, report.complete, report.gone) == ("finished", False, 0)


def test_the_guard_counts_from_the_first_sighting_also_when_that_is_learnt_late(ledger: Ledger) -> None:
    for day in ("2026-01-10", "2026-01-01"):
        ledger.discover(Source("s", TWENTY), observed_at=day)
    with pytest.raises(RemovalGuardError):
        ledger.discover(Source("s", {}), observed_at="2026-01-05")
    assert len(ledger.inventory_at("2026-01-06")) == 20


def test_what_was_known_to_be_gone_is_not_looked_at_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.discover(listing("a", "b", "c"), observed_at="2026-01-01")
    ledger.discover(listing("a"), observed_at="2026-01-02")
    missed: list[Any] = []
    monkeypatch.setattr(discover_module, "_missed", lambda *given: missed.append(given))
    ledger.discover(listing("a"), observed_at="2026-01-03")
    assert not missed


def test_a_late_empty_listing_skips_nothing_that_it_does_not_name(ledger: Ledger) -> None:
    ledger.discover(listing("a", "b"), observed_at="2026-01-05")
    assert ledger.discover(listing(), observed_at="2026-01-01").skipped == 0


def test_a_run_that_lost_its_source_says_nothing_of_the_other_run(ledger: Ledger) -> None:
    def overtaken() -> Listing:
        overtake(ledger)
        assert ledger.discover(listing("a", "b"), observed_at="2026-01-01").added == 2
        raise SourceError("401")

    with pytest.raises(SourceError):
        ledger.discover(Made(overtaken), observed_at="2026-01-01")
    (run,) = ledger.runs()
    assert (run.status, run.complete, run.added, run.errors) == ("finished", True, 2, ())


def test_a_run_that_lost_its_source_does_not_take_the_other_ones_lease(ledger: Ledger) -> None:
    with running(ledger.database, "s/default", "2026-01-01") as lost:
        overtake(ledger)
        with running(ledger.database, "s/default", "2026-01-01") as other:
            with pytest.raises(LeaseError):
                drop(ledger.database, lost)
            assert [(run.status, run.holder) for run in ledger.runs()] == [("running", other.holder)]
            with pytest.raises(LeaseError):
                ledger.discover(listing("b"))
            ledger.database.write(lambda tx: other.note(tx, "finished"))
    assert [run.status for run in ledger.runs()] == ["finished"]


@pytest.mark.parametrize(
    "how",
    [
        {"coverage": {"x": {(1, 2): 3}}},
        {"errors": ["row 7"]},
        {"statements": [{"foo": 1}]},
        {"statements": ["no mapping"]},
    ],
)
def test_a_verdict_that_cannot_be_kept_fails_the_run_and_holds_up_nobody(ledger: Ledger, how: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ledger.discover(listing("a", **how))
    assert [run.status for run in ledger.runs()] == ["failed"]
    assert ledger.discover(listing("a")).status == "finished"
    assert len(ledger.coverage()) == 1


def test_odd_words_of_a_source_are_kept(ledger: Ledger) -> None:
    line = {"node": "n\udcff", "file": "f", "statement": 1, "kind": "select", "rendering": "plain", "status": "parsed"}
    report = ledger.discover(listing("a", coverage={2026: 3}, statements=[line]))
    assert (report.coverage, ledger.coverage()[0].statements[0].file) == ({"2026": 3}, "f")


def test_a_source_that_reads_another_one_that_is_busy_fails_and_gives_its_lease_back(ledger: Ledger) -> None:
    def busy() -> Listing:
        raise LeaseError("other/default", "somebody", None)

    with pytest.raises(LeaseError):
        ledger.discover(Made(busy))
    assert [run.status for run in ledger.runs()] == ["failed"]
    assert ledger.discover(listing("a")).status == "finished"


def test_a_listed_name_that_another_source_gives_a_platform_meanwhile_is_not_missing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Made(lambda: Listing([DataNode("x", inputs=["t"])], source="s", complete=True))
    ledger.discover(bare, observed_at="2026-01-01")
    finish = discover_module._finish

    def adopted(*given: Any) -> Any:
        ledger.add(DataNode("x", platform="q"), source="other")
        return finish(*given)

    monkeypatch.setattr(discover_module, "_finish", adopted)
    assert ledger.discover(bare, observed_at="2026-01-02").gone == 0
    assert edges(ledger, "Port", "FEEDS", "DataNode") == {("t", "q/x")}


@pytest.mark.parametrize(
    ("name", "scope"), [("", "x"), (" ", "x"), ("a/b", "x"), ("s", 7), ("s", ""), ("s", "a\0b"), (None, "x")], ids=repr
)
def test_a_name_and_a_scope_that_name_nothing_are_refused(ledger: Ledger, name: Any, scope: Any) -> None:
    odd = Made(list)
    odd.name, odd.scope = name, scope  # type: ignore[attr-defined]
    told = Made(lambda: Listing([], source=name, scope=scope))
    for connector in (odd, told):
        with pytest.raises(ValidationError):
            ledger.discover(connector)
    assert not [run for run in ledger.runs() if run.status == "running"]


def test_no_scope_is_the_default_one_and_one_node_is_a_list_of_one(ledger: Ledger) -> None:
    one = Made(lambda: DataNode("a"))
    one.scope = None  # type: ignore[attr-defined]
    report = ledger.discover(one)
    assert (report.source, report.added) == ("s/default", 1)


def stream(*given: DataNode | Exception, complete: bool = True) -> Made:
    """A stream of nodes, which may break."""

    def handed(told: Stream) -> Iterable[DataNode]:
        for each in given:
            if isinstance(each, Exception):
                raise each
            yield each
        told.complete = complete

    return Made(lambda: Stream(handed, source="s"))


def test_a_stream_that_names_a_model_twice_in_two_ways_is_silent_the_second_time(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_module, "BATCH", 1)
    source = stream(DataNode("x", inputs=["old"]), DataNode("y"), DataNode("x", platform="p", inputs=["new"]))
    planned = ledger.plan(source, observed_at="2026-01-01")
    first = ledger.discover(source, observed_at="2026-01-01")
    assert (first.added, len(first.errors)) == (2, 1)
    assert (planned.counts["create"], len(planned.refused)) == (2, 1)
    before = counts(ledger)
    assert ledger.discover(source, observed_at="2026-01-01").skipped == 2
    assert counts(ledger) == before


def test_a_stream_that_breaks_in_any_way_keeps_what_it_gave_and_says_so(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_module, "BATCH", 2)
    with pytest.raises(KeyError):
        ledger.discover(stream(*(DataNode(name) for name in "abc"), KeyError("row 4")))
    (run,) = ledger.runs()
    assert (run.status, run.added, present(ledger)) == ("failed", 3, {"a", "b", "c"})


def test_a_stream_lets_go_of_its_file_when_its_run_ends_early(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_module, "BATCH", 1)
    closed = []

    def handed() -> Iterable[DataNode]:
        try:
            for number in range(9):
                if number == 3:  # in a thread: the driver keeps the stack of who asks, and with it the generator
                    taking = Thread(target=ledger.database.install, args=["MATCH (s:Source) SET s.fence = 99"])
                    taking.start()
                    taking.join()
                yield DataNode(f"n{number}")
        finally:
            closed.append(True)

    with pytest.raises(LeaseError):
        ledger.discover(Made(handed))
    assert closed


def test_a_plan_of_a_stream_that_broke_is_applied_as_what_it_was(ledger: Ledger) -> None:
    plan = ledger.plan(stream(DataNode("a"), SourceError("page 2 answered 500")))
    assert plan.broken is not None
    report = ledger.apply(Plan.from_json(plan.to_json()))
    assert (report.status, report.complete, report.added, report.errors[0].reason) == ("failed", False, 1, "page 2 answered 500")


def test_a_plan_is_outdated_by_an_unchanged_run_too(ledger: Ledger) -> None:
    ledger.discover(listing("a", "b"), observed_at="2026-01-01")
    plan = ledger.plan(listing("a"), observed_at="2026-01-02")
    ledger.discover(listing("a", "b"), observed_at="2026-01-03")
    with pytest.raises(PlanOutdatedError):
        ledger.apply(plan)
    assert present(ledger) == {"a", "b"}


def test_a_plan_stands_on_what_there_was_before_it_was_worked_out(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.discover(listing("a"), observed_at="2026-01-01")
    rehearsed = plan_module._rehearsed

    def edited(*given: Any) -> Any:
        ledger.update("p/a", actor="ann", owner="ann")
        return rehearsed(*given)

    monkeypatch.setattr(plan_module, "_rehearsed", edited)
    plan = ledger.plan(Made(lambda: Listing([DataNode("a", "p", metadata={"owner": "bob"})], source="s", complete=True)))
    with pytest.raises(PlanOutdatedError):
        ledger.apply(plan)
    assert ledger.get("p/a").owner == "ann"


def test_a_plan_stands_on_the_models_that_it_would_adopt(ledger: Ledger) -> None:
    ledger.register(name="x", owner="ann", model_type="rule", tier="low", purpose="p")
    plan = ledger.plan(Made(lambda: Listing([DataNode("x", "p", metadata={"owner": "bob"})], source="s", complete=True)))
    ledger.update("x", actor="carol", owner="carol")
    with pytest.raises(PlanOutdatedError, match="/x"):
        ledger.apply(plan)


def test_what_a_plan_refuses_is_refused_when_it_is_applied_and_not_missing(ledger: Ledger) -> None:
    ledger.discover(listing("a", "b"), observed_at="2026-01-01")
    rows = [DataNode("a", "p"), DataNode("b", "p", metadata={"o": object()}), DataNode("c", "p", metadata={"n": float("nan")})]
    source = Made(lambda: Listing(rows, source="s", complete=True))
    plan = ledger.plan(source, observed_at="2026-01-02")
    assert (len(plan.refused), plan.complete, plan.counts) == (2, True, {"create": 0, "change": 0, "tombstone": 0})
    report = ledger.apply(Plan.from_json(plan.to_json()))
    assert (report.complete, report.gone, report.skipped, len(report.errors)) == (True, 0, 1, 2)
    assert present(ledger) == {"a", "b"}
