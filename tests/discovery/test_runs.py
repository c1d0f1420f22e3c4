"""Every run leaves a node: what it read, what it wrote, how it ended."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger, SourceError, ValidationError
from graph_ledger.discovery import add as add_module
from graph_ledger.values.listing import Listing, RowError, Stream
from tests.discovery.test_late import Source, said
from tests.graph import counts, edges, nodes


class Failing:
    """A source that cannot be read."""

    name = "s"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def discover(self) -> Listing:
        """Fail."""
        raise self.error


class Streaming:
    """A source that hands on its nodes one by one, and may break before its end."""

    name = "s"

    def __init__(self, *names: str, breaks: bool = False, complete: bool = True) -> None:
        self.names, self.breaks, self.complete = names, breaks, complete

    def discover(self) -> Stream:
        """Hand on the nodes."""
        return Stream(self._nodes, source=self.name)

    def _nodes(self, stream: Stream) -> Iterator[DataNode]:
        for name in self.names:
            yield DataNode(name, platform="p", inputs=["t"])
        if self.breaks:
            raise SourceError("page 2 answered 500")
        stream.coverage = {"pages": 1}
        stream.complete = self.complete


def test_a_run_says_who_read_what_and_leads_to_the_events_it_wrote(ledger: Ledger) -> None:
    report = ledger.discover(Source("s", {"a": said("x"), "b": said("y")}), observed_at="2026-01-01")
    (run,) = ledger.runs()
    assert run == report
    assert (run.status, run.complete, run.added, run.source) == ("finished", True, 2, "s/default")
    assert run.seconds is not None
    assert run.holder.count(":") == 2
    assert edges(ledger, "Run", "OF", "Source", "run_id") == {(run.run_id, "s/default")}
    written = {name for _, name in edges(ledger, "Run", "WROTE", "Snapshot", "run_id", "snapshot_hash")}
    assert written == {event.snapshot_hash for model in ledger.list() for event in ledger.history(model)}


def test_an_unchanged_run_is_a_node_and_nothing_more(ledger: Ledger) -> None:
    ledger.discover(Source("s", {"a": said("x")}), observed_at="2026-01-01")
    before = counts(ledger)
    ledger.discover(Source("s", {"a": said("x")}), observed_at="2026-01-01")
    assert counts(ledger) == before
    ledger.discover(Source("s", {"a": said("x")}), observed_at="2026-01-02")
    assert counts(ledger) == {**before, "Run": 2, "OF": 2}


@pytest.mark.parametrize(("error", "reason"), [(SourceError("401: who are you?"), "401"), (KeyError("row 7"), "KeyError: 'row 7'")])
def test_a_run_that_fails_says_why_and_holds_up_nobody(ledger: Ledger, error: Exception, reason: str) -> None:
    ledger.discover(Source("s", {"a": said("x")}), observed_at="2026-01-01")
    with pytest.raises(type(error)):
        ledger.discover(Failing(error))
    failed, _ = ledger.runs()
    assert (failed.status, failed.complete) == ("failed", False)
    assert reason in failed.errors[0].reason
    assert ledger.get("a").present
    assert ledger.discover(Source("s", {}), observed_at="2026-01-02").gone == 1


def test_a_moment_that_was_listed_completely_stays_so_when_it_is_read_again_in_vain(ledger: Ledger) -> None:
    ledger.discover(Source("s", {"a": said("x")}), observed_at="2026-01-01")
    with pytest.raises(SourceError):
        ledger.discover(Failing(SourceError("no answer")), observed_at="2026-01-01")
    (run,) = ledger.runs()
    assert (run.status, run.complete, run.errors[0].reason) == ("failed", True, "no answer")
    assert ledger.discover(Source("s", {"a": said("x")}), observed_at="2026-01-01").skipped == 1
    assert [(run.status, run.complete) for run in ledger.runs()] == [("finished", True)]


def test_a_stream_is_judged_by_what_it_says_at_its_end(ledger: Ledger) -> None:
    ledger.discover(Streaming("a", "b", "c"), observed_at="2026-01-01")
    broken = ledger.discover(Streaming("a", "d", breaks=True), observed_at="2026-01-02")
    assert (broken.status, broken.complete, broken.added, broken.gone) == ("failed", False, 1, 0)
    assert broken.errors == (RowError(where="the source", reason="page 2 answered 500"),)
    partial = ledger.discover(Streaming("a", complete=False), observed_at="2026-01-03")
    assert (partial.status, partial.complete, partial.gone, partial.coverage) == ("finished", False, 0, {"pages": 1})
    whole = ledger.discover(Streaming("a"), observed_at="2026-01-04")
    assert (whole.complete, whole.gone) == (True, 3)
    assert {name for name, present in nodes(ledger, "ModelRef", "name", "present") if present} == {"a"}


def test_a_name_that_a_stream_repeats_counts_once_however_far_apart(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_module, "BATCH", 2)
    source = Streaming("a", "b", "c", "a", "d")
    first = ledger.discover(source, observed_at="2026-01-01")
    assert (first.added, [error.where for error in first.errors]) == (4, ["node 4, 'a'"])
    before = counts(ledger)
    assert ledger.discover(source, observed_at="2026-01-01").skipped == 4
    assert counts(ledger) == before


def test_a_generator_of_a_persons_own_is_read_and_never_complete(ledger: Ledger) -> None:
    class Own:
        name = "own"

        def discover(self) -> Any:
            yield DataNode("a")

    assert (ledger.discover(Own()).added, ledger.runs()[0].complete) == (1, False)


def test_a_listing_may_be_of_another_scope_than_its_connector_says(ledger: Ledger) -> None:
    class Scoped:
        name = "s"

        def discover(self) -> Listing:
            return Listing([DataNode("a")], source="s", scope="eu", complete=True)

    assert ledger.discover(Scoped()).source == "s/eu"
    assert len(ledger.runs()) == 1
    assert ledger.discover(Scoped(), observed_at="2026-01-01").status == "finished"
    assert {run.source for run in ledger.runs()} == {"s/eu"}


def test_runs_are_looked_up_by_source_status_and_name(ledger: Ledger) -> None:
    for name in ("a", "b"):
        for day in ("2026-01-01", "2026-01-02"):
            ledger.discover(Source(name, {"n": said("x")}), observed_at=day)
    with pytest.raises(SourceError):
        ledger.discover(Failing(SourceError("no answer")))
    assert [run.source for run in ledger.runs()] == ["s/default", "b/default", "b/default", "a/default", "a/default"]
    assert len(ledger.runs("a")) == len(ledger.runs("a/default")) == 2
    assert [run.source for run in ledger.runs(status="failed")] == ["s/default"]
    assert [run.run_id for run in ledger.runs(run_id=ledger.runs("b")[1].run_id[:12])] == [ledger.runs("b")[1].run_id]
    assert len(ledger.runs(limit=2)) == 2
    with pytest.raises(ValidationError, match="running, finished, failed"):
        ledger.runs(status="done")
    with pytest.raises(ValidationError, match="limit"):
        ledger.runs(limit=0)
