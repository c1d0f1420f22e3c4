"""One event, checked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph_ledger.errors import ValidationError
from graph_ledger.values.moment import point_in_time

Facets = Mapping[str, Any]
Named = tuple[str, str]
"""Namespace and name."""
CLOCK = re.compile(r"(?P<second>[\d-]+[T ]\d\d:\d\d:\d\d)(\.(?P<fraction>\d+))?([Zz]|(?P<hours>[+-]\d\d):?(?P<minutes>\d\d))?")


@dataclass(frozen=True)
class Dataset:
    """A dataset as one event names it."""

    namespace: str
    name: str
    facets: Facets


@dataclass(frozen=True)
class Event:
    """What one event says; of an event on a dataset alone there is no job."""

    at: datetime
    job: Named | None
    run: str
    """The run's id; '' when the event is of the job itself, and so holds until the next one."""
    complete: bool
    """Whether it ends its run well, so that what the run named is what the job reads and writes."""
    facets: Facets
    run_facets: Facets
    inputs: tuple[Dataset, ...]
    outputs: tuple[Dataset, ...]
    dataset: Dataset | None


def event_of(given: Any) -> Event:
    """Return an event as it was sent: of a run, of a job, or of a dataset.

    Raises:
        ValidationError: It is none, or lacks what OpenLineage asks for; the message names the field.

    >>> event_of({"eventTime": "2026-06-30T12:00:00Z", "job": {"namespace": "etl", "name": "daily"}}).job
    ('etl', 'daily')
    """
    event = mapping(given, "an event")
    at = _time(text(event, "eventTime"))
    if not ({"job", "dataset"} & event.keys()):
        raise ValidationError("an event names a job or a dataset, and this one names none")
    if "job" not in event:
        return Event(at, None, "", complete=False, facets={}, run_facets={}, inputs=(), outputs=(), dataset=_dataset(event["dataset"]))
    job = mapping(event["job"], "job")
    run = mapping(event["run"], "run") if event.get("run") is not None else None
    return Event(
        at,
        (text(job, "namespace"), text(job, "name")),
        run="" if run is None else text(run, "runId"),
        complete=run is None or event.get("eventType") == "COMPLETE",
        facets=_facets(job),
        run_facets={} if run is None else _facets(run),
        inputs=_datasets(event, "inputs"),
        outputs=_datasets(event, "outputs"),
        dataset=None,
    )


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    """Return a value that is a mapping, or refuse it."""
    if not isinstance(value, Mapping):
        raise ValidationError(f"{what} is a mapping, not {str(value)[:40]!r}")
    return value


def text(held: Mapping[str, Any], field: str) -> str:
    """Return a field that is a text with something in it, or refuse it."""
    value = held.get(field)
    if not isinstance(value, str) or not value.strip():
        raise ValidationError(f"{field} is a text, not {str(value)[:40]!r}")
    return value


def listed(value: Any, what: str) -> Iterable[Any]:
    """Return a value that is a list, or refuse it; None is an empty one."""
    if value is not None and not isinstance(value, list):
        raise ValidationError(f"{what} are a list, not {str(value)[:40]!r}")
    return value or []


def _time(given: str) -> datetime:
    """Return a time as any language writes it: of a second as many digits as it likes, the offset with a colon or without."""
    found = CLOCK.fullmatch(given.strip())
    if found is not None:
        digits, hours, minutes = found["fraction"], found["hours"], found["minutes"]
        fraction = f".{digits[:6]:0<6}" if digits else ""
        given = f"{found['second']}{fraction}{f'{hours}:{minutes}' if hours else '+00:00'}"
    return point_in_time(given, name="eventTime")


def _datasets(event: Mapping[str, Any], side: str) -> tuple[Dataset, ...]:
    return tuple(map(_dataset, listed(event.get(side), side)))


def _dataset(given: Any) -> Dataset:
    found = mapping(given, "a dataset")
    return Dataset(text(found, "namespace"), text(found, "name"), _facets(found))


def _facets(held: Mapping[str, Any]) -> Facets:
    facets = held.get("facets")
    return {} if facets is None else mapping(facets, "facets")
