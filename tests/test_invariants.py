"""What the pinned behaviours of model-ledger's tests come to here, one test each, where no room's own test has it."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import DataNode, DataPort, Ledger, ModelNotFoundError
from graph_ledger.connectors.sql import sql_connector
from graph_ledger.connectors.sql_reading import read_sql
from graph_ledger.values.model import STATUSES
from tests.graph import empty

IDENTITY: dict[str, Any] = {"owner": "risk", "model_type": "ml_model", "tier": "high", "purpose": "Cards"}

PORTS = {
    "1 identifiers ignore case": (DataPort("APP.T"), DataPort("app.t"), True),
    "2 schema never meets none": (DataPort("t", model_name="a"), DataPort("t"), False),
    "2 the same value meets": (DataPort("t", model_name="a"), DataPort("T", model_name="A"), True),
    "2 another value does not": (DataPort("t", model_name="a"), DataPort("t", model_name="b"), False),
    "3 a pattern meets": (DataPort("t", model_name="tm-%"), DataPort("t", model_name="tm-m2o"), True),
    "3 a pattern meets its like alone": (DataPort("t", model_name="tm-%"), DataPort("t", model_name="uup-gambling"), False),
    "4 any key discriminates": (DataPort("q", kind="alert_queue"), DataPort("q", kind="alert_queue"), True),
    "4 and alone does not meet": (DataPort("q", kind="alert_queue"), DataPort("q"), False),
}


@pytest.mark.parametrize(("one", "other", "meet"), PORTS.values(), ids=PORTS)
def test_ports_meet_on_both_sides_alike_and_in_the_graph(one: DataPort, other: DataPort, meet: bool, ledger: Ledger) -> None:
    assert (one == other) is (other == one) is meet
    for output, read in ((one, other), (other, one)):
        ledger.add([DataNode("w", platform="p", outputs=[output]), DataNode("r", platform="p", inputs=[read])])
        assert ledger.upstream("p/r") == (["w"] if meet else [])
        empty(ledger)


def test_1_an_identifier_reads_back_lower_case() -> None:
    assert DataPort("APP.T").identifier == "app.t"


def test_6_registering_twice_is_one_event_with_usual_words(ledger: Ledger) -> None:
    first, second = ledger.register(name="m", **IDENTITY), ledger.register(name="m", **IDENTITY)
    assert (first.model_hash, first.model_origin, first.metadata) == (second.model_hash, "internal", {})
    assert [event.event_type for event in ledger.history("m")] == ["registered"]


def test_7_metadata_comes_back_as_it_was_given(ledger: Ledger) -> None:
    ledger.register(name="m", metadata={"version": "2.0"}, **IDENTITY)
    assert ledger.get("m").metadata == {"version": "2.0"}


@pytest.mark.parametrize("verb", ["get", "trace", "upstream", "downstream", "dependencies", "impact", "history", "latest"])
def test_8_a_name_that_never_was_is_refused_by_every_verb(verb: str, ledger: Ledger) -> None:
    with pytest.raises(ModelNotFoundError):
        getattr(ledger, verb)("nope")


def test_9_a_model_is_recorded_by_name_or_reference_and_read_newest_first(ledger: Ledger) -> None:
    ref = ledger.register(name="m", timestamp="2025-12-31", **IDENTITY)
    ledger.record("m", event="second", actor="a", timestamp="2026-01-02")
    ledger.record(ref, event="first", actor="a", timestamp="2026-01-01")
    assert [event.event_type for event in ledger.history("m")] == ["second", "first", "registered"]
    newest = ledger.latest(ref)
    assert newest is not None
    assert newest.event_type == "second"


def test_11_a_declared_dependency_is_two_events_and_one_row(ledger: Ledger) -> None:
    for name in ("feature-a", "fraud-model"):
        ledger.register(name=name, **IDENTITY)
    ledger.link_dependency("feature-a", "fraud-model", relationship="consumes", actor="me")
    for name, kind in (("feature-a", "has_dependent"), ("fraud-model", "depends_on")):
        assert [event.payload["relationship"] for event in ledger.history(name, event_type=kind)] == ["consumes"]
    (row,) = ledger.dependencies("fraud-model", "upstream")
    assert (row["relationship"], row["direction"]) == ("consumes", "upstream")


def test_12_both_sides_are_a_row_each(ledger: Ledger) -> None:
    for name in ("a", "m", "z"):
        ledger.register(name=name, **IDENTITY)
    ledger.link_dependency("a", "m", actor="me")
    ledger.link_dependency("m", "z", actor="me")
    assert [(row.model, row.direction) for row in ledger.dependencies("m", "both")] == [("/a", "upstream"), ("/z", "downstream")]


def test_13_14_the_same_again_is_skipped_and_another_port_is_added(ledger: Ledger) -> None:
    node = DataNode("m", platform="p", outputs=["t"])
    assert [(done["added"], done["skipped"]) for done in (ledger.add(node), ledger.add(node))] == [(1, 0), (0, 1)]
    assert (len(ledger.list()), len(ledger.history("m", event_type="discovered"))) == (1, 1)
    assert ledger.add(DataNode("m", platform="p", outputs=["u"])).added == 1
    assert ledger.add(DataNode("m", platform="p", outputs=["u"], metadata={"source_updated_at": "2026-04-01"})).skipped == 1


def test_15_when_it_changed_and_when_that_was_noticed_are_in_the_event(ledger: Ledger) -> None:
    ledger.add([DataNode("m", metadata={"source_updated_at": "2026-04-01T12:00:00"}), DataNode("n")])
    dated, plain = (ledger.history(name, event_type="discovered")[0].payload for name in ("m", "n"))
    assert dated["change_occurred"] == "2026-04-01T12:00:00"
    assert "change_occurred" not in plain
    assert "change_detected" in dated
    assert "change_detected" in plain


def test_16_last_seen_never_goes_back(ledger: Ledger) -> None:
    times = []
    for _ in range(3):
        ledger.add(DataNode("m"))
        times.append(ledger.get("m").last_seen)
    assert None not in times
    assert times == sorted(times, key=str)


STATUS: Mapping[str, tuple[list[str | None], str]] = {
    "stored on the first add": (["deprecated"], "deprecated"),
    "absent is no opinion": (["deprecated", None], "deprecated"),
    "an unknown word is none": (["deprecated", "not-a-status"], "deprecated"),
    "case does not count": (["DEPRECATED"], "deprecated"),
    "a flip counts": (["active", "retired"], "retired"),
    "nobody said": ([None], "active"),
}


@pytest.mark.parametrize(("said", "status"), STATUS.values(), ids=STATUS)
def test_17_the_status_that_a_source_says(said: list[str | None], status: str, ledger: Ledger) -> None:
    for number, word in enumerate(said):
        metadata: dict[str, Any] = {"n": number} | ({} if word is None else {"status": word})
        assert ledger.add(DataNode("m", platform="p", metadata=metadata)).added == 1
    assert ledger.get("m").status == status


@given(said=st.lists(st.sampled_from([*STATUSES, "Retired", "not-a-status", None]), max_size=6))
def test_18_the_status_is_the_last_valid_one_that_was_discovered(said: list[str | None], opened: Ledger) -> None:
    empty(opened)
    opened.add(DataNode("m"))
    for word in said:
        opened.add(DataNode("m", metadata={} if word is None else {"status": word}))
    valid = [word.lower() for word in said if word is not None and word.lower() in STATUSES]
    assert opened.get("m").status == (valid[-1] if valid else "active")


def test_19_a_pair_is_counted_once_and_no_node_meets_itself(ledger: Ledger) -> None:
    ledger.add([DataNode("writer", outputs=["t"]), DataNode("reader", inputs=["t"])])
    assert ledger.connect() == {"links_created": 1, "links_skipped": 0}
    assert ledger.connect() == {"links_created": 0, "links_skipped": 1}
    ledger.add([DataNode("own", inputs=["s"], outputs=["s"]), DataNode("x", outputs=["x"]), DataNode("y", inputs=["y"])])
    assert ledger.connect()["links_created"] == 0
    assert ledger.downstream("own") == ledger.upstream("y") == []


def test_20_a_chain_an_isolated_node_and_a_root(ledger: Ledger) -> None:
    ledger.add([
        DataNode("alert", inputs=["scores"]), DataNode("score", inputs=["segments"], outputs=["scores"]),
        DataNode("seg", outputs=["segments"]), DataNode("alone"),
    ])  # fmt: skip
    assert (ledger.trace("alert"), ledger.trace("alone"), ledger.upstream("seg")) == (["seg", "score", "alert"], ["alone"], [])


WRITES = {
    "insert": ("INSERT INTO s.o SELECT * FROM s.i", ["s.i"], ["s.o"]),
    "create": ("CREATE OR REPLACE TABLE s.t AS SELECT * FROM s.i", ["s.i"], ["s.t"]),
    "merge": ("MERGE INTO s.t USING s.i ON s.t.a = s.i.a WHEN MATCHED THEN DELETE", ["s.i"], ["s.t"]),
    "a table read twice": ("SELECT * FROM s.i JOIN s.i AS again USING (a)", ["s.i"], []),
    "nothing": ("", [], []),
}


@pytest.mark.parametrize(("text", "inputs", "outputs"), WRITES.values(), ids=WRITES)
def test_37_what_a_statement_reads_and_writes(text: str, inputs: list[str], outputs: list[str]) -> None:
    found = read_sql(text)
    assert sorted({name for each in found for name in each.inputs} - set(outputs)) == inputs
    assert sorted({name for each in found for name in each.outputs}) == outputs


class Rows:
    """A connection that answers with these rows."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = rows

    def execute(self, query: str) -> tuple[dict[str, Any], ...]:
        return self.rows


CONNECTED: Mapping[str, tuple[dict[str, Any], dict[str, Any], DataNode]] = {
    "prefix": ({"n": "a"}, {"name_prefix": "queue:"}, DataNode("queue:a", "src", metadata={"node_type": "src"})),
    "fallback column": (
        {"n": "a", "out": None, "other": "o"},
        {"output_port": {"column": "out", "fallback": "other", "kind": "alert_queue"}},
        DataNode("a", "src", outputs=[DataPort("o", kind="alert_queue")], metadata={"node_type": "src"}),
    ),
    "explicit metadata excludes others": (
        {"n": "a", "kept": 1, "left": 2},
        {"metadata_columns": ["kept"]},
        DataNode("a", "src", metadata={"node_type": "src", "kept": 1}),
    ),
    "a shared table that is read": (
        {"n": "a", "sql": "SELECT * FROM lake.scores WHERE model_name = 'fraud_v3'"},
        {"sql_column": "sql", "metadata_columns": []},
        DataNode("a", "src", inputs=[DataPort("lake.scores", model_name="fraud_v3")], metadata={"node_type": "src"}),
    ),
    "a shared table that is written, told by the row": (
        {"n": "a", "sql": "INSERT INTO lake.alerts SELECT * FROM lake.raw", "model": "tm_checks"},
        {
            "sql_column": "sql", "metadata_columns": [],
            "shared_table_fallback": {"source_column": "model", "strip_prefix": "tm_"},
        },
        DataNode("a", "src", ["lake.raw"], [DataPort("lake.alerts", model_name="checks")], {"node_type": "src"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "options", "expected"), CONNECTED.values(), ids=CONNECTED)
def test_38_what_a_row_becomes(row: dict[str, Any], options: dict[str, Any], expected: DataNode) -> None:
    (found,) = sql_connector("src", Rows(row), "SELECT", "n", **options).discover()
    assert (found.name, found.platform, found.metadata) == (expected.name, expected.platform, expected.metadata)
    for side in ("inputs", "outputs"):
        assert [port.key for port in getattr(found, side)] == [port.key for port in getattr(expected, side)]
