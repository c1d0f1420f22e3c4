"""Dated folders of a warehouse, discovered in order: every as-of impact equals a walk over that date's listing in plain Python."""

from collections import defaultdict
from pathlib import Path

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors.base import Listing
from graph_ledger.connectors.warehouse import WarehouseConnector
from tests.archive import SAMPLE, dates_below, needs_archive, unpacked
from tests.graph import counts

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


def readers(nodes: list[DataNode]) -> Estate:
    """Which names read from which, by plain comparison of ports."""
    reading = defaultdict(set)
    for node in nodes:
        for port in node.inputs:
            reading[port.identifier].add(node.name)
    return {node.name: {name for port in node.outputs for name in reading[port.identifier]} - {node.name} for node in nodes}


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


def test_our_sample_is_replayed(ledger: Ledger) -> None:
    check_history(ledger, dates_below(SAMPLE), share=1)


@needs_archive
@pytest.mark.archive
@pytest.mark.slow
def test_six_dates_of_a_real_warehouse_are_replayed(ledger: Ledger, tmp_path: Path) -> None:
    check_history(ledger, unpacked(tmp_path), share=0)
    core = "moz-fx-data-shared-prod.telemetry_derived.clients_daily_v6"
    assert [len(ledger.impact(core, as_of=day)) for day in ("2023-06-30", "2024-06-30", "2025-06-30")] == [88, 117, 201]
    assert len(ledger.impact(core)) == 238
    assert ledger.connect()["links_created"] == 1479
