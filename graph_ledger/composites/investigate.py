"""Investigate: everything that is known of one model, put side by side."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any, Literal

from graph_ledger.composites.members import groups, members
from graph_ledger.composites.observations import open_observations
from graph_ledger.database.database import Database
from graph_ledger.errors import ValidationError
from graph_ledger.history.event_types import INTERNAL, VALIDATED
from graph_ledger.history.read import history
from graph_ledger.history.tags import list_tags
from graph_ledger.lineage.dependencies import dependencies
from graph_ledger.lineage.ports import ports
from graph_ledger.models.get import get
from graph_ledger.values.investigation import Investigation, Validation
from graph_ledger.values.moment import Moment
from graph_ledger.values.snapshot import Snapshot

Detail = Literal["summary", "full"]
NEWEST = 10
"""How many events a summary holds."""
UNSAID = frozenset({*INTERNAL, "discovered", "lost", "not_found", "updated"})
"""Events whose payload is about the ledger's own keeping; what they say of the model is in its fields."""


def investigate(database: Database, key: str, moment: Moment, detail: Detail = "summary") -> Investigation:
    """Return what a model is, reads, writes and belongs to, what happened to it, and what is open against it.

    Raises:
        ModelNotFoundError: It did not exist at that moment.
        ValidationError: ``detail`` is neither of the two.
    Cost: ten reads, each by the model's key; all of its events are read, a ``summary`` hands on the ten newest.
    """
    if detail not in {"summary", "full"}:
        raise ValidationError(f"detail is 'summary' or 'full', not {detail!r}")
    model = get(database, key, moment)
    events = list(history(database, key, moment))
    inputs, outputs = ports(database, key, moment)
    return Investigation(
        model=model,
        known=_known(model.metadata, reversed(events)),
        events=tuple(events if detail == "full" else events[:NEWEST]),
        total_events=len(events),
        sealed_to=database.read("history/sealed_to", key=key)["sequence"],
        days_since_last_event=_days(events, moment),
        inputs=inputs,
        outputs=outputs,
        dependencies=tuple(dependencies(database, key, "both", moment)),
        groups=tuple(groups(database, key, moment)),
        members=tuple(members(database, key, moment)),
        tags=tuple(list_tags(database, key, model.model_hash, moment)),
        validations=tuple(_validations(events)),
        open_observations=tuple(open_observations(database, key, moment)),
    )


def _known(metadata: dict[str, Any], oldest_first: Iterable[Snapshot]) -> dict[str, Any]:
    known = dict(metadata)
    for event in oldest_first:
        if event.event_type not in UNSAID:
            known.update(event.payload)
    return known


def _days(events: list[Snapshot], moment: Moment) -> int | None:
    if not events:
        return None
    return max(0, ((moment.as_of or datetime.now(timezone.utc)) - events[0].timestamp).days)


def _validations(newest_first: list[Snapshot]) -> Iterator[Validation]:
    unchanged = True
    for event in newest_first:
        if event.event_type == VALIDATED:
            result = event.payload.get("result")
            yield Validation(
                timestamp=event.timestamp, actor=event.actor, result=None if result is None else str(result),
                since_last_change=unchanged, payload=event.payload,
            )  # fmt: skip
        elif event.event_type not in INTERNAL:
            unchanged = False
