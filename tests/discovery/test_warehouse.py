"""Dated folders of a warehouse, discovered in order: every as-of impact equals a walk over that date's listing in plain Python."""

import os
import shutil
from collections import defaultdict
from datetime import datetime, timezone
from pathlib import Path

import pytest

from graph_ledger import DataNode, Ledger, RemovalGuardError
from graph_ledger.connectors.base import Listing
from graph_ledger.connectors.warehouse import WarehouseConnector
from tests.archive import SAMPLE, dates_below, needs_archive, unpacked
from tests.graph import counts, edges, nodes

CORE = 10
Estate = dict[str, set[str]]


class Read:
    """A reading that was made before, so that one parse serves the ledger and the replay."""

    name = "warehouse"

    def __init__(self, listing: Listing) -> None:
        self.listing = listing

    def discover(self) -> Listing:
        """Return it."""
        return self.listing


def readers(listed: list[DataNode]) -> Estate:
    """Which names read from which, by plain comparison of ports."""
    reading = defaultdict(set)
    for node in listed:
        for port in node.inputs:
            reading[port.identifier].add(node.name)
    return {node.name: {name for port in node.outputs for name in reading[port.identifier]} - {node.name} for node in listed}


def reached(estate: Estate, start: str) -> set[str]:
    """Everything below a name; never the name itself."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in estate.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found - {start}


def check_history(ledger: Ledger, folders: list[tuple[str, Path]], share: float) -> None:
    """Discover the dates in order, then compare every date with its replay; reading dates again writes nothing."""
    history: dict[str, Estate] = {}
    listings = {}
    for day, folder in folders:
        listings[day] = WarehouseConnector(folder).discover()
        report = ledger.discover(Read(listings[day]), observed_at=day, allow_removals=share > 0)
        assert report.complete
        assert not report.errors
        history[day] = readers(list(listings[day]))
    newest = history[folders[-1][0]]
    core = sorted(newest, key=lambda name: (-len(reached(newest, name)), name))[:CORE]
    for day, estate in history.items():
        assert {model.name for model in ledger.inventory_at(day)} == set(estate)
        for name in core:
            if ledger.get(name).created_at.date().isoformat() > day:
                continue
            impact = ledger.impact(name, as_of=day)
            assert {node.name for node in impact.nodes} == reached(estate, name), (day, name)
            assert impact.complete
    assert {node.name for node in ledger.impact(core[0]).nodes} == reached(newest, core[0])
    before = counts(ledger)
    for day in (folders[-1][0], folders[0][0]):
        again = ledger.discover(Read(listings[day]), observed_at=day)
        assert (again.added, again.changed, again.gone) == (0, 0, 0)
    assert counts(ledger) == before


def check_guard(ledger: Ledger, newest: Path, copy: Path) -> None:
    """A folder with half its tables missing is stopped, whoever asks, and nothing is gone by it."""
    tables = sorted({query.parent for query in newest.rglob("*.sql")})
    for table in tables[::2]:
        shutil.copytree(table, copy / table.relative_to(newest))
    before = len(ledger.inventory_at(datetime.now(timezone.utc)))
    half = WarehouseConnector(copy)
    assert len(half.discover()) == len(tables[::2])
    assert str(ledger.plan(half).guard).startswith(f"warehouse/default would remove {len(tables) - len(tables[::2])} of {before}")
    with pytest.raises(RemovalGuardError) as stopped:
        ledger.discover(half)
    assert len(stopped.value.removed) == before - len(tables[::2])
    assert len(ledger.inventory_at(datetime.now(timezone.utc))) == before
    assert ledger.runs()[0].status == "stopped"


def test_our_sample_is_replayed(ledger: Ledger) -> None:
    check_history(ledger, dates_below(SAMPLE), share=1)


def test_a_folder_that_may_not_be_read_removes_nothing_and_leaves_no_trace(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for dataset, table in (("sales", "orders"), ("sales", "daily"), ("hr", "people")):
        folder = tmp_path / "sql" / "shop" / dataset / table
        folder.mkdir(parents=True)
        (folder / "query.sql").write_text("SELECT * FROM shop.sales.orders", encoding="utf-8")

    def refused(path: Path) -> object:
        if Path(path).name == "sales":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def picture() -> tuple[object, ...]:
        return nodes(ledger, "ModelRef", "key", "present", "last_sequence"), edges(ledger, "Port", "FEEDS", "DataNode")

    scandir = os.scandir
    ledger.discover(WarehouseConnector(tmp_path))
    undisturbed = picture()
    with monkeypatch.context() as broken:
        broken.setattr(os, "scandir", refused)
        report = ledger.discover(WarehouseConnector(tmp_path), allow_removals=True)
    assert (report.complete, report.gone, report.skipped) == (False, 0, 1)
    assert [(error.where, error.reason) for error in report.errors] == [("shop/sales", "Permission denied")]
    assert ledger.discover(WarehouseConnector(tmp_path)).complete
    assert picture() == undisturbed


def test_a_folder_with_half_its_tables_is_stopped(ledger: Ledger, tmp_path: Path) -> None:
    newest = tmp_path / "all"
    for number in range(12):
        table = newest / "sql" / "shop" / "sales" / f"t{number:02}"
        table.mkdir(parents=True)
        (table / "query.sql").write_text("SELECT 1", encoding="utf-8")
    ledger.discover(WarehouseConnector(newest))
    check_guard(ledger, newest, tmp_path / "half")


@needs_archive
@pytest.mark.archive
@pytest.mark.slow
def test_six_dates_of_a_real_warehouse_are_replayed(ledger: Ledger, tmp_path: Path) -> None:
    folders = unpacked(tmp_path)
    check_history(ledger, folders, share=0)
    check_guard(ledger, folders[-1][1], tmp_path / "half")
    core = "moz-fx-data-shared-prod.telemetry_derived.clients_daily_v6"
    assert [len(ledger.impact(core, as_of=day)) for day in ("2023-06-30", "2024-06-30", "2025-06-30")] == [88, 117, 201]
    assert len(ledger.impact(core)) == 238
    assert ledger.connect()["links_created"] == 1479
