"""Of two runs of one source that overlap one alone writes, and whoever dies is no obstacle for long."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from graph_ledger import DatabaseError, DataNode, Ledger
from graph_ledger.database.deadline import deadline
from graph_ledger.discovery import add as add_module
from graph_ledger.discovery import lease
from graph_ledger.errors import LeaseError, OverBudgetError
from graph_ledger.values.listing import Listing, Stream
from tests.discovery.test_faults import failing, small_batches
from tests.discovery.test_late import Source, said
from tests.graph import counts, edges, empty, nodes

Address = tuple[str, tuple[str, str]]
NAMES = [f"n{number:02}" for number in range(9)]


class Interrupted:
    """A complete source that does something when some of its nodes were taken in."""

    name = "s"

    def __init__(self, meanwhile: Callable[[], object], after: int = 5) -> None:
        self.meanwhile, self.after = meanwhile, after

    def discover(self) -> Stream:
        """Hand on the nodes."""
        return Stream(self._nodes, source=self.name)

    def _nodes(self, stream: Stream) -> Iterator[DataNode]:
        for place, name in enumerate(NAMES):
            if place == self.after:
                self.meanwhile()
            yield DataNode(name, platform="p", inputs=[f"t{place}"])
        stream.complete = True


def nothing() -> None:
    """Let a source go on undisturbed."""


def edit(ledger: Ledger, text: str) -> None:
    """Change the graph beside the ledger, as a test of what may go wrong."""
    ledger.database.install(text)


def picture(ledger: Ledger) -> tuple[object, ...]:
    """What a normal run leaves, whatever went before."""
    return (
        nodes(ledger, "ModelRef", "key", "present", "owner"),
        edges(ledger, "Port", "FEEDS", "DataNode"),
        {kind: number for kind, number in counts(ledger).items() if kind in {"ModelRef", "FEEDS", "Port", "SEEN_BY", "DataNode"}},
        ledger.verify(deep=True).findings,
    )


@pytest.fixture
def undisturbed(ledger: Ledger) -> tuple[object, ...]:
    """What a run without any disturbance leaves; the graph is empty again."""
    ledger.discover(Interrupted(nothing))
    found = picture(ledger)
    empty(ledger)
    return found


def test_a_second_run_of_a_source_is_refused_while_the_first_is_at_work(ledger: Ledger) -> None:
    refused = []

    def second() -> None:
        with pytest.raises(LeaseError) as error:
            ledger.discover(Source("s", {}), allow_removals=True)
        refused.append(error.value)
        assert ledger.runs()[0].status == "running"

    report = ledger.discover(Interrupted(second))
    assert (report.status, report.added, refused[0].holder) == ("finished", 9, report.holder)
    assert len(ledger.runs()) == 1
    assert ledger.discover(Source("s", {}), allow_removals=True).gone == 9


def test_another_scope_of_the_connector_is_another_source(ledger: Ledger) -> None:
    other = Source("s", {"x": said("y")})
    other.scope = "eu"  # type: ignore[attr-defined]
    other.discover = lambda: Listing([DataNode("x")], source="s", scope="eu")  # type: ignore[method-assign]
    assert ledger.discover(Interrupted(lambda: ledger.discover(other))).status == "finished"


def test_what_was_taken_over_writes_nothing_more(ledger: Ledger, undisturbed: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_module, "BATCH", 2)

    def overtaken() -> None:
        edit(ledger, "MATCH (s:Source {key: 's/default'}) SET s.lease_until = datetime('2020-01-01T00:00:00Z')")
        assert ledger.discover(Source("s", {"n00": (frozenset({"t0"}), None)}), allow_removals=True).status == "finished"

    with pytest.raises(LeaseError, match="taken over"):
        ledger.discover(Interrupted(overtaken))
    assert {key for key, present in nodes(ledger, "ModelRef", "key", "present") if present} == {"p/n00"}
    assert {run.status for run in ledger.runs()} == {"finished", "interrupted"}
    ledger.discover(Interrupted(nothing))
    assert picture(ledger) == undisturbed


def test_a_lease_is_renewed_while_a_source_is_read_for_long(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "SECONDS", 1)

    def long() -> None:
        time.sleep(2.5)
        with pytest.raises(LeaseError):
            ledger.discover(Source("s", {}))

    assert ledger.discover(Interrupted(long)).status == "finished"


KILLED = """
import os, signal, sys
from graph_ledger import DataNode, Ledger
from graph_ledger.discovery import add, lease
from tests.discovery.test_leases import Interrupted
uri, user, password, after = sys.argv[1:]
add.BATCH, lease.SECONDS = 2, 1
with Ledger(uri, auth=(user, password)) as ledger:
    ledger.discover(Interrupted(lambda: os.kill(os.getpid(), signal.SIGKILL), int(after)))
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 5, 8])
def test_a_run_that_was_killed_is_repeated_without_harm(
    ledger: Ledger, undisturbed: tuple[object, ...], address: Address, after: int
) -> None:
    subprocess.run([sys.executable, "-c", KILLED, address[0], *address[1], str(after)], check=False, timeout=60)
    time.sleep(1.1)
    assert [run.status for run in ledger.runs()] == ["interrupted"]
    assert ledger.discover(Interrupted(nothing)).status == "finished"
    assert picture(ledger) == undisturbed
    assert [run.status for run in ledger.runs()] == ["finished", "interrupted"]


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_run_that_loses_the_database_is_repeated_without_harm(
    ledger: Ledger, undisturbed: tuple[object, ...], monkeypatch: pytest.MonkeyPatch, at: int, *, committed: bool
) -> None:
    small_batches(monkeypatch, 4)
    with monkeypatch.context() as broken:
        failing(broken, at, committed=committed)
        with pytest.raises(DatabaseError, match="line broke"):
            ledger.discover(Interrupted(nothing))
    edit(ledger, "MATCH (s:Source) SET s.lease_until = datetime('2020-01-01T00:00:00Z')")  # its time has passed
    ledger.discover(Interrupted(nothing))
    assert picture(ledger) == undisturbed


def test_a_clock_that_was_set_back_leaves_no_lease_without_end(ledger: Ledger, undisturbed: tuple[object, ...]) -> None:
    ledger.discover(Source("s", {"n00": (frozenset({"t0"}), None)}), observed_at="2026-01-01")
    edit(ledger, "MATCH (s:Source) SET s.lease_holder = 'x@y:1', s.lease_until = datetime() + duration('P1D'), s.lease_seconds = 120")
    ledger.discover(Interrupted(nothing))
    assert picture(ledger) == undisturbed


def test_what_was_read_by_a_clock_that_was_set_back_is_folded_in(ledger: Ledger) -> None:
    ledger.discover(Source("s", {"a": said("x"), "b": said("y")}), observed_at="2026-01-03")
    ledger.discover(Source("s", {"a": said("z")}), observed_at="2026-01-02")
    assert {name for name, present in nodes(ledger, "ModelRef", "name", "present") if present} == {"a", "b"}
    ledger.discover(Source("s", {"a": said("x")}), observed_at="2026-01-04")
    assert {name for name, present in nodes(ledger, "ModelRef", "name", "present") if present} == {"a"}
    assert ledger.verify(deep=True).ok


def test_a_run_whose_request_has_had_all_its_time_still_gives_its_lease_back(ledger: Ledger) -> None:
    with pytest.raises(OverBudgetError), deadline(2.0):
        ledger.discover(Interrupted(lambda: time.sleep(2.1)))
    (failed,) = ledger.runs("s/default")
    assert (failed.status, failed.added) == ("failed", 0)
    assert "over budget" in failed.errors[-1].reason
    assert ledger.discover(Interrupted(nothing)).added == len(NAMES)
