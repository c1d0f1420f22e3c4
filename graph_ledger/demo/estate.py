"""The demo estate, dated back from the day it is loaded, so that this week always has something in it.

``estate/<days before>.yaml`` is the whole estate as it stood that many days before the load, in the form that the files
connector reads; ``events.yaml`` is what happened to its models; ``groups.yaml`` and ``findings.yaml`` are who was in a group,
and what was found about it; ``contracts.yaml`` is the bank's data model, and who reads and writes its elements.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml

from graph_ledger.values.moment import When, point_in_time

SOURCE = "demo"
"""Name of the one source that lists the whole estate."""

FILES = Path(__file__).parent
MODEL = {"name": "Bank", "id": "https://bank.example/model/", "preferred_prefix": "bank"}
"""Metadata of the bank's data model."""
RULES = {
    "entity": {"description": False},
    "property": {"output_type": True, "unit": True, "description": False, "name": False},
}
"""What breaks a contract of it."""
READ_AT = time(2, tzinfo=timezone.utc)
Call = tuple[str, dict[str, Any]]
"""Name of a verb of `Ledger`, and its arguments."""


def listings(loaded_on: When) -> Iterator[tuple[datetime, Path]]:
    """Yield when each listing was read, 02:00 UTC of its day, and its file; oldest first.

    Args:
        loaded_on: Day of the first load, in UTC; of a datetime only the day counts. The last listing is five days older.

    >>> [file.name for _, file in listings("2026-06-30")][0]
    '0730.yaml'
    """
    for file in sorted((FILES / "estate").glob("*.yaml"), reverse=True):
        yield _dated(loaded_on, int(file.stem), READ_AT), file


def events(loaded_on: When) -> list[dict[str, Any]]:
    """Return what happened to the models, oldest first, each as the arguments of `Ledger.record`.

    Args:
        loaded_on: Day of the first load, in UTC; of a datetime only the day counts. No event is younger than two days.

    Returns:
        Mappings of model (its key), event, actor, payload and timestamp (aware, UTC).

    >>> events("2026-06-30")[-1]["timestamp"].isoformat()
    '2026-06-28T09:02:00+00:00'
    """
    return _happened(loaded_on, "events.yaml")


def groups(loaded_on: When) -> list[Call]:
    """Return how a group was formed and who joined and left it, oldest first, as calls; to be made before the events are recorded.

    >>> [verb for verb, _ in groups("2026-06-30")][:2]
    ['register_group', 'add_member']
    """
    return [(said.pop("call"), said) for said in _happened(loaded_on, "groups.yaml")]


def findings(loaded_on: When) -> list[Call]:
    """Return validations, observations and tags, oldest first, as calls; to be made once the events are recorded.

    >>> findings("2026-06-30")[-1][1]["observation_id"]
    'AML-2'
    """
    return [(said.pop("call"), said) for said in _happened(loaded_on, "findings.yaml")]


def agreements(loaded_on: When) -> list[Call]:
    """Return the releases of the bank's data model and who declared to read or write what of it, oldest first, as calls of contracts.

    >>> agreements("2026-06-30")[-1][1]["ref"]
    'bank:Account.Balance'
    """
    calls = [(said.pop("call"), said) for said in _happened(loaded_on, "contracts.yaml")]
    return [(verb, said | {"metadata": MODEL, "rules": RULES} if verb == "sync" else said) for verb, said in calls]


def _happened(loaded_on: When, file: str) -> list[dict[str, Any]]:
    happened = [_event(loaded_on, **entry) for entry in yaml.safe_load((FILES / file).read_text(encoding="utf-8"))]
    return sorted(happened, key=lambda said: said["timestamp"])


def _event(loaded_on: When, *, days_before: int, time: str, **said: Any) -> dict[str, Any]:
    hours, minutes = map(int, time.split(":"))
    return said | {"timestamp": _dated(loaded_on, days_before, READ_AT.replace(hour=hours, minute=minutes))}


def _dated(loaded_on: When, days_before: int, clock: time) -> datetime:
    return datetime.combine(point_in_time(loaded_on).date() - timedelta(days=days_before), clock)
