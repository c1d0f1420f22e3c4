"""What was read of columns, as nodes and totals tell it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from graph_ledger.connectors.sql_reading.column_order import Told
from graph_ledger.connectors.sql_reading.columns import Flow
from graph_ledger.errors import ValidationError
from graph_ledger.values.column import ColumnFlow


def node_flows(flows: Iterable[Flow]) -> list[ColumnFlow]:
    """Return flows as a node has them; an input of which one cannot be named has none, so that its table counts as a whole.

    What a query gives that is written nowhere is left out.
    """
    found: dict[str, list[ColumnFlow]] = defaultdict(list)
    refused = set()
    for flow in sorted(flow for flow in flows if flow[0]):
        try:
            found[flow[2]].append(ColumnFlow(*flow))
        except ValidationError:  # noqa: PERF203  # one name that cannot be kept leaves out one input
            refused.add(flow[2])
    return [flow for table, each in found.items() if table not in refused for flow in each]


def met_flows(flows: Collection[Flow], inputs: Collection[str], written: Collection[str]) -> Iterable[Flow]:
    """Yield flows, and for each from a wildcard the same from each table that it meets and that is not read by itself."""
    yield from flows
    for output, output_column, table, column, kind, subtype in flows:
        if table.endswith("*"):
            for each in inputs:
                if each.startswith(table[:-1]) and each not in written:
                    yield output, output_column, each, column, kind, subtype


def column_totals(told: Iterable[Told]) -> dict[str, Any]:
    """Return what is known of columns in all, as more totals of a coverage report.

    >>> column_totals([])
    {'columns': {'nodes': 0, 'named': 0, 'inputs': 0, 'known': 0, 'flows': 0}}
    """
    nodes = list(told)
    return {
        "columns": {
            "nodes": len(nodes),
            "named": sum(each.names is not None for each in nodes),
            "inputs": sum(len(each.inputs) for each in nodes),
            "known": sum(len(each.known) for each in nodes),
            "flows": sum(len(each.flows) for each in nodes),
        }
    }
