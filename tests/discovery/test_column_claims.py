"""How columns come about is claimed as ports are: from when to when, learnt when, by whom; and costs nothing where nobody tells."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import ColumnFlow, DataNode, DataPort, Ledger
from graph_ledger.database.database import Transaction
from graph_ledger.discovery.content import content_of
from graph_ledger.values.column_text import read_lines
from graph_ledger.values.listing import Listing
from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.node import PortLike
from tests.graph import counts, edges, empty

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
FLOWS = """
MATCH (node:ModelRef)-[claim:DERIVES|DERIVED]->(port:Port)
WHERE claim.valid_from <= $as_of AND $as_of < claim.valid_to AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
RETURN node.name, claim.source, port.key, claim.flows
"""
DAILY = ColumnFlow("daily", "total", "orders", "amount", subtype="AGGREGATION")


def table(*columns: ColumnFlow, **more: Any) -> DataNode:
    return DataNode("daily", platform="p", inputs=["orders"], outputs=["daily"], columns=columns, **more)


def flows_at(ledger: Ledger, as_of: datetime, known_at: datetime | None = None) -> set[tuple[Any, ...]]:
    """Every flow that is claimed at a time: node, source, port and what a line says."""
    known = known_at or from_microseconds(ledger.database.read("database/clock")["now"])
    rows = ledger.database.table(FLOWS, as_of=as_of, known_at=known)[1]
    return {(name, source, port, *each) for name, source, port, lines in rows for each in read_lines(lines)}


def test_the_columns_of_a_node_stand_beside_its_outputs(ledger: Ledger) -> None:
    ledger.add(table(DAILY, ColumnFlow("daily", "*", "orders", "status", "INDIRECT", "FILTER")))
    assert edges(ledger, "DataNode", "DERIVES", "Port") == {("p/daily", "daily")}
    lines = ledger.database.table("MATCH ()-[derives:DERIVES]->() RETURN derives.flows")[1]
    assert lines == [[["orders DIRECT/AGGREGATION: total<-amount", "orders INDIRECT/FILTER: *<-status"]]]
    assert ledger.history("p/daily")[0].payload["column_flows"] == {"daily": lines[0][0]}


def test_the_same_columns_in_any_order_write_nothing(ledger: Ledger) -> None:
    other = ColumnFlow("daily", "day", "orders", "day")
    ledger.add(table(DAILY, other))
    before = counts(ledger)
    assert ledger.add(table(other, DAILY, DAILY)).skipped == 1
    assert counts(ledger) == before


def test_columns_that_change_or_go_are_closed_and_the_port_is_not(ledger: Ledger) -> None:
    ledger.add(table(DAILY), observed_at=START)
    ledger.add(table(ColumnFlow("daily", "total", "orders", "net")), observed_at=START + timedelta(days=2))
    ledger.add(table(), observed_at=START + timedelta(days=4))
    assert [{flow[5] for flow in flows_at(ledger, START + timedelta(days=day))} for day in (1, 3, 5)] == [{"amount"}, {"net"}, set()]
    assert counts(ledger)["FEEDS"] == 2
    assert "FED" not in counts(ledger)
    assert ledger.verify(deep=True).ok


def test_what_a_complete_listing_no_longer_names_has_no_columns_any_more(ledger: Ledger) -> None:
    class Source:
        name = "s"

        def __init__(self, *nodes: DataNode) -> None:
            self.nodes = nodes

        def discover(self) -> Listing:
            return Listing(self.nodes, source=self.name, complete=True)

    ledger.discover(Source(table(DAILY)), observed_at=START)
    ledger.discover(Source(), observed_at=START + timedelta(days=1), allow_removals=True)
    assert flows_at(ledger, START)
    assert not flows_at(ledger, START + timedelta(days=1))
    assert ledger.verify(deep=True).ok


def test_each_port_of_an_identifier_has_the_columns_told_of_it(ledger: Ledger) -> None:
    outputs: list[PortLike] = [DataPort("q", kind="a"), DataPort("q", kind="b"), "other"]
    ledger.add(DataNode("n", platform="p", inputs=["i"], outputs=outputs, columns=[ColumnFlow("q", "c", "i", "d")]))
    assert {port for _, port in edges(ledger, "DataNode", "DERIVES", "Port")} == {DataPort.of(each).key for each in outputs[:2]}


def test_columns_of_a_port_that_the_node_has_not_refuse_that_node_alone(ledger: Ledger) -> None:
    strange = [ColumnFlow("other", "c", "orders", "d"), ColumnFlow("daily", "c", "daily", "d")]
    result = ledger.add(
        [table(DAILY), *(DataNode(f"bad{i}", inputs=["orders"], outputs=["daily"], columns=[f]) for i, f in enumerate(strange))]
    )
    assert result.added == 1
    assert ["no output" in error.reason or "no input" in error.reason for error in result.errors] == [True, True]


def test_metadata_of_that_name_stays_metadata(ledger: Ledger) -> None:
    ledger.add([table(DAILY, metadata={"column_flows": "mine"}), DataNode("plain", platform="p", metadata={"column_flows": ["x"]})])
    assert ledger.get("p/daily").metadata == {"column_flows": "mine"}
    assert ledger.get("p/plain").metadata == {"column_flows": ["x"]}
    assert ledger.verify(deep=True).ok


def test_where_nobody_tells_of_columns_nothing_costs_more(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hashes are those of the ledgers before columns were known, and no statement is for them."""
    plain = DataNode("a", platform="p", inputs=["t"], outputs=["u"], metadata={"owner": "o"})
    assert content_of(plain, 0, "").content_hash == "bc77e89241a2c38d04c3035e3784a69f"
    run: Callable[..., Any] = Transaction.run
    asked = []

    def counted(self: Transaction, name: str, /, **parameters: Any) -> Any:
        asked.append(name)
        return run(self, name, **parameters)

    monkeypatch.setattr(Transaction, "run", counted)
    ledger.add(plain)
    ledger.add(DataNode("a", platform="p", inputs=["v"], outputs=["u"]))
    assert not [name for name in asked if "deriv" in name]
    assert "DERIVES" not in counts(ledger)
    keys = ledger.database.table("MATCH ()-[feeds:FEEDS]->(:Port {key: 'u'}) RETURN feeds.edge_key")[1]
    assert keys == [["1ebd579e24ba717d11a7e47fa50db488"]]


LINE = st.tuples(st.sampled_from("xy"), st.sampled_from("ab"), st.sampled_from(["DIRECT", "INDIRECT"]))
SAID = st.one_of(st.none(), st.frozensets(LINE, max_size=2))
LOADS = st.lists(st.tuples(st.sampled_from("st"), st.integers(0, 4), SAID), min_size=2, max_size=7)
Load = tuple[str, int, frozenset[tuple[str, str, str]] | None]


@settings(max_examples=25)
@given(loads=LOADS)
def test_what_columns_were_when_is_a_replay_whatever_came_late(ledger: Ledger, loads: list[Load]) -> None:
    """A source says of a node, at some day, its columns; of two of one day the later one counts, and it holds until the next."""
    empty(ledger)
    learnt, said = [], dict[str, dict[int, frozenset[tuple[str, str, str]]]]()
    for source, day, flows in loads:
        columns = [ColumnFlow("o", to, "i", of, kind) for to, of, kind in flows or ()]
        outputs = ["o"] if flows is not None else ["elsewhere"]
        ledger.add(
            DataNode("n", platform="p", inputs=["i"], outputs=outputs, columns=columns),
            source=source,
            observed_at=START + timedelta(days=day),
        )
        said.setdefault(source, {})[day] = flows or frozenset()
        now = from_microseconds(ledger.database.read("database/clock")["now"])
        learnt.append((now, {name: dict(days) for name, days in said.items()}))
    for known_at, known in learnt:
        for day in range(6):
            expected = set()
            for source, days in known.items():
                before = [each for each in days if each <= day]
                expected |= {("n", source, "o", to, "i", of, kind, "") for to, of, kind in days[max(before)]} if before else set()
            assert flows_at(ledger, START + timedelta(days=day), known_at) == expected, (day, known_at)
    assert ledger.verify(deep=True).ok


EDITS = {
    "MATCH ()-[d:DERIVES]->() DELETE d": {"DERIVES"},
    "MATCH ()-[d:DERIVES]->() SET d.flows = ['orders DIRECT: total<-other']": {"DERIVES"},
    "MATCH ()-[d:DERIVES]->() SET d.flows = []": {"DERIVES"},
    "MATCH ()-[d:DERIVES]->() REMOVE d.flows": {"DERIVES"},
    "MATCH ()-[d:DERIVES]->() SET d.source = 'you'": {"DERIVES"},
    "MATCH ()-[d:DERIVES]->() SET d.edge_key = 'x'": {"DERIVES"},
    "MATCH ()-[d:DERIVES]->() SET d.valid_to = datetime('2026-06-01')": {"DERIVES", "DERIVED"},
    "MATCH ()-[d:DERIVED]->() WHERE d.recorded_to > datetime('9000-01-01') SET d.valid_to = datetime('2026-06-01')": {"DERIVED"},
    "MATCH ()-[d:DERIVED]->() WHERE d.recorded_to > datetime('9000-01-01') DELETE d": {"DERIVED"},
    "MATCH (n)-[d:DERIVES]->(p) CREATE (p)-[:DERIVES]->(n)": {"DERIVES", "DERIVED"},
    "MATCH (n)-[d:DERIVES]->(p) CREATE (n)-[t:DERIVED]->(p) SET t = properties(d)": {"DERIVED", "DERIVES"},
}


@pytest.mark.parametrize("edit", EDITS)
def test_columns_that_were_edited_by_hand_are_reported(ledger: Ledger, edit: str) -> None:
    ledger.add(table(DAILY), observed_at="2026-01-01")
    ledger.add(table(ColumnFlow("daily", "total", "orders", "net")), observed_at="2026-02-01")
    assert ledger.verify(deep=True).ok
    with ledger.database.driver.session(database="neo4j") as session:
        assert session.run(f"{edit}").consume().counters.contains_updates
    findings = ledger.verify(deep=True).findings
    assert {(finding.kind, finding.model) for finding in findings} == {("drifted", "p/daily")}
    assert {finding.field for finding in findings} == EDITS[edit]
