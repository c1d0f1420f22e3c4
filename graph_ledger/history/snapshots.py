"""Snapshots as users hold them, made of what the graph returns or of what was just written."""

import json
from collections.abc import Sequence
from typing import Any

from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.snapshot import Snapshot

MILLION = 1_000_000


def of_columns(columns: Sequence[Any], model: str | None = None) -> Snapshot:
    """Make a snapshot of the columns that ``history/history`` returns."""
    name, model_hash, sequence, kind, actor, source, at, recorded, payload, tags, parent, previous, chained, repetition = columns
    return Snapshot.model_construct(
        model_hash=model_hash, event_type=kind, actor=actor, source=source, timestamp=from_microseconds(at), payload=json.loads(payload),
        tags=json.loads(tags), parent_hash=parent, snapshot_hash=name, sequence=sequence, recorded_at=from_microseconds(recorded),
        previous_hash=previous, chain_hash=chained, repetition=repetition, model=model,
    )  # fmt: skip


def of_event(event: dict[str, Any], model_hash: str, now: int, model: str) -> Snapshot:
    """Make a snapshot of an event that was just appended."""
    seconds, nanoseconds = event["at"]
    return of_columns(
        (
            event["snapshot_hash"], model_hash, event["sequence"], event["event_type"], event["actor"], event["source"],
            seconds * MILLION + nanoseconds // 1000, now, event["payload"], event["tags"] or "{}", event["parent_hash"],
            event["previous_hash"], event["chain_hash"], event["repetition"] or 0,
        ),
        model,
    )  # fmt: skip
