"""Column flows as values: names that are compared as ports are, OpenLineage's words alone, a JSON form that loses nothing."""

from typing import Any
from unicodedata import normalize

import pytest

from graph_ledger import ColumnFlow, DataNode, ValidationError

FLOW = ColumnFlow("daily", "total", "orders", "amount", subtype="AGGREGATION")


def test_names_are_folded_as_ports_are() -> None:
    given = ColumnFlow("Daily", "TOTAL", "Orders", "Amount", "DIRECT", "AGGREGATION")
    assert given == FLOW
    assert hash(given) == hash(FLOW)
    accented = ColumnFlow("t", "é", "s", "É")
    assert ColumnFlow("t", normalize("NFD", "é"), "s", normalize("NFD", "É")) == accented


def test_a_flow_and_a_node_come_back_from_json_as_they_were() -> None:
    assert ColumnFlow.model_validate_json(FLOW.model_dump_json()) == FLOW
    node = DataNode("n", inputs=["orders"], outputs=["daily"], columns=[FLOW, {**dict(FLOW), "output_column": "*"}])
    assert DataNode.model_validate_json(node.model_dump_json()) == node
    assert [flow.output_column for flow in node.columns] == ["total", "*"]


def test_nodes_differ_by_their_columns_and_without_any_share_one_empty_tuple() -> None:
    plain = DataNode("n", inputs=["orders"], outputs=["daily"])
    assert plain.columns is DataNode("m", columns=[]).columns
    assert plain != DataNode("n", inputs=["orders"], outputs=["daily"], columns=[FLOW])


@pytest.mark.parametrize(
    ("kind", "subtype"), [("direct", ""), ("DIRECT", "JOIN"), ("INDIRECT", "IDENTITY"), ("INDIRECT", "OTHER"), ("", "")]
)
def test_other_words_than_openlineages_are_refused(kind: str, subtype: str) -> None:
    with pytest.raises(ValidationError, match=r"AGGREGATION.*CONDITIONAL"):
        ColumnFlow("t", "a", "s", "b", kind, subtype)


@pytest.mark.parametrize("name", [" ", "", "a\0", "x" * 1025, 1, None])
def test_a_name_that_cannot_name_anything_is_refused(name: Any) -> None:
    for place in range(4):
        names = ["t", "a", "s", "b"]
        names[place] = name
        with pytest.raises(ValidationError):
            ColumnFlow(*names)


@pytest.mark.parametrize("columns", [FLOW, "daily", {"output": "daily"}, [1], [{"output": "daily"}], [{**dict(FLOW), "more": 1}]])
def test_what_is_no_list_of_flows_is_refused(columns: Any) -> None:
    with pytest.raises(ValidationError):
        DataNode("n", columns=columns)
