"""Dependencies: the direct neighbours and all the evidence."""

from datetime import datetime, timezone

import pytest

from graph_ledger.errors import ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort
from tests.lineage.ask import asked_dependencies, wired


def day(number: int) -> datetime:
    return datetime(2026, 1, number, tzinfo=timezone.utc)


def test_a_row_holds_every_port_that_both_share(ledger: Ledger) -> None:
    ledger.add([DataNode("w", "x", outputs=["T", "u", "v"]), DataNode("r", "x", inputs=["v", "t", "other"])], observed_at=day(1))
    (row,) = asked_dependencies(ledger, "x/r")
    assert (row.model, row.relationship, row.direction, row.source, row.since) == ("x/w", "data_flow", "upstream", ("client",), day(1))
    assert [port.identifier for port in row.ports] == ["t", "v"]
    assert row["model"] == "x/w"


def test_both_sides_upstream_first_by_arrival(ledger: Ledger) -> None:
    ledger.add(wired("ac", "bc", "cd", "ce", "ec", "cc"))
    found = [(row.direction, row.model) for row in asked_dependencies(ledger, "x/c")]
    assert found == [("upstream", "x/a"), ("upstream", "x/b"), ("upstream", "x/e"), ("downstream", "x/d"), ("downstream", "x/e")]
    assert [row.model for row in asked_dependencies(ledger, "x/c", "upstream")] == ["x/a", "x/b", "x/e"]
    assert [row.model for row in asked_dependencies(ledger, "x/c", "downstream")] == ["x/d", "x/e"]


def test_a_port_with_schema_comes_back_with_it(ledger: Ledger) -> None:
    ledger.add(
        [
            DataNode("w", "x", outputs=[DataPort("Scores", model_name="tm-m2o")]),
            DataNode("r", "x", inputs=[DataPort("scores", model_name="TM-%")]),
            DataNode("plain", "x", inputs=["scores"]),
        ]
    )
    (row,) = asked_dependencies(ledger, "x/w")
    (port,) = row.ports
    assert (row.model, port.identifier, port.schema) == ("x/r", "scores", {"model_name": "tm-m2o"})


def test_every_source_that_claims_it_is_named_and_since_is_when_both_halves_held(ledger: Ledger) -> None:
    ledger.add(DataNode("w", "x", outputs=["p"]), source="etl/a", observed_at=day(1))
    ledger.add(DataNode("r", "x", inputs=["p"]), source="ml/b", observed_at=day(3))
    ledger.add(DataNode("r", "x", inputs=["p"]), source="dbt/c", observed_at=day(5))
    (row,) = asked_dependencies(ledger, "x/w")
    assert (row.source, row.since) == (("dbt/c", "etl/a", "ml/b"), day(3))


def test_rows_are_of_the_moment(ledger: Ledger) -> None:
    ledger.add(wired("ab"), observed_at=day(1))
    ledger.add(DataNode("b", "x"), observed_at=day(5))
    assert asked_dependencies(ledger, "x/a") == []
    assert [row.model for row in asked_dependencies(ledger, "x/a", as_of=day(2))] == ["x/b"]
    assert asked_dependencies(ledger, "x/a", as_of="2025-12-31") == []


def test_an_unknown_direction_is_refused_by_naming_the_three(ledger: Ledger) -> None:
    with pytest.raises(ValidationError, match="'both', 'upstream' or 'downstream', not 'up'"):
        asked_dependencies(ledger, "x/a", "up")  # type: ignore[arg-type]


def test_a_declared_dependency_is_a_row_of_its_own_without_ports(ledger: Ledger) -> None:
    ledger.add(wired("ab"), observed_at=day(1))
    ledger.link_dependency("x/a", "x/b", actor="ann", timestamp=day(2))
    ledger.link_dependency("x/a", "x/b", relationship="blessed_by", actor="bob", timestamp=day(3))
    rows = asked_dependencies(ledger, "x/b", "upstream")
    assert [(row.relationship, len(row.ports), row.source, row.since) for row in rows] == [
        ("blessed_by", 0, ("bob",), day(3)),
        ("data_flow", 1, ("client",), day(1)),
        ("depends_on", 0, ("ann",), day(2)),
    ]
