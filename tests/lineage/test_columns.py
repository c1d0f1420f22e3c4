"""Columns are followed to any depth; where nobody tells how they come about the table counts as a whole, and the answer says so."""

from typing import Any

import pytest

from graph_ledger import ColumnFlow, DataNode, DataPort, Ledger, ValidationError
from graph_ledger.values.lineage import ColumnNode, Impact, ImpactNode
from graph_ledger.values.path import ColumnStep, Path
from tests.lineage.test_plans import TIMES


def flow(text: str) -> ColumnFlow:
    """``daily.total<-orders.amount`` flows; with ``<~`` it only decides."""
    kind = "DIRECT" if "<-" in text else "INDIRECT"
    to, of = text.replace("<~", "<-").split("<-")
    (output, output_column), (source, column) = to.split("."), of.split(".")
    return ColumnFlow(output, output_column, source, column, kind)


def node(name: str, inputs: str = "", outputs: str = "", columns: str = "", **more: Any) -> DataNode:
    return DataNode(name, "p", inputs.split(), outputs.split(), columns=[flow(each) for each in columns.split()], **more)


SHOP = [
    node("shop", outputs="orders"),
    node("daily", "orders", "daily", "daily.total<-orders.amount daily.day<-orders.day daily.*<~orders.status"),
    node("report", "daily", "report", "report.sum<-daily.total"),
    node("calendar", "daily", "calendar", "calendar.day<-daily.day"),
    node("dashboard", "report calendar"),
    node("copy", "orders", "copy"),
]


def told(found: Impact) -> dict[str, tuple[Any, ...]]:
    assert all(isinstance(each, ColumnNode) for each in found.nodes)
    return {each.name: (each.depth, each.precision, each.columns, each.kind) for each in found.nodes if isinstance(each, ColumnNode)}


def way(found: Path) -> list[tuple[Any, ...]]:
    return [(step.column, step.kind, step.precision) for step in found.steps if isinstance(step, ColumnStep)]


def test_a_column_reaches_what_is_made_from_it_and_nothing_else(ledger: Ledger) -> None:
    ledger.add(SHOP)
    found = ledger.impact("shop", column="AMOUNT")
    assert told(found) == {
        "daily": (1, "column", ("total",), "DIRECT"),
        "report": (2, "column", ("sum",), "DIRECT"),
        "dashboard": (3, "table", (), None),
        "copy": (1, "table", ("*",), None),
    }
    assert (found.column, found.fallbacks, found.complete) == ("amount", ("p/copy", "p/dashboard"), True)
    assert [each.name for each in found.nodes] == ["copy", "daily", "report", "dashboard"]


def test_a_filter_touches_every_column_and_only_decides(ledger: Ledger) -> None:
    ledger.add(SHOP)
    found = told(ledger.impact("shop", column="status"))
    assert found["daily"] == (1, "column", ("*",), "INDIRECT")
    assert found["calendar"] == (2, "column", ("day",), "INDIRECT")


def test_without_a_column_nothing_is_said_of_columns(ledger: Ledger) -> None:
    ledger.add(SHOP)
    found = ledger.impact("shop")
    assert {type(each) for each in found.nodes} == {ImpactNode}
    assert Impact.model_validate_json(found.model_dump_json()) == found
    by_column = ledger.impact("shop", column="day")
    assert Impact.model_validate_json(by_column.model_dump_json()) == by_column
    assert (found.column, found.fallbacks) == (None, ())
    assert "precision" not in found._repr_html_()
    assert "precision" in by_column._repr_html_()


def test_upstream_are_the_columns_that_one_is_made_from(ledger: Ledger) -> None:
    ledger.add(SHOP)
    found = ledger.impact("report", column="sum", direction="upstream")
    assert told(found) == {"daily": (1, "column", ("total",), "DIRECT"), "shop": (2, "column", ("amount", "status"), "DIRECT")}
    assert told(ledger.impact("copy", column="anything", direction="upstream")) == {"shop": (1, "table", ("*",), None)}
    assert ledger.impact("dashboard", column="anything", direction="upstream").fallbacks == ("p/dashboard",)


def test_a_column_that_is_none_of_the_known_ones_is_refused_with_what_nearly_fits(ledger: Ledger) -> None:
    ledger.add(SHOP)
    with pytest.raises(ValidationError, match=r"did you mean amount\? Known are amount, day, status"):
        ledger.impact("shop", column="amout")
    with pytest.raises(ValidationError, match="no column 'amout'"):
        ledger.path("shop", "report", column="amout")


def test_a_column_that_nobody_names_may_still_be_there_where_only_readers_tell(ledger: Ledger) -> None:
    ledger.add(SHOP)
    found = ledger.impact("shop", column="discount")
    assert told(found) == {"copy": (1, "table", ("*",), None)}
    assert found.fallbacks == ("p/copy", "p/shop")
    with pytest.raises(ValidationError, match="Known are day, total"):
        ledger.impact("daily", column="discount")


def test_where_no_column_of_a_model_is_known_it_counts_as_a_whole_and_the_answer_says_so(ledger: Ledger) -> None:
    ledger.add([node("raw", outputs="t"), node("next", "t", "u"), node("last", "u", "v", "v.a<-u.b v.c<-u.d")])
    found = ledger.impact("raw", column="whatever")
    assert told(found) == {"next": (1, "table", ("*",), None), "last": (2, "table", ("a", "c"), None)}
    assert found.fallbacks == ("p/next", "p/raw")


def test_an_output_of_which_nobody_tells_anything_counts_as_a_whole(ledger: Ledger) -> None:
    ledger.add([node("raw", outputs="t"), node("both", "t", "u w", "u.a<-t.b"), node("reads", "w"), node("other", "u", "x", "x.a<-u.a")])
    found = ledger.impact("raw", column="b")
    assert told(found) == {
        "both": (1, "table", ("*", "a"), "DIRECT"),
        "other": (2, "column", ("a",), "DIRECT"),
        "reads": (2, "table", (), None),
    }


def test_what_a_person_declared_depends_on_the_node_as_a_whole_if_the_column_touches_it(ledger: Ledger) -> None:
    ledger.add([node("raw", outputs="t"), node("made", "t", "u", "u.a<-t.b"), node("blind", "t", "w", "w.a<-t.c"), node("who")])
    ledger.link_dependency("made", "who", actor="me")
    ledger.link_dependency("blind", "who", actor="me")
    assert told(ledger.impact("raw", column="b")) == {"made": (1, "table", ("*", "a"), "DIRECT"), "who": (2, "table", (), None)}
    assert set(told(ledger.impact("who", column="x", direction="upstream"))) == {"made", "blind", "raw"}


def test_a_column_passes_through_a_pattern(ledger: Ledger) -> None:
    queue, any_queue = DataPort("q", kind="a"), DataPort("q", kind="%")
    ledger.add([
        DataNode("w", "p", ["t"], [queue], columns=[flow("q.c<-t.d")]),
        DataNode("r", "p", [any_queue], ["u"], columns=[flow("u.e<-q.c")]),
        DataNode("pw", "p", ["t"], [any_queue], columns=[flow("q.c<-t.d")]),
        DataNode("pr", "p", [queue], ["v"], columns=[flow("v.e<-q.c")]),
        DataNode("raw", "p", outputs=["t"]),
    ])  # fmt: skip
    found = told(ledger.impact("raw", column="d"))
    assert {name: each[:2] for name, each in found.items()} == {
        "w": (1, "column"), "pw": (1, "column"), "r": (2, "column"), "pr": (2, "column"),
    }  # fmt: skip


def test_a_group_begins_at_the_columns_of_its_members(ledger: Ledger) -> None:
    ledger.add(SHOP)
    about: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": "", "actor": "me"}
    ledger.register_group(name="g", members=["shop", "daily"], **about)
    assert set(told(ledger.impact("g", column="day"))) == {"calendar", "copy", "dashboard"}
    up = ledger.impact("g", column="day", direction="upstream")
    assert {each.name: (each.depth, each.columns) for each in up.nodes if isinstance(each, ColumnNode)} == {
        "daily": (0, ("day",)),
        "shop": (0, ("day", "status")),
    }


def test_the_way_of_a_column_is_the_surest(ledger: Ledger) -> None:
    ledger.add([*SHOP, node("short", "copy report", "end", "end.x<-report.sum")])
    found = ledger.path("shop", "short", column="amount")
    assert [(step.port, *way(found)[place], step.to_key) for place, step in enumerate(found.steps)] == [
        ("orders", "amount", "DIRECT", "column", "p/daily"),
        ("daily", "total", "DIRECT", "column", "p/report"),
        ("report", "sum", "DIRECT", "column", "p/short"),
    ]
    assert "daily total" in found.to_mermaid()
    guessed = ledger.path("shop", "dashboard", column="day")
    assert way(guessed)[-1] == ("day", None, "table")
    assert not ledger.path("report", "calendar", column="sum").exists
    assert ledger.path("shop", "shop", column="day").exists
    assert not way(ledger.path("shop", "short"))
    assert Path.model_validate_json(found.model_dump_json()) == found


def test_depth_and_limit_cut_and_say_where_to_go_on(ledger: Ledger) -> None:
    ledger.add(SHOP)
    near = ledger.impact("shop", column="amount", depth=1)
    assert (set(told(near)), near.complete, near.reason, near.frontier) == ({"copy", "daily"}, False, "depth", ("p/daily",))
    assert ledger.impact("shop", column="amount", depth=3).complete
    few = ledger.impact("shop", column="amount", limit=2)
    assert ([each.name for each in few.nodes], few.reason, few.frontier) == (["copy", "daily"], "limit", ("p/daily",))
    assert ledger.impact("shop", column="amount", limit=4).complete


def test_a_cycle_ends(ledger: Ledger) -> None:
    ledger.add([node("a", "z", "x", "x.one<-z.one x.two<-z.one"), node("b", "x", "y", "y.one<-x.one"), node("c", "y", "z", "z.one<-y.one")])
    assert told(ledger.impact("a", column="one")) == {"b": (1, "column", ("one",), "DIRECT"), "c": (2, "column", ("one",), "DIRECT")}
    ledger.add(node("self", "s", "s", "s.b<-s.a s.c<-s.b"))
    ledger.add(node("reader", "s", "t", "t.x<-s.c"))
    assert {name: each[0] for name, each in told(ledger.impact("self", column="a")).items()} == {"reader": 3}


def test_as_of_a_date_and_as_it_was_known_columns_are_those_of_that_moment(ledger: Ledger) -> None:
    ledger.add([node("raw", outputs="t"), node("n", "t", "u", "u.a<-t.x")], observed_at="2026-01-01")
    ledger.add(node("n", "t", "u", "u.b<-t.x"), observed_at="2026-02-01")
    assert told(ledger.impact("raw", column="x"))["n"][2] == ("b",)
    assert told(ledger.impact("raw", column="x", as_of="2026-01-10"))["n"][2] == ("a",)
    early = ledger.impact("raw", column="x", as_of="2025-01-01")
    assert (early.nodes, early.reason, early.fallbacks) == ((), "not_yet", ())


def test_a_chain_of_five_thousand_columns_is_answered(ledger: Ledger) -> None:
    ledger.add(
        DataNode(f"n{i}", "p", [f"t{i}"], [f"t{i + 1}"], columns=[ColumnFlow(f"t{i + 1}", f"c{i + 1}", f"t{i}", f"c{i}")])
        for i in range(5_000)
    )
    found = ledger.impact("n0", column="c1")
    assert (len(found), found.nodes[-1].depth, {each[1] for each in told(found).values()}) == (4_999, 4_999, {"column"})
    assert len(ledger.path("n0", "n4999", column="c1").steps) == 4_999
    assert len(ledger.impact("n4999", column="c5000", direction="upstream")) == 4_999


def test_what_is_told_of_columns_is_read_from_an_index(ledger: Ledger) -> None:
    plan = ledger.database.plan("lineage/columns", keys=["a"], **TIMES)
    assert "NodeUniqueIndexSeek" in plan
    assert not [step for step in plan if "Scan" in step or "Cartesian" in step or step.startswith("VarLength")]
