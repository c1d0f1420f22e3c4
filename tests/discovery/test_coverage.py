"""Coverage: what was read of each source, statement by statement and from run to run."""

from typing import Any

import pytest

from graph_ledger import DataNode, Ledger, ValidationError
from graph_ledger.values.listing import Listing, RowError
from tests.graph import nodes


class Told:
    """A source that says how much of it was understood."""

    name = "jobs"

    def __init__(self, parsed: int, refused: int) -> None:
        self.parsed, self.refused = parsed, refused

    def discover(self) -> Listing:
        """List one node, and say so."""
        lines = [
            {"node": f"n{place}", "file": "f", "statement": 1, "kind": "select", "rendering": "plain", "status": status, "reason": reason}
            for status, reason, count in (("parsed", None, self.parsed), ("refused", "line 1: no SQL", self.refused))
            for place in range(count)
        ]
        errors = [RowError(where="row 7", reason="no name")]
        return Listing(
            [DataNode("a")], source="jobs", errors=errors, coverage={"parsed": self.parsed, "refused": self.refused}, statements=lines
        )


def test_every_statement_of_the_last_reading_and_the_sums_of_all(ledger: Ledger) -> None:
    for day, told in (("2026-01-01", Told(3, 0)), ("2026-01-02", Told(2, 1))):
        ledger.discover(told, observed_at=day)
    (found,) = ledger.coverage()
    assert (found.source, len(found.statements), [each.reason for each in found.unread]) == ("jobs/default", 3, ["line 1: no SQL"])
    assert [(run.coverage["parsed"], run.errors) for run in found.runs] == [(2, 1), (3, 1)]
    assert (found.change("parsed"), found.change("refused"), found.change("nodes")) == (-1, 1, None)
    assert found.errors[0].where == "row 7"
    assert ledger.coverage("jobs", runs=1)[0].change("parsed") is None
    assert ledger.coverage("other") == []
    with pytest.raises(ValidationError, match="runs"):
        ledger.coverage(runs=0)


def test_the_same_statements_are_kept_once(ledger: Ledger) -> None:
    ledger.discover(Told(1, 1), observed_at="2026-01-01")
    ledger.database.install("MATCH (s:Source) SET s.statements = '[]'")  # what is not written again stays so
    ledger.discover(Told(1, 1), observed_at="2026-01-02")
    assert nodes(ledger, "Source", "statements") == {("[]",)}


def test_the_statements_are_those_of_the_newest_reading(ledger: Ledger) -> None:
    ledger.discover(Told(2, 0), observed_at="2026-01-03")
    ledger.discover(Told(0, 1), observed_at="2026-01-01")
    assert [line.status for line in ledger.coverage()[0].statements] == ["parsed", "parsed"]
    ledger.discover(Told(0, 0), observed_at="2026-01-04")
    assert ledger.coverage()[0].statements == ()


def test_the_runs_of_a_source_are_found_by_index(ledger: Ledger) -> None:
    statements: dict[str, dict[str, Any]] = {
        "discovery/coverage": {"source": None, "runs": 3}, "discovery/runs_of": {"source": "jobs", "status": None, "limit": 3},
        "discovery/runs": {"status": None, "limit": 3}, "discovery/runs_named": {"run_id": "ab", "status": None, "limit": 3},
    }  # fmt: skip
    for statement, parameters in statements.items():
        plan = ledger.database.plan(statement, **parameters)
        assert not {"AllNodesScan", "DirectedRelationshipTypeScan"} & set(plan), (statement, plan)
        assert any(step.startswith(("NodeIndex", "NodeUniqueIndex")) for step in plan), (statement, plan)
