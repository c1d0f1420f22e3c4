"""The dbt connector, on a manifest of our own; a project that dbt itself compiles is read in test_dbt_project.py."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors.dbt import dbt_connector
from graph_ledger.connectors.json_file import load_json
from graph_ledger.connectors.registry import make_connector
from graph_ledger.connectors.testing import check_connector
from graph_ledger.connectors.warehouse import WarehouseConnector
from graph_ledger.errors import SourceError
from graph_ledger.values.listing import Listing
from tests.connectors.twice import written

SAMPLE = Path(__file__).parent / "sample_dbt"
WAREHOUSE = Path(__file__).parent / "sample_warehouse" / "2025-12-31"
MANIFEST: dict[str, Any] = json.loads((SAMPLE / "manifest.json").read_text(encoding="utf-8"))
DAILY = "model.shop.daily"


def discovered(folder: Path, manifest: Any, **options: Any) -> Listing:
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return dbt_connector(folder, **options).discover()


def changed(daily: Mapping[str, Any] | None = None, **sections: Any) -> dict[str, Any]:
    """Return the sample with other sections, and with other fields of its one model."""
    found = copy.deepcopy(MANIFEST)
    found["nodes"][DAILY].update(daily or {})
    for name, section in sections.items():
        found[name] = {**found.get(name, {}), **section} if isinstance(section, dict) else section
    return found


def node(listing: Listing, name: str = DAILY) -> DataNode:
    return next(each for each in listing if each.name == name)


def ports(found: DataNode) -> tuple[list[str], list[str]]:
    return [port.key for port in found.inputs], [port.key for port in found.outputs]


def test_models_and_exposures_are_nodes_and_sources_are_ports() -> None:
    listing = dbt_connector(SAMPLE, SAMPLE / "catalog.json").discover()
    assert {each.name: ports(each) for each in listing} == {
        DAILY: (["acme-data.shop_stable.orders_v1"], ["acme-data.shop_derived.orders_daily_v1"]),
        "exposure.shop.weekly": (["acme-data.shop_derived.orders_daily_v1"], []),
    }
    assert (listing.complete, listing.source_key, {each.platform for each in listing}) == (True, "dbt/default", {"dbt"})
    assert (listing.coverage["kinds"], listing.coverage["sources"], listing.coverage["left_out"]) == (
        {"model": 1, "exposure": 1},
        1,
        {"test": 1},
    )


def test_what_dbt_says_is_metadata_in_the_ledgers_words() -> None:
    listing = dbt_connector(SAMPLE, SAMPLE / "catalog.json").discover()
    assert node(listing).metadata == {
        "model_type": "dbt_model",
        "owner": "orders-team",
        "purpose": "Orders of a customer",
        "package": "shop",
        "path": "models/daily.sql",
        "relation": "acme-data.shop_derived.Orders_Daily_v1",
        "materialized": "table",
        "tags": ["core"],
        "checksum": "141949b8c15584d8",
        "meta": {"owner": "orders-team"},
        "columns": {
            "customer": {"type": "STRING", "description": "Who bought"},
            "total": {"type": "NUMERIC", "description": "Sum of all orders"},
        },
        "tests": {"count": 1, "names": ["unique_daily_customer"]},
    }
    exposure = node(listing, "exposure.shop.weekly").metadata
    assert (exposure["owner"], exposure["purpose"], exposure["exposure_type"]) == ("bea@example.com", "The weekly report", "dashboard")


GROUPS = {"group.shop.finance": {"owner": {"name": "Finance"}}, "group.other.finance": {"owner": {"email": "other@example.com"}}}
OWNERS: dict[str, tuple[dict[str, Any], str | None]] = {
    "of its own meta": ({"meta": {"owner": "ada"}, "group": "finance"}, "ada"),
    "several": ({"meta": {"owner": ["", "bob", "eve"]}}, "bob"),
    "with an address": ({"meta": {"owner": {"name": "Bob", "email": ["bob@example.com"]}}}, "bob@example.com"),
    "of its group": ({"config": {}, "group": "finance"}, "Finance"),
    "of the group of its package": ({"config": {}, "group": "finance", "package_name": "other"}, "other@example.com"),
    "of a group from elsewhere": ({"config": {}, "group": "finance", "package_name": "third"}, "Finance"),
    "nobody": ({"config": {}, "group": "nowhere"}, None),
}


@pytest.mark.parametrize(("daily", "owner"), OWNERS.values(), ids=OWNERS)
def test_the_owner_is_the_one_said_nearest(tmp_path: Path, daily: dict[str, Any], owner: str | None) -> None:
    assert node(discovered(tmp_path, changed(daily, groups=GROUPS))).metadata.get("owner") == owner


def test_a_tier_is_one_that_the_ledger_knows(tmp_path: Path) -> None:
    assert node(discovered(tmp_path, changed({"meta": {"tier": "High"}}))).metadata["tier"] == "high"
    assert "tier" not in node(discovered(tmp_path, changed({"meta": {"tier": "gold"}}))).metadata


def test_what_has_no_table_is_read_by_its_id(tmp_path: Path) -> None:
    reader = {"resource_type": "model", "schema": "s", "name": "b", "depends_on": {"nodes": [DAILY, "metric.shop.sum"]}}
    metric = {"resource_type": "metric", "name": "sum", "depends_on": {"nodes": [DAILY]}}
    query = {"resource_type": "saved_query", "name": "q", "depends_on": {"nodes": ["metric.shop.sum"]}}
    listing = discovered(
        tmp_path,
        changed(
            {"config": {"materialized": "ephemeral"}},
            nodes={"model.shop.b": reader},
            metrics={"metric.shop.sum": metric},
            saved_queries={"saved_query.shop.q": query},
        ),
    )
    assert ports(node(listing, "model.shop.b")) == ([DAILY, "metric.shop.sum"], ["s.b"])
    assert ports(node(listing, "metric.shop.sum")) == ([DAILY], ["metric.shop.sum"])
    assert ports(node(listing, "saved_query.shop.q")) == (["metric.shop.sum"], [])
    assert ports(node(listing))[1] == [DAILY]


def test_tests_are_counted_where_they_test(tmp_path: Path) -> None:
    singular = {"resource_type": "test", "name": "positive", "depends_on": {"nodes": [DAILY]}}
    unit = {"resource_type": "unit_test", "name": "adds_up", "depends_on": {"nodes": [DAILY]}}
    listing = discovered(tmp_path, changed(nodes={"test.shop.positive": singular}, unit_tests={"unit_test.shop.daily.adds_up": unit}))
    assert node(listing).metadata["tests"] == {"count": 3, "names": ["adds_up", "positive", "unique_daily_customer"]}


BAD: dict[str, tuple[str, Any, str]] = {
    "no mapping": ("nodes", ["x"], "no mapping with a resource_type"),
    "no kind": ("nodes", {"name": "x"}, "no mapping with a resource_type"),
    "an unknown dependency": (
        "nodes",
        {"resource_type": "model", "schema": "s", "name": "x", "depends_on": {"nodes": ["model.shop.gone"]}},
        "it depends on 'model.shop.gone', which the manifest does not have",
    ),
    "dependencies that are none": ("exposures", {"resource_type": "exposure", "depends_on": {"nodes": "x"}}, "no list of ids: 'x'"),
    "a table without a name": ("nodes", {"resource_type": "seed", "schema": "s"}, "its table has no name"),
    "a setting that is none": ("nodes", {"resource_type": "seed", "schema": "s", "config": [1]}, "'list' object has no"),
    "a test that is none": ("unit_tests", "x", "it is no mapping"),
    "a test of nothing": ("nodes", {"resource_type": "test", "depends_on": {"nodes": [1]}}, "no list of ids"),
}


@pytest.mark.parametrize(("section", "thing", "reason"), BAD.values(), ids=BAD)
def test_a_bad_thing_is_said_and_the_others_land(tmp_path: Path, section: str, thing: Any, reason: str) -> None:
    listing = discovered(tmp_path, changed(**{section: {"it.shop.x": thing}}))
    assert ({each.name for each in listing}, listing.complete) == ({DAILY, "exposure.shop.weekly"}, False)
    (error,) = listing.errors
    assert error.where == "it.shop.x"
    assert reason in error.reason


def versioned(version: str, kind: str = "manifest") -> dict[str, Any]:
    return {**MANIFEST, "metadata": {"dbt_schema_version": f"https://schemas.getdbt.com/dbt/{kind}/{version}.json"}}


@pytest.mark.parametrize("version", ["v10", "v11", "v12"])
def test_the_schemas_that_are_known_are_read(tmp_path: Path, version: str) -> None:
    assert len(discovered(tmp_path, versioned(version))) == 2


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (versioned("v13"), "manifest.json is a manifest of schema v13; known is v10, v11, v12: nothing was read"),
        (versioned("v9"), "schema v9; known is"),
        (versioned("v1", "catalog"), "is no manifest of dbt"),
        ({}, "is no manifest of dbt: it does not name its schema"),
        ([], "is no manifest of dbt"),
        ({"metadata": MANIFEST["metadata"]}, "manifest.json has no 'nodes', which every manifest of dbt has"),
        ({**MANIFEST, "nodes": []}, "the manifest's 'nodes' is no mapping of ids"),
    ],
)
def test_what_is_no_known_manifest_is_refused(tmp_path: Path, manifest: Any, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        discovered(tmp_path, manifest)


UNREADABLE = [
    (b"{", "is not JSON: "),
    (b"{} {}", "is not JSON: it holds 2 documents"),
    (b"\xff", "is not UTF-8: byte 1"),
    (b"[" * 100_000, "is not JSON that can be read"),
    (b"9" * 5000, "JSON"),
]


@pytest.mark.parametrize(("text", "message"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_no_empty_project(tmp_path: Path, text: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=r"manifest.json could not be read: No such file"):
        dbt_connector(tmp_path / "manifest.json").discover()
    (tmp_path / "manifest.json").write_bytes(text)
    with pytest.raises(SourceError, match=message):
        dbt_connector(tmp_path).discover()


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(SourceError, match=r"manifest.json has [\d,]+ bytes; 9 is the most"):
        load_json(SAMPLE / "manifest.json", largest=9)


def test_a_catalog_that_is_not_there_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="could not be read"):
        dbt_connector(SAMPLE, tmp_path / "catalog.json").discover()
    with pytest.raises(SourceError, match="is no catalog of dbt"):
        dbt_connector(SAMPLE, SAMPLE / "manifest.json").discover()


JSON = st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(st.dictionaries(st.sampled_from(["resource_type", "schema", "alias", "depends_on", "config", "meta", "columns", "owner"]), JSON))
def test_whatever_a_thing_holds_is_a_node_or_an_error(tmp_path: Path, thing: dict[str, Any]) -> None:
    listing = discovered(tmp_path, changed(exposures={"it.shop.x": {"resource_type": "model", **thing}}))
    assert len(listing) + len(listing.errors) == 3


def test_it_meets_what_others_say_of_the_same_tables(ledger: Ledger) -> None:
    """The warehouse reads and writes the tables that the project names."""
    connector = make_connector("dbt", manifest=str(SAMPLE), catalog=str(SAMPLE / "catalog.json"))
    assert check_connector(connector).complete
    ledger.discover(WarehouseConnector(WAREHOUSE))
    ledger.discover(connector)
    assert "acme-data.shop.orders_daily" in ledger.downstream(DAILY)
    before = written(ledger)
    again = ledger.discover(connector)
    assert (again.added, again.changed, again.gone, again.skipped) == (0, 0, 0, 2)
    assert written(ledger) == before


def test_what_a_later_manifest_does_not_have_is_gone(ledger: Ledger, tmp_path: Path) -> None:
    ledger.discover(dbt_connector(SAMPLE))
    (tmp_path / "manifest.json").write_text(json.dumps({**MANIFEST, "exposures": {}}))
    assert ledger.discover(dbt_connector(tmp_path)).gone == 1
