"""Run: every row, both sides, one JSON line each, then the table."""

import json
from collections.abc import Collection
from typing import Any

from benchmarks.graph import DIGEST, digest, make_graph
from benchmarks.measure import measure
from benchmarks.memory import memory
from benchmarks.results import command, figures, keep, machine, versions
from benchmarks.rooms import ROOMS, rooms
from benchmarks.rooms import table as rooms_table
from benchmarks.row import Row
from benchmarks.rows import ROWS
from benchmarks.stage import Stage, say
from benchmarks.surfaces.load import load
from benchmarks.surfaces.load import table as rates
from benchmarks.table import table
from benchmarks.warehouse import table as warehouses
from benchmarks.warehouse import warehouse
from graph_ledger import Ledger


def run(size: int, only: Collection[str] = ()) -> bool:
    """Run the rows (all, or those of these names), print and keep what came out; return whether no target was missed."""
    assert digest(make_graph(1_000)) == DIGEST, "this Python makes another graph than the figures are about"
    chosen = [row for row in ROWS if not only or name_of(row) in only]
    on = machine()
    found: list[dict[str, Any]] = []
    with Stage() as stage:
        stage.warm_up()
        of = versions(stage.ledger)
        for row in chosen:
            if missing := [verb for verb in row.ABOUT.needs if not hasattr(Ledger, verb)]:
                say(f"{name_of(row)}: left out, the ledger has no {', '.join(missing)} yet")
                continue
            say(name_of(row))
            found.append({"name": name_of(row), **figures(measure(stage, row, size))})
            print(json.dumps({**found[-1], "machine": on, "versions": of, "command": command()}), flush=True)
        steady = load(stage, size) if not only or "load" in only else []
        held = {} if only else memory(stage, size)
        dates = warehouse(stage) if not only or "warehouse" in only else []
    alone = [each for name in ROOMS if not only or name in only for each in rooms(name)]
    on["load_after"] = machine()["load_before"]
    print(json.dumps({"memory": held}))
    if found:
        print(f"\n{size:,} nodes; the times are medians\n\n{table(found)}\n")
    if steady:
        print(f"{rates(steady)}\n")
    if dates:
        print(f"{warehouses(dates)}\n")
    if alone:
        print(f"{rooms_table(alone)}\n")
    path = keep(
        "bench-partial" if only else "bench",
        {
            "command": command(),
            "size": size,
            "machine": on,
            "versions": of,
            "rows": found,
            "memory": held,
            "warehouse": dates,
            "steady": steady,
            "alone": alone,
        },
    )
    print(f"kept as benchmarks/results/{path.name}")
    return all(row["met"] is not False for row in [*found, *steady, *dates, *alone])


def name_of(row: Row) -> str:
    """Return the file's name of a row."""
    return str(row.__name__).rpartition(".")[2]  # type: ignore[attr-defined]  # a row is a module
