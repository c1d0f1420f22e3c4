"""Column lineage of OpenLineage, as flows from columns to columns."""

from typing import Any

import pytest

from graph_ledger import Ledger
from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.connectors.openlineage_reading import nodes_of
from graph_ledger.values.column import ColumnFlow
from tests.connectors.test_openlineage import SAMPLE
from tests.connectors.twice import written

Transformations = list[dict[str, Any]]


def source(field: str, *transformations: dict[str, Any], name: str = "In") -> dict[str, Any]:
    return {"namespace": "pg", "name": name, "field": field, "transformations": list(transformations)}


def told(facet: Any, *, reads: str = "in") -> dict[str, Any]:
    output = {"namespace": "pg", "name": "Out", "facets": {"columnLineage": facet}}
    job, inputs = {"namespace": "etl", "name": "j"}, [{"namespace": "pg", "name": name} for name in reads.split()]
    return {"eventTime": "2026-06-30T12:00:00Z", "job": job, "inputs": inputs, "outputs": [output]}


def flows(facet: Any, **options: Any) -> list[tuple[str, ...]]:
    """Return the flows of the one node: column, from where, how."""
    (node,) = nodes_of([told(facet, **options)]).nodes
    assert all(flow.output == "out" for flow in node.columns)
    return [(flow.output_column, flow.input, flow.input_column, flow.kind, flow.subtype) for flow in node.columns]


def field(*inputs: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {"fields": {"Total": {"inputFields": list(inputs), **said}}}


DIRECT, JOIN = {"type": "DIRECT", "subtype": "AGGREGATION"}, {"type": "INDIRECT", "subtype": "JOIN"}
SAID: dict[str, tuple[Any, list[tuple[str, ...]]]] = {
    "with its transformation": (field(source("Amount", DIRECT)), [("total", "in", "amount", "DIRECT", "AGGREGATION")]),
    "with several": (
        field(source("amount", DIRECT, JOIN)),
        [("total", "in", "amount", "DIRECT", "AGGREGATION"), ("total", "in", "amount", "INDIRECT", "JOIN")],
    ),
    "without any": (field(source("amount")), [("total", "in", "amount", "DIRECT", "")]),
    "as it was said of old": (field(source("amount"), transformationType="IDENTITY"), [("total", "in", "amount", "DIRECT", "IDENTITY")]),
    "masked": (field(source("amount"), transformationType="MASKED"), [("total", "in", "amount", "DIRECT", "TRANSFORMATION")]),
    "of a kind that nobody knows": (field(source("amount", {"type": "MAGIC"})), [("total", "in", "amount", "DIRECT", "")]),
    "of a subtype that nobody knows": (
        field(source("amount", {"type": "INDIRECT", "subtype": "MAGIC"})),
        [("total", "in", "amount", "INDIRECT", "")],
    ),
    "of the whole dataset": (
        {"fields": {}, "dataset": [source("id", JOIN), source("day")]},
        [("*", "in", "day", "INDIRECT", ""), ("*", "in", "id", "INDIRECT", "JOIN")],
    ),
    "the same twice": (field(source("amount", DIRECT), source("AMOUNT", DIRECT)), [("total", "in", "amount", "DIRECT", "AGGREGATION")]),
    "deleted": ({**field(source("amount")), "_deleted": True}, []),
    "none": (None, []),
}


@pytest.mark.parametrize(("facet", "expected"), SAID.values(), ids=SAID)
def test_a_column_comes_from_a_column(facet: Any, expected: list[tuple[str, ...]]) -> None:
    assert flows(facet) == expected


def test_what_a_column_comes_from_is_an_input_also_where_the_event_does_not_say_so() -> None:
    (node,) = nodes_of([told(field(source("x", name="Other")))]).nodes
    assert [port.key for port in node.inputs] == ["in", "other"]


@pytest.mark.parametrize(
    "facet",
    [1, {"fields": [1]}, {"fields": {"total": 1}}, field({"name": "in"}), {"dataset": 1}, {"fields": {"": {"inputFields": [source("x")]}}}],
)
def test_a_facet_that_is_none_costs_its_event_alone(facet: Any) -> None:
    found = nodes_of([told(facet), told(field(source("x")))])
    assert (len(found.errors), len(found.nodes[0].columns)) == (1, 1)


def test_the_ledger_keeps_them_and_a_second_discovery_writes_nothing(ledger: Ledger) -> None:
    connector = openlineage_connector(SAMPLE)
    (node,) = connector.discover()
    orders, daily = "acme-data.shop_stable.orders_v1", "acme-data.shop_derived.orders_daily_v1"
    assert node.columns == (
        ColumnFlow(daily, "*", orders, "customer", "INDIRECT", "GROUP_BY"),
        ColumnFlow(daily, "total", orders, "amount", "DIRECT", "AGGREGATION"),
    )
    assert not ledger.discover(connector).errors
    before = written(ledger)
    assert ledger.discover(connector).skipped == 1
    assert written(ledger) == before
