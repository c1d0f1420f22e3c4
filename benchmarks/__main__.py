"""``python -m benchmarks``: ours beside the peer; ``--growth``: ours alone, from a thousand nodes to a hundred thousand."""

import argparse
import sys

from benchmarks.events import grow_events
from benchmarks.growth import grow
from benchmarks.rooms import ROOMS
from benchmarks.rows import ROWS
from benchmarks.run import name_of, run


def main() -> int:
    """Run; exit 1 where a target is missed and ``--strict`` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="nodes of the generated graph (10,000)")
    parser.add_argument(
        "--only", nargs="*", default=(), choices=[*(name_of(row) for row in ROWS), "load", "warehouse", *ROOMS], help="these rows alone"
    )
    parser.add_argument("--growth", action="store_true", help="1,000, 10,000 and 100,000 nodes, ours alone")
    parser.add_argument("--million", action="store_true", help="with --growth: 1,000,000 nodes too")
    parser.add_argument("--events", action="store_true", help="with --growth: 1,000 to 1,000,000 stored events instead of nodes")
    parser.add_argument("--strict", action="store_true", help="exit 1 where a target is missed")
    given = parser.parse_args()
    if given.growth and given.events:
        fine = grow_events()
    elif given.growth:
        fine = grow(million=given.million)
    else:
        fine = run(given.size, given.only)
    return 0 if fine or not given.strict else 1


if __name__ == "__main__":
    sys.exit(main())
