"""Disk: what a home takes before anything is in it, with histories in it, and packed: ``python -m benchmarks.disk --size 10000``."""

import argparse
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fill import fill_histories
from benchmarks.stage import say
from graph_ledger import Ledger, server
from graph_ledger.settings import Settings

MB = 10**6


def disk(size: int) -> dict[str, float]:
    """Return megabytes of a home whose server was stopped, as it is when it is copied; the log also while it runs."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with _opened(home) as ledger:
            ledger.overview()
        server.stop(home)
        found: dict[str, float] = {"models": size, "empty_mb": _taken(home)}
        say(f"filling {size:,} histories")
        with _opened(home) as ledger:
            fill_histories(ledger, size)
            found["events"] = ledger.overview().total_events
        found["log_running_mb"] = _taken(home / "data" / "transactions")
        server.stop(home)
        found |= {"log_mb": _taken(home / "data" / "transactions"), "full_mb": _taken(home)}
        with tarfile.open(Path(folder) / "copy.tgz", "w:gz") as copy:
            copy.add(home, ".")
        return found | {"packed_mb": _taken(Path(folder) / "copy.tgz")}


def _opened(home: Path) -> Ledger:
    return Ledger(str(server.start(home, Settings().cache).uri), auth=server.credentials(home))


def _taken(path: Path) -> float:
    return round(sum(file.stat().st_size for file in _files(path)) / MB, 1)


def _files(path: Path) -> Iterator[Path]:
    yield from [path] if path.is_file() else (each for each in path.rglob("*") if each.is_file() and not each.is_symlink())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disk", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="models with a history (10,000)")
    print(json.dumps(disk(parser.parse_args().size)))


if __name__ == "__main__":
    main()
