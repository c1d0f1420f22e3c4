"""Leases: which sources are being read now, for the doctor."""

from graph_ledger.database.database import Database
from graph_ledger.values.check import Check


def lease_checks(database: Database) -> list[Check]:
    """Return one check a lease; one that has run out is no finding: the next run of that source takes it over."""
    row = database.read("discovery/leases")
    found = zip(row["sources"], row["holders"], row["fences"], row["seconds"], strict=True)
    return [
        Check(name="lease", ok=True, detail=f"{source}, number {fence}: {holder}, {_left(seconds)}")
        for source, holder, fence, seconds in found
    ]


def _left(seconds: int) -> str:
    return f"for {seconds} s unless it is renewed" if seconds > 0 else "which has died; the next run takes it over"
