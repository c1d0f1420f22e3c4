"""The warehouse connector, on a small warehouse of our own."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors.warehouse import WarehouseConnector
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import Listing

SAMPLE = Path(__file__).parent / "sample_warehouse"
LAST = SAMPLE / "2025-12-31"

INPUTS = {
    "acme-data.accounts_external.users_v1": set[str](),
    "acme-data.monitoring_derived.partition_counts_v1": {"acme-data.monitoring.thresholds"},
    "acme-data.monitoring_derived.snapshot_v1": {"acme-data.shop_derived.orders_daily_v1"},
    "acme-data.shop.orders_daily": {"acme-data.shop_derived.orders_daily_v1"},
    "acme-data.shop.summary": {"acme-data.shop_derived.regions_v1"},
    "acme-data.shop_derived.Mixed_Case_v1": {"acme-data.shop_derived.side_table_v1"},
    "acme-data.shop_derived.all_regions_v1": {"acme-data.shop_derived.region*", "acme-data.shop_derived.regions_v1"},
    "acme-data.shop_derived.broken_v1": {"acme-data.shop.orders_daily"},
    "acme-data.shop_derived.clients_last_seen_v1": {
        "acme-data.shop_derived.clients_last_seen_v1",
        "acme-data.shop_derived.orders_daily_v1",
        "acme-data.shop_stable.orders_v1",
    },
    "acme-data.shop_derived.orders_daily_v1": {"acme-data.shop_stable.orders_v1"},
    "acme-data.shop_derived.outages_v1": {"acme-data.shop.blocked", "acme-data.shop.orders_daily", "mirror.shop.prices"},
    "acme-data.shop_derived.ratios_v1": set[str](),
    "acme-data.shop_derived.regions_v1": {"acme-data.north_stable.orders_v1", "acme-data.south_stable.orders_v1"},
    "acme-data.shop_derived.two_targets_v1": {"acme-data.shop.orders_daily", "acme-data.shop_derived.two_targets_v1"},
}


def inputs(listing: Listing) -> dict[str, set[str]]:
    return {node.name: {port.identifier for port in node.inputs} for node in listing}


def metadata(name: str, folder: Path = LAST) -> dict[str, Any]:
    return next(node.metadata for node in WarehouseConnector(folder).discover() if node.name == name)


def table(folder: Path, name: str, **files: bytes) -> Path:
    """Write the folder of one table, its files named with two underscores for the dot."""
    place = folder.joinpath("sql", *name.split("."))
    place.mkdir(parents=True)
    for file, text in files.items():
        (place / file.replace("__", ".")).write_bytes(text)
    return folder


def test_every_input_of_every_table_is_named() -> None:
    assert inputs(WarehouseConnector(LAST).discover()) == INPUTS


def test_a_table_writes_itself_and_what_its_statements_write() -> None:
    outputs = {node.name: {port.identifier for port in node.outputs} for node in WarehouseConnector(LAST).discover()}
    several = "acme-data.shop_derived.two_targets_v1"
    assert outputs.pop(several) == {several, "acme-data.shop_derived.side_table_v1", "acme-data.shop_derived.old_table_v1"}
    assert outputs == {name: {name.lower()} for name in INPUTS if name != several}


def test_the_dates_have_their_own_tables() -> None:
    dates = [WarehouseConnector(SAMPLE / date).discover() for date in ("2025-01-31", "2025-06-30", "2025-12-31")]
    assert [len(listing) for listing in dates] == [4, 11, 14]
    assert all(listing.complete and listing.source_key == "warehouse/default" for listing in dates)
    assert {node.name for node in dates[0]} - {node.name for node in dates[1]} == {"acme-data.shop.retired"}


def test_coverage_counts_each_table_by_its_worst_statement() -> None:
    listing = WarehouseConnector(LAST).discover()
    assert listing.coverage == {
        "nodes": 14,
        "statements": 23,
        "parsed": 10,
        "partly": 3,
        "refused": 1,
        "reasons": {"dynamic SQL": 1, "federated query": 1, "refused": 1, "unresolved template call": 1},
        "columns": {"nodes": 14, "named": 5, "inputs": 18, "known": 8, "flows": 21},
    }


def test_a_coverage_line_has_the_keys_of_the_report() -> None:
    connector = WarehouseConnector(LAST)
    connector.discover()
    found = next(line for line in connector.coverage if line.status == "refused")
    assert found.model_dump(mode="json") == {
        "node": "acme-data.shop_derived.broken_v1",
        "file": "acme-data/shop_derived/broken_v1/query.sql",
        "statement": 1,
        "kind": "select",
        "rendering": "plain",
        "status": "refused",
        "reason": "Expected table name but got WHERE, line 4",
        "inputs": [],
        "outputs": [],
    }


def test_metadata_is_what_the_file_says_and_what_the_ledger_knows_of_it() -> None:
    assert metadata("acme-data.shop_derived.orders_daily_v1") == {
        "friendly_name": "Orders per day",
        "description": "One row per customer and day.",
        "owners": ["ada@example.com", "acme/orders"],
        "owner": "ada@example.com",
        "purpose": "Orders per day",
        "labels": {"level": "gold", "incremental": True},
        "level": "gold",
        "scheduling": {"dag_name": "shop_daily", "destination_table": None},
        "dag_name": "shop_daily",
        "model_type": "query",
    }


def test_a_level_the_ledger_knows_is_the_tier() -> None:
    assert metadata("acme-data.shop_derived.clients_last_seen_v1")["tier"] == "high"


def test_a_deprecated_table_says_so_with_its_date() -> None:
    found = metadata("acme-data.shop.orders_daily")
    assert (found["status"], found["deletion_date"], "owner" in found) == ("deprecated", "2026-06-30", False)


def test_a_federated_table_names_the_other_database() -> None:
    assert metadata("acme-data.accounts_external.users_v1")["federated_connections"] == ["acme-accounts.us.users-db"]


def test_all_metadata_is_plain_json() -> None:
    for node in WarehouseConnector(LAST).discover():
        assert json.loads(json.dumps(node.metadata, allow_nan=False)) == node.metadata


def test_an_alias_joins_a_mirror_to_its_original() -> None:
    listing = WarehouseConnector(LAST, aliases={"mirror": "acme-data"}).discover()
    assert "acme-data.shop.prices" in inputs(listing)["acme-data.shop_derived.outages_v1"]


def test_a_wildcard_meets_no_view_and_not_the_reader(tmp_path: Path) -> None:
    table(tmp_path, "p.d.a_1", query__sql=b"SELECT 1")
    table(tmp_path, "p.d.a_2", view__sql=b"CREATE VIEW p.d.a_2 AS SELECT 1")
    table(tmp_path, "p.d.a_all", query__sql=b"SELECT * FROM `p.d.a_*`")
    assert inputs(WarehouseConnector(tmp_path).discover())["p.d.a_all"] == {"p.d.a_*", "p.d.a_1"}


@pytest.mark.parametrize(
    "text",
    [
        b"a: [",
        b"- a list",
        b"\xff",
        b"a: &a [1]\nb: &b [*a,*a]\n"
        + b"".join(b"c%d: &c%d [%s]\n" % (n, n, b",".join([b"*b" if n == 0 else b"*c%d" % (n - 1)] * 9)) for n in range(9)),
    ],
)
def test_metadata_that_cannot_be_read_is_said_and_the_table_stays(tmp_path: Path, text: bytes) -> None:
    connector = WarehouseConnector(table(tmp_path, "p.d.t", query__sql=b"SELECT * FROM u", metadata__yaml=text))
    listing = connector.discover()
    assert inputs(listing) == {"p.d.t": {"p.d.u"}}
    assert [error.where for error in connector.errors] == ["p/d/t/metadata.yaml"]
    assert not listing.complete


def test_sql_that_is_no_text_is_said_and_the_table_stays(tmp_path: Path) -> None:
    connector = WarehouseConnector(table(tmp_path, "p.d.t", query__sql=b"SELECT '\xff' FROM u"))
    listing = connector.discover()
    assert [(node.name, len(node.outputs)) for node in listing] == [("p.d.t", 1)]
    assert listing.errors[0].reason == "not UTF-8: byte 9 is 0xff"
    assert (connector.coverage[0].status, listing.complete) == ("refused", False)


def test_a_folder_that_cannot_be_listed_makes_the_listing_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may list everything, so the refusal is that of the system call."""
    table(tmp_path, "p.d.t", query__sql=b"SELECT 1")
    closed, scandir = tmp_path / "sql" / "p", os.scandir

    def refuse(folder: Path) -> object:
        if folder == closed:
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    listing = WarehouseConnector(tmp_path).discover()
    assert ([error.reason for error in listing.errors], listing.complete) == (["Permission denied"], False)


def test_links_without_end_end_and_are_said(tmp_path: Path) -> None:
    folder = table(tmp_path, "p.d.t", query__sql=b"SELECT 1") / "sql"
    table(tmp_path / "other", "p.d.u", query__sql=b"SELECT 1")
    (folder / "p" / "d" / "u").symlink_to(tmp_path / "other" / "sql" / "p" / "d" / "u")
    (folder / "back").symlink_to(folder)
    (folder / "p" / "back").symlink_to(tmp_path)
    (folder / "p" / "d" / "loop").symlink_to(folder / "p" / "d" / "loop")
    listing = WarehouseConnector(tmp_path).discover()
    assert ({node.name for node in listing}, listing.complete) == ({"p.d.t", "p.d.u"}, False)
    assert {(error.where, error.reason) for error in listing.errors} == {
        ("back", "a link that leads back to a folder around it"),
        ("p/back", "a link that leads back to a folder around it"),
        ("p/d/loop", "Too many levels of symbolic links"),
    }


def test_a_folder_with_metadata_alone_is_no_table(tmp_path: Path) -> None:
    assert list(WarehouseConnector(table(tmp_path, "p.d.t", metadata__yaml=b"a: 1")).discover()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="name the folder of one date"):
        WarehouseConnector(tmp_path / "nowhere")
    with pytest.raises(ValidationError, match="holds no 'sql'"):
        WarehouseConnector(tmp_path)


def test_the_sql_folder_itself_will_do() -> None:
    assert inputs(WarehouseConnector(LAST / "sql").discover()) == INPUTS


def test_reading_twice_says_the_same() -> None:
    connector = WarehouseConnector(LAST)
    first, lines = connector.discover(), list(connector.coverage)
    assert (list(connector.discover()), connector.coverage) == (list(first), lines)
