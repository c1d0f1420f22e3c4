"""The warehouse connector against what was measured on a real warehouse, on six dates."""

import time
from collections import deque
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from graph_ledger.connectors.warehouse import WarehouseConnector
from graph_ledger.values.listing import Listing
from tests.archive import needs_archive, unpacked

pytestmark = [pytest.mark.archive, pytest.mark.slow, needs_archive]
Graph = dict[str, set[str]]


class Measured(NamedTuple):
    """One column of the table that was measured apart from this code."""

    nodes: int
    statements: int
    parsed: int
    partly: int
    names: int
    pairs: int
    dependencies: int
    external: int
    self_readers: int
    without_input: int
    without_dependency: int
    cycles: int
    longest: int
    widest: int


TABLE = {
    "2023-06-30": Measured(792, 871, 783, 9, 998, 1453, 721, 535, 44, 5, 106, 0, 14, 88),
    "2024-06-30": Measured(1152, 1240, 1063, 89, 1214, 1842, 971, 589, 62, 86, 193, 2, 14, 117),
    "2025-06-30": Measured(1522, 1609, 1425, 97, 1502, 2391, 1319, 673, 72, 97, 217, 2, 15, 201),
    "2025-12-31": Measured(1605, 1694, 1512, 93, 1452, 2405, 1393, 570, 74, 98, 219, 2, 16, 231),
    "2026-06-30": Measured(1691, 1781, 1594, 97, 1576, 2614, 1462, 659, 79, 102, 263, 2, 16, 237),
    "2026-08-21": Measured(1713, 1803, 1615, 98, 1602, 2650, 1479, 670, 81, 103, 261, 2, 16, 238),
}
CHANGES = [(427, 67, 65), (502, 132, 76), (143, 60, 32), (138, 52, 33), (22, 0, 6)]
DAILY = "moz-fx-data-shared-prod.telemetry_derived.clients_daily_v6"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("history")
    unpacked(place)
    return place


@pytest.fixture(scope="module")
def listings(folder: Path) -> dict[str, Listing]:
    return {date: WarehouseConnector(folder / date).discover() for date in TABLE}


def ports(listing: Listing, side: str) -> Graph:
    return {node.name: {port.identifier for port in getattr(node, side)} for node in listing}


def downstream(inputs: Graph, outputs: Graph) -> Graph:
    writers: Graph = {}
    for name, written in outputs.items():
        for port in written:
            writers.setdefault(port, set()).add(name)
    below: Graph = {name: set() for name in outputs}
    for reader, read in inputs.items():
        for port in read:
            for writer in writers.get(port, set()) - {reader}:
                below[writer].add(reader)
    return below


def reached(below: Graph, start: str) -> set[str]:
    seen, waiting = {start}, deque([start])
    while waiting:
        new = below[waiting.popleft()] - seen
        seen |= new
        waiting.extend(new)
    return seen - {start}


def cycles_and_chain(below: Graph) -> tuple[int, int]:
    """Return how many groups of nodes reach each other, and the longest chain with each such group as one."""
    reach = {name: reached(below, name) for name in below}
    group = {name: min([name, *(other for other in reach[name] if name in reach[other])]) for name in below}
    longest: dict[str, int] = {}
    for name in sorted(below, key=lambda one: len(reach[one] | {one})):
        members = [other for other in below if group[other] == group[name]] if reach[name] & {name, group[name]} else [name]
        after = {group[child] for member in {*members, name} for child in below[member]} - {group[name]}
        longest[group[name]] = 1 + max((longest[child] for child in after), default=0)
    members_of: dict[str, int] = {}
    for leader in group.values():
        members_of[leader] = members_of.get(leader, 0) + 1
    return sum(size > 1 for size in members_of.values()), max(longest.values())


def measured(listing: Listing) -> Measured:
    inputs, outputs = ports(listing, "inputs"), ports(listing, "outputs")
    below = downstream(inputs, outputs)
    names, written = set[str]().union(*inputs.values()), set[str]().union(*outputs.values())
    linked = {name for name, readers in below.items() if readers} | set().union(*below.values())
    cycles, longest = cycles_and_chain(below)
    coverage = listing.coverage
    return Measured(
        nodes=len(listing),
        statements=coverage["statements"],
        parsed=coverage["parsed"],
        partly=coverage["partly"],
        names=len(names),
        pairs=sum(map(len, inputs.values())),
        dependencies=sum(map(len, below.values())),
        external=len(names - written),
        self_readers=sum(bool(inputs[name] & outputs[name]) for name in inputs),
        without_input=sum(not read for read in inputs.values()),
        without_dependency=len(inputs.keys() - linked),
        cycles=cycles,
        longest=longest,
        widest=len(reached(below, DAILY)),
    )


@pytest.mark.parametrize("date", TABLE)
def test_a_date_gives_what_was_measured(listings: dict[str, Listing], date: str) -> None:
    found, expected = measured(listings[date]), TABLE[date]
    assert found.nodes == expected.nodes
    assert abs(found.parsed - expected.parsed) <= 3
    assert abs(found.partly - expected.partly) <= 3
    assert found[4:7] == pytest.approx(expected[4:7], rel=0.005)
    assert found == expected
    assert listings[date].complete


def test_what_changes_from_date_to_date_is_what_was_measured(listings: dict[str, Listing]) -> None:
    graphs = [ports(listings[date], "inputs") for date in TABLE]
    found = [
        (len(new.keys() - old.keys()), len(old.keys() - new.keys()), sum(new[name] != old[name] for name in new.keys() & old.keys()))
        for old, new in pairwise(graphs)
    ]
    assert found == CHANGES


def test_the_widest_external_source_is_the_one_measured(listings: dict[str, Listing]) -> None:
    inputs, outputs = (ports(listings["2026-08-21"], side) for side in ("inputs", "outputs"))
    below = downstream(inputs, outputs)
    readers = {name for name, read in inputs.items() if "moz-fx-data-shared-prod.telemetry_stable.main_v5" in read}
    assert len(readers.union(*(reached(below, name) for name in readers))) == 299


def test_the_last_date_is_read_in_ten_seconds_of_one_core(folder: Path) -> None:
    start = time.process_time()
    assert len(WarehouseConnector(folder / "2026-08-21").discover()) == 1713
    assert time.process_time() - start < 10
