"""The OpenLineage connector: events in any order are one node a job."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.connectors.openlineage_reading import nodes_of
from graph_ledger.connectors.registry import make_connector
from graph_ledger.connectors.testing import check_connector
from graph_ledger.connectors.warehouse import WarehouseConnector
from graph_ledger.errors import ValidationError
from tests.connectors.twice import written

SAMPLE = Path(__file__).parent / "sample_openlineage" / "events.jsonl"
WAREHOUSE = Path(__file__).parent / "sample_warehouse" / "2025-12-31"
EVENTS = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


def dataset(name: str, namespace: str = "pg", **facets: Any) -> dict[str, Any]:
    return {"namespace": namespace, "name": name, "facets": facets}


def event(kind: str, minute: int, run: str = "r1", *, job: str = "j", reads: str = "", writes: str = "", **facets: Any) -> dict[str, Any]:
    return {
        "eventType": kind,
        "eventTime": f"2026-06-30T12:{minute:02}:00Z",
        "run": {"runId": run},
        "job": {"namespace": "etl", "name": job, "facets": facets},
        "inputs": [dataset(name) for name in reads.split()],
        "outputs": [dataset(name) for name in writes.split()],
    }


def one(*events: Any, **options: Any) -> DataNode:
    found = nodes_of(events, **options)
    assert not found.errors
    (node,) = found.nodes
    return node


def ports(node: DataNode) -> tuple[list[str], list[str]]:
    return [port.key for port in node.inputs], [port.key for port in node.outputs]


def test_a_job_is_a_node_with_what_its_run_named_in_all_its_events() -> None:
    node = one(*EVENTS)
    assert (node.name, node.platform) == ("etl/daily_orders", "openlineage")
    assert ports(node) == (["acme-data.shop_stable.orders_v1"], ["acme-data.shop_derived.orders_daily_v1"])


def test_facets_become_metadata_in_the_ledgers_words() -> None:
    assert one(*EVENTS).metadata == {
        "owner": "team:orders",
        "purpose": "Orders of a customer and day",
        "model_type": "job",
        "processing": "batch",
        "integration": "spark",
        "sql": "INSERT INTO orders_daily SELECT customer, sum(amount) FROM orders GROUP BY customer",
        "parent": "etl/nightly",
        "schemas": {"acme-data.shop_derived.orders_daily_v1": {"customer": "STRING", "total": "NUMERIC"}},
        "source_updated_at": "2026-06-30T04:10:00.000000Z",
    }


def test_other_facets_are_read_too() -> None:
    found = one(
        event(
            "COMPLETE",
            1,
            sourceCode={"language": "python", "sourceCode": "run()"},
            sourceCodeLocation={"repoUrl": "https://example.com/etl.git", "path": "jobs/j.py"},
            ownership={"owners": [{"name": "eve"}, {"name": "bob", "type": "MAINTAINER"}, {"name": "ada", "type": "OWNER"}]},
            tags={"tags": [{"key": "pii", "value": "yes", "source": "CONFIG"}]},
            documentation={"_deleted": True, "description": "no more"},
        )
    ).metadata
    assert (found["owner"], found["owners"], found["tags"]) == ("ada", ["ada", "bob", "eve"], {"pii": "yes"})
    assert (found["language"], found["source_code"], found["code_url"], found["code_path"], found.get("purpose")) == (
        ("python", "run()", "https://example.com/etl.git", "jobs/j.py", None)
    )


DONE, DONE_LATER = event("COMPLETE", 1, "r1", reads="a", writes="c"), event("COMPLETE", 2, "r2", reads="b", writes="c")
OF_THE_JOB = {key: value for key, value in DONE_LATER.items() if key not in {"run", "eventType"}}
HISTORIES: dict[str, tuple[list[dict[str, Any]], str]] = {
    "a run of several events": ([event("START", 1, reads="a"), event("RUNNING", 2, reads="b"), event("COMPLETE", 3, writes="c")], "ab>c"),
    "a later run replaces": ([DONE, DONE_LATER], "b>c"),
    "a failure takes nothing away": ([DONE, event("FAIL", 2, "r2", reads="b")], "a>c"),
    "nor does what was stopped": ([DONE, event("ABORT", 2, "r2")], "a>c"),
    "nor does what still runs": ([DONE, event("START", 2, "r2", reads="b")], "a>c"),
    "without a complete run all count": ([event("FAIL", 1, "r1", reads="a"), event("RUNNING", 2, "r2", reads="b", writes="c")], "ab>c"),
    "a run that names nothing says nothing": ([DONE, event("COMPLETE", 2, "r2")], "a>c"),
    "the end of a run decides": ([event("START", 0, "long", reads="z"), DONE, event("COMPLETE", 3, "long")], "z>"),
    "what follows the end counts too": ([DONE, event("OTHER", 2, "r1", writes="d")], "a>cd"),
    "an event of the job itself": ([DONE, OF_THE_JOB], "b>c"),
}


@pytest.mark.parametrize("order", range(4))
@pytest.mark.parametrize(("events", "expected"), HISTORIES.values(), ids=HISTORIES)
def test_a_job_is_what_its_newest_complete_run_named(events: list[dict[str, Any]], expected: str, order: int) -> None:
    shuffled = events if order == 0 else events[::-1] if order == 1 else random.Random(order).sample(events, len(events))
    assert ">".join("".join(side) for side in ports(one(*shuffled))) == expected


NAMES = st.sampled_from(["", "a", "b", "a b"])
STEPS = st.tuples(st.sampled_from(["START", "RUNNING", "COMPLETE", "FAIL"]), st.sampled_from("xyz"), NAMES, NAMES)


@given(st.lists(STEPS, max_size=8), st.randoms())
def test_the_order_in_which_events_come_does_not_matter(drawn: list[tuple[str, str, str, str]], randomness: random.Random) -> None:
    """A run ends once, as OpenLineage says."""
    ended: set[str] = set()
    events = []
    for minute, (kind, run, reads, writes) in enumerate(drawn):
        events.append(event("OTHER" if kind == "COMPLETE" and run in ended else kind, minute, run, reads=reads, writes=writes))
        ended |= {run} if kind == "COMPLETE" else set()
    shuffled = randomness.sample(events, len(events))
    assert nodes_of(shuffled).nodes == nodes_of(events).nodes
    assert [node.metadata for node in nodes_of(shuffled).nodes] == [node.metadata for node in nodes_of(events).nodes]


def test_a_table_is_named_by_its_name_and_a_path_by_its_place() -> None:
    given = event("COMPLETE", 1)
    given["inputs"] = [dataset("Shop.Orders", "postgres://db:5432"), dataset("/in/x.csv", "s3://lake/"), dataset("t", "kafka://b:9092")]
    assert ports(one(given))[0] == ["kafka://b:9092/t", "s3://lake/in/x.csv", "shop.orders"]
    assert ports(one(given, qualified=True))[0] == ["kafka://b:9092/t", "postgres://db:5432/shop.orders", "s3://lake/in/x.csv"]


def test_a_path_that_is_a_table_too_is_both() -> None:
    links = [
        {"namespace": "hive://metastore:9083", "name": "shop.Orders", "type": "TABLE"},
        {"namespace": "s3://old", "name": "orders", "type": "LOCATION"},
    ]
    given = event("COMPLETE", 1)
    given["outputs"] = [dataset("warehouse/orders", "s3://lake", symlinks={"identifiers": links})]
    given["inputs"] = [dataset("in", "s3://lake", symlinks={"_deleted": True})]
    assert ports(one(given)) == (["s3://lake/in"], ["s3://lake/warehouse/orders", "shop.orders"])


def test_two_jobs_whose_names_come_to_one_are_one() -> None:
    first, second = event("COMPLETE", 1, job="b/c", reads="a"), event("COMPLETE", 1, job="c", reads="b")
    second["job"]["namespace"] = "etl/b"
    assert ports(one(first, second))[0] == ["a", "b"]


def test_a_name_in_several_namespaces_is_said() -> None:
    given = event("COMPLETE", 1)
    given["inputs"] = [dataset("t", "postgres://a"), dataset("T", "postgres://b"), dataset("u", "postgres://b")]
    assert nodes_of([given]).coverage == {"events": 1, "jobs": 1, "datasets": 2, "in_several_namespaces": ["t"]}


def test_an_event_on_a_dataset_alone_tells_its_schema() -> None:
    told = {"eventTime": "2026-06-30T13:00:00Z", "dataset": dataset("c", schema={"fields": [{"name": "x", "type": "INT"}]})}
    assert one(event("COMPLETE", 1, writes="c"), told).metadata["schemas"] == {"c": {"x": "INT"}}


TIMES = ("T10:00:00.123456789Z", "T12:00:00.123456+02:00", "T08:00:00.123456-0200", " 10:00:00.123456")


@pytest.mark.parametrize("time", TIMES)
def test_a_time_may_be_written_as_any_language_does(time: str) -> None:
    assert one({**event("COMPLETE", 1), "eventTime": f"2026-06-30{time}"}).metadata["source_updated_at"] == "2026-06-30T10:00:00.123456Z"


NO_JOB = {"eventTime": "2026-06-30T12:00:00Z"}
BAD: dict[str, tuple[Any, str]] = {
    "no mapping": ([1], "an event is a mapping, not '\\[1\\]'"),
    "nothing": (None, "an event is a mapping"),
    "no time": ({"job": {}}, "eventTime is a text, not 'None'"),
    "another time": ({**event("COMPLETE", 1), "eventTime": "noon"}, "eventTime"),
    "neither job nor dataset": (NO_JOB, "names a job or a dataset"),
    "a job without a name": ({**NO_JOB, "job": {"namespace": "x"}}, "name is a text"),
    "a job that is none": ({**NO_JOB, "job": "x"}, "job is a mapping"),
    "a run without an id": ({**event("COMPLETE", 1), "run": {}}, "runId is a text"),
    "inputs that are none": ({**event("COMPLETE", 1), "inputs": "t"}, "inputs are a list"),
    "a dataset without a name": ({**event("COMPLETE", 1), "outputs": [{"namespace": "x"}]}, "name is a text"),
    "other names that are none": ({**event("COMPLETE", 1), "outputs": [dataset("a", symlinks=[1])]}, "symlinks is a mapping"),
    "a name that no port has": ({**event("COMPLETE", 1), "outputs": [dataset("a\0")]}, "NUL"),
    "a name that is too long": (event("COMPLETE", 1, job="x" * 2000), "1,024 is the most"),
    "facets that are none": ({**NO_JOB, "job": {"namespace": "x", "name": "y", "facets": []}}, "facets is a mapping"),
}


@pytest.mark.parametrize(("bad", "reason"), BAD.values(), ids=BAD)
def test_a_bad_event_is_said_and_the_others_count(bad: Any, reason: str) -> None:
    found = nodes_of([event("COMPLETE", 1, reads="a"), bad, event("COMPLETE", 2, "r2", job="k")])
    assert [node.name for node in found.nodes] == ["etl/j", "etl/k"]
    assert [error.where for error in found.errors] == ["event 2"]
    with pytest.raises(ValidationError, match=reason):
        raise ValidationError(found.errors[0].reason)


JSON = st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
FIELD = st.sampled_from(["inputs", "outputs", "job", "run", "eventTime", "eventType"])


@given(st.lists(st.dictionaries(FIELD, JSON)), st.dictionaries(st.sampled_from(["columnLineage", "schema"]), JSON), JSON)
def test_whatever_is_sent_is_counted_or_said(fields: list[dict[str, Any]], facets: dict[str, Any], owner: Any) -> None:
    whole = copy.deepcopy(EVENTS[1])
    whole["outputs"][0]["facets"] = facets
    whole["job"]["facets"] = {"ownership": owner, "documentation": owner, "tags": {"tags": owner}}
    sent = [whole, *({**EVENTS[0], **given} for given in fields)]
    found = nodes_of(sent)
    assert found.coverage["events"] + len(found.errors) == len(sent)


def test_it_meets_what_others_say_of_the_same_tables(ledger: Ledger) -> None:
    connector = make_connector("openlineage", path=str(SAMPLE))
    assert not check_connector(connector).complete
    ledger.discover(WarehouseConnector(WAREHOUSE))
    ledger.discover(connector)
    assert "acme-data.shop.orders_daily" in ledger.downstream("etl/daily_orders")
    before = written(ledger)
    again = ledger.discover(connector)
    assert (again.added, again.changed, again.gone, again.skipped) == (0, 0, 0, 1)
    assert written(ledger) == before


def test_another_run_that_names_the_same_writes_nothing_and_one_that_names_less_ends_what_was(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "events.json"
    connector = openlineage_connector(tmp_path)
    reports = []
    for events in (
        [event("COMPLETE", 1, "r1", reads="a b")],
        [event("COMPLETE", 2, "r2", reads="b a")],
        [event("COMPLETE", 3, "r3", reads="a")],
    ):
        file.write_text(json.dumps(events))
        report = ledger.discover(connector)
        reports.append((report.added, report.changed, report.skipped))
    assert reports == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
