"""Discover: one run of one connector, what is missing from a complete listing included."""

import json
from collections.abc import Iterable
from typing import Any, Protocol

from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Database
from graph_ledger.discovery.add import Taken, take_in
from graph_ledger.discovery.load import Load, open_load
from graph_ledger.discovery.observe import observe
from graph_ledger.errors import RemovalGuardError, ValidationError
from graph_ledger.models.resolve import named
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing
from graph_ledger.values.moment import When, from_microseconds
from graph_ledger.values.node import DataNode, key_of, normal

GUARD_SHARE, GUARD_LEAST = 0.2, 5


class Connector(Protocol):
    """Anything with a name that finds nodes."""

    name: str

    def discover(self) -> Iterable[DataNode]:
        """Return the nodes that the source has now."""
        ...


def discover(database: Database, connector: Connector, *, observed_at: When | None = None, allow_removals: bool = False) -> RunReport:
    """Read a source once and take in what it says.

    Raises:
        SourceError: The source was not read to its end; nothing was written.
        RemovalGuardError: It would remove more than 20 % and at least 5 of what it listed; nothing was written.
    """
    name = getattr(connector, "name", None)
    if not isinstance(name, str) or not name or "/" in name or not callable(getattr(connector, "discover", None)):
        raise ValidationError(f"a connector has a name (a text without a slash) and a discover(), not {connector!r}")
    started = database.read("database/clock")["now"]
    found = connector.discover()
    listing = found if isinstance(found, Listing) else Listing(found, source=name, scope=getattr(connector, "scope", DEFAULT_SCOPE))
    load = open_load(database, listing.source_key, observed_at)
    missing = _missing(database, listing, load, allow_removals=allow_removals) if listing.complete else []
    taken = take_in(database, listing, load)
    for outcome in write_in_batches(database, missing, lambda tx, part: observe(tx, [(key, None) for key in part], load)):
        taken.include(outcome)
    return _finished(database, listing, load, taken, started)


def _missing(database: Database, listing: Listing, load: Load, *, allow_removals: bool) -> list[str]:
    """Return the keys that a complete listing does not name; refuse a listing that would remove too much."""
    row = database.read("discovery/listed_by", source=load.source)
    known = dict(zip(row["keys"], row["gone"], strict=True))
    bare = [normal(node.name) for node in listing if not node.platform]
    others = database.reading(lambda transaction: named(transaction, bare)) if bare else {}
    named_now = {key_of(normal(node.platform), normal(node.name)) for node in listing} | {key for keys in others.values() for key in keys}
    missing = sorted(known.keys() - named_now)
    listed = sum(1 for gone in known.values() if not gone)
    removed = [key for key in missing if not known[key]]
    if load.in_order and not allow_removals and len(removed) >= GUARD_LEAST and len(removed) > GUARD_SHARE * listed:
        raise RemovalGuardError(load.source, removed, listed)
    return missing


def _finished(database: Database, listing: Listing, load: Load, taken: Taken, started: int) -> RunReport:
    finished = database.read("database/clock")["now"]
    errors = (*listing.errors, *taken.errors)
    counts = {"added": len(taken.created), "changed": len(taken.changed), "skipped": len(taken.skipped), "gone": len(taken.gone)}
    texts: dict[str, Any] = {
        "errors": json.dumps([error.model_dump() for error in errors], ensure_ascii=False),
        "coverage": json.dumps(listing.coverage, ensure_ascii=False, default=str),
    }
    report = RunReport(
        run_id=short_digest(canonical_json([load.source, load.at])), source=load.source, status="finished", complete=listing.complete,
        observed_at=from_microseconds(load.at), errors=errors, coverage=listing.coverage,
        started_at=from_microseconds(started), finished_at=from_microseconds(finished), **counts,
    )  # fmt: skip
    database.write(
        lambda transaction: transaction.run(
            "discovery/finish_run",
            run_id=report.run_id,
            source=load.source,
            observed_at=report.observed_at,
            status=report.status,
            complete=report.complete,
            started_at=report.started_at,
            finished_at=report.finished_at,
            counts={**counts, **texts},
        )
    )
    return report
