"""Versions, ours alone: listed, filtered and compared among 10,000; a registration among few and among many; hashing beside ``sha256sum``.

``python -m benchmarks.registry.versions`` prints a JSON line a row; it ends with 1 if a target is missed.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.registry.fill import fill
from graph_ledger import Ledger
from graph_ledger.registry import FileModelStore, ModelRegistry

SIZE, MODELS, RUNS, WARM = 10_000, 100, 9, 5
BYTES = 512 * 1024 * 1024
MOST_SECONDS = 0.2
MOST_GROWTH = 1.5
"""A registration among 10,000 versions beside one among none."""
MOST_OF_SHA256SUM = 1.5
"""Verifying bytes beside the command that does nothing else."""


def median(work: Callable[[], Any], runs: int = RUNS, warm: int = WARM) -> tuple[float, Any]:
    """Return the median seconds of some work, and what it answered last."""
    seconds, answer = [], None
    for run in range(warm + runs):
        begun = time.perf_counter()
        answer = work()
        if run >= warm:
            seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), answer


def questions(registry: ModelRegistry) -> dict[str, tuple[Callable[[], Any], int]]:
    """Return what is asked, and how much is to come of it."""
    return {
        "all listed": (registry.search, SIZE),
        "filtered by metric": (lambda: registry.search(metric="auc_roc>=0.9"), SIZE // 10),
        "filtered by stage": (lambda: registry.search(stage="production"), MODELS),
        "versions of one model": (lambda: registry.list_versions("model-007"), SIZE // MODELS),
        "two compared": (lambda: registry.compare("model-007", "7", "107").metrics, 2),
    }


def told(name: str, seconds: float, most: float, **more: Any) -> bool:
    """Print one row; return whether its target is met."""
    met = seconds <= most
    print(json.dumps({"name": name, "seconds": round(seconds, 4), "most": round(most, 4), "met": met, **more}), flush=True)
    return met


def registrations(registry: ModelRegistry, name: str) -> float:
    """Return the median seconds of a registration."""
    numbers = iter(range(1_000_000))
    return median(lambda: registry.register(name, f"new-{next(numbers)}", metrics={"auc_roc": 0.5}), runs=25)[0]


def hashing(folder: Path) -> bool:
    """Register and verify a large file, beside the command that hashes it."""
    file, part = folder / "large.bin", os.urandom(1 << 20)
    with file.open("wb") as sink:
        for _ in range(BYTES // len(part)):
            sink.write(part)
    beside, _ = median(lambda: subprocess.run(["sha256sum", file], check=True, capture_output=True), runs=5, warm=1)
    with Ledger.temporary() as ledger:
        registry = ModelRegistry(FileModelStore(folder / "store"), ledger=ledger)
        os.sync()  # what was written before is not this file's to wait for
        begun = time.perf_counter()
        registry.register("large", "1", artifact=file)
        taken = time.perf_counter() - begun
        checked, found = median(lambda: registry.verify_artifact("large", "1"), runs=5, warm=1)
    assert found is not None
    assert found.ok
    rates = {"megabytes": BYTES >> 20, "megabytes_a_second": round((BYTES >> 20) / checked), "sha256sum": round(beside, 4)}
    print(json.dumps({"name": "taken in, hashed, synced", "seconds": round(taken, 4), "megabytes_a_second": round((BYTES >> 20) / taken)}))
    return told("verified", checked, MOST_OF_SHA256SUM * beside, **rates)


def main() -> int:
    """Measure; return the exit code."""
    with tempfile.TemporaryDirectory() as place:
        met = [hashing(Path(place))]
    with Ledger.temporary() as ledger:
        registry = ledger.registry
        few = registrations(registry, "few")
        registry.search()
        fill(ledger, SIZE, MODELS)
        for version in registry.list_versions("few"):
            registry.delete_version("few", version.version)
        for name, (work, answer) in questions(registry).items():
            seconds, found = median(work)
            assert len(found) == answer, (name, len(found))
            met.append(told(name, seconds, MOST_SECONDS, versions=SIZE, answer=answer))
        many = registrations(registry, "model-007")
        met.append(told("registered", many, MOST_GROWTH * few, among_none=round(few, 4), versions=SIZE))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
