"""Links: dependencies that people declare, and take back."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.claims import ClaimRow, write_claims
from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft
from graph_ledger.history.fold import Point, Span, difference, spans, timeline
from graph_ledger.history.locked import Locked, lock
from graph_ledger.history.read import BEGINNING
from graph_ledger.history.snapshots import of_columns, of_event
from graph_ledger.values.bound import MOST
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import LATEST, OPEN_END, When, from_microseconds
from graph_ledger.values.port import check_text
from graph_ledger.values.snapshot import Snapshot

DECLARES, TAKES_BACK = "depends_on", "dependency_removed"
COUNTERPART = {DECLARES: "has_dependent", TAKES_BACK: "dependent_removed"}
COLUMNS = ("nodes", "hashes", "ports", "outputs", "sources", "starts", "ends", "relationships")
Pair = tuple[Snapshot, Snapshot]


@dataclass(frozen=True, slots=True)
class Link:
    """What is declared or taken back, by whom."""

    upstream: str
    downstream: str
    relationship: str | None
    actor: str
    said: Mapping[str, Any]


def link(database: Database, asked: Link, timestamp: When | None) -> Pair:
    """Declare that one model depends on another; declaring it again is silent and returns the first two events."""
    return database.write(lambda transaction: declare(transaction, asked, timestamp))


def declare(transaction: Transaction, asked: Link, timestamp: When | None) -> Pair:
    """Declare it within a transaction."""
    asked = _checked(asked)
    up, down, now = _locked(transaction, asked)
    at = fact_time(timestamp, now, "timestamp")
    held = _holding(_events(transaction, down.key, up.model_hash), at)
    if (asked.relationship, asked.actor) in held:
        _cut_anew(transaction, up, down, now)
        return _first(transaction, asked, up, down, DECLARES, at)
    transaction.run(
        "discovery/declare_port", key=_port(up, str(asked.relationship), down), identifier=f"{up.name} -> {down.name}".lower(),
        upstream=up.key, downstream=down.key, at=from_microseconds(at),
    )  # fmt: skip
    return _write(transaction, asked, up, down, DECLARES, at, now)


def unlink(database: Database, asked: Link, timestamp: When | None) -> Pair:
    """Close every declared claim of a pair, or those of one relationship; said again of the same time, return the first two events.

    Raises:
        ValidationError: Nobody declared it; data ports that join the two are named.
    """
    return database.write(lambda transaction: take_back(transaction, asked, timestamp))


def take_back(transaction: Transaction, asked: Link, timestamp: When | None) -> Pair:
    """Take it back within a transaction; raise as ``unlink`` does."""
    asked = _checked(asked)
    up, down, now = _locked(transaction, asked)
    at = fact_time(timestamp, now, "timestamp")
    events = _events(transaction, down.key, up.model_hash)
    if not [word for word, _ in _holding(events, at) if asked.relationship in (None, word)]:
        if any(_is_said(asked, event, at) for event in events):
            return _first(transaction, asked, up, down, TAKES_BACK, at)
        _refuse(transaction, up, down)
    return _write(transaction, asked, up, down, TAKES_BACK, at, now)


def _checked(asked: Link) -> Link:
    relationship = None if asked.relationship is None else check_text(asked.relationship, "relationship")
    if asked.upstream == asked.downstream:
        raise ValidationError(f"{asked.upstream} cannot depend on itself")
    canonical_json(dict(asked.said))
    return replace(asked, relationship=relationship, actor=check_text(asked.actor, "actor"))


def _locked(transaction: Transaction, asked: Link) -> tuple[Locked, Locked, int]:
    models, now = lock(transaction, [asked.upstream, asked.downstream])
    for key in (asked.upstream, asked.downstream):
        if key not in models:
            raise ModelNotFoundError(key)
    return models[asked.upstream], models[asked.downstream], now


def _write(transaction: Transaction, asked: Link, up: Locked, down: Locked, kind: str, at: int, now: int) -> Pair:
    core = {"relationship": asked.relationship}
    drafts = {
        up.key: Draft(
            COUNTERPART[kind], asked.actor, at, _payload(asked, core | {"downstream": down.name, "downstream_hash": down.model_hash})
        ),
        down.key: Draft(kind, asked.actor, at, _payload(asked, core | {"upstream": up.name, "upstream_hash": up.model_hash})),
    }
    appendings = [appending_of(transaction, model, [drafts[model.key]]) for model in (up, down)]
    written = append(transaction, appendings, now)
    _cut_anew(transaction, up, down, now)
    return (
        of_event(written[up.key][0], up.model_hash, now, up.key),
        of_event(written[down.key][0], down.model_hash, now, down.key),
    )


def _payload(asked: Link, core: dict[str, Any]) -> dict[str, Any]:
    """What a person adds lies beside what the link needs, and never overwrites it."""
    return {**asked.said, **core}


def _cut_anew(transaction: Transaction, up: Locked, down: Locked, now: int) -> None:
    """Make the declared claims of the pair what its events say, in order or late."""
    wanted = []
    for (relationship, actor), intervals in intervals_of(_events(transaction, down.key, up.model_hash)).items():
        port = _port(up, relationship, down)
        for span in intervals:
            wanted.append(ClaimRow(up.key, up.model_hash, port, True, actor, span, relationship))
            wanted.append(ClaimRow(down.key, down.model_hash, port, False, actor, span, relationship))
    row = transaction.run(
        "discovery/declared_claims", upstream=up.key, downstream=down.key, begins=f"declared\0{up.model_hash}\0",
        ends=f"\0{down.model_hash}", open_end=OPEN_END,
    )  # fmt: skip
    believed = [
        ClaimRow(node, node_hash, port, is_output, actor, Span(start, end), relationship)
        for node, node_hash, port, is_output, actor, start, end, relationship in zip(*(row[name] for name in COLUMNS), strict=True)
    ]
    withdrawn, missing = difference(believed, wanted)
    write_claims(transaction, withdrawn, missing, now)


Recorded = tuple[int, str, str, int, dict[str, Any]]


def _events(transaction: Transaction, downstream: str, upstream_hash: str) -> list[Recorded]:
    rows = transaction.run("discovery/link_events", key=downstream, types=[DECLARES, TAKES_BACK])["events"]
    events = [(number, kind, actor, at, json.loads(payload)) for number, kind, actor, at, payload in rows]
    return [event for event in events if event[4].get("upstream_hash") == upstream_hash]


def _timelines(events: Iterable[Recorded]) -> dict[tuple[str, str], list[Point]]:
    """Return when each person declared each relationship, and when it was taken back, whoever did."""
    ordered = sorted(events, key=lambda event: (event[3], event[0]))
    declared = {(event[4]["relationship"], event[2]): None for event in ordered if event[1] == DECLARES}
    found: dict[tuple[str, str], list[Point]] = {}
    for relationship, actor in declared:
        points = []
        for number, kind, who, at, payload in ordered:
            if kind == DECLARES and (payload["relationship"], who) == (relationship, actor):
                points.append(Point(at, number, 1))
            if kind == TAKES_BACK and payload["relationship"] in (None, relationship):
                points.append(Point(at, number, None))
        found[relationship, actor] = timeline(points)
    return found


def intervals_of(events: Iterable[Recorded]) -> dict[tuple[str, str], list[Span]]:
    """Return when each person's declaration of each relationship held, by the events of one pair."""
    always: Callable[[int], Iterable[str]] = lambda _: ("declared",)  # noqa: E731
    return {pair: spans(points, always).get("declared", []) for pair, points in _timelines(events).items()}


def _holding(events: Iterable[Recorded], at: int) -> list[tuple[str, str]]:
    return [pair for pair, intervals in intervals_of(events).items() if any(span.start <= at < span.end for span in intervals)]


def _is_said(asked: Link, event: Recorded, at: int) -> bool:
    """Whether an event takes back just that, of just that time: a request that is sent twice is done once."""
    _, kind, actor, when, payload = event
    same = all(payload.get(name) == value for name, value in {**asked.said, "relationship": asked.relationship}.items())
    return (kind, actor, when) == (TAKES_BACK, asked.actor, at) and same


def _port(up: Locked, relationship: str, down: Locked) -> str:
    return declared_port(up.model_hash, relationship, down.model_hash)


def declared_port(upstream: str, relationship: str, downstream: str) -> str:
    """Return the key of the port that a declaration passes through; both ends by their ``model_hash``."""
    return f"declared\0{upstream}\0{relationship}\0{downstream}"


def _first(transaction: Transaction, asked: Link, up: Locked, down: Locked, kind: str, at: int) -> Pair:
    """Return the two events that declared it, or took it back."""
    found = []
    for model, wanted, other in ((up, COUNTERPART[kind], down), (down, kind, up)):
        columns = transaction.run(
            "history/history", key=model.key, event_type=wanted, actor=asked.actor, source=None, since=BEGINNING,
            as_of=from_microseconds(at), known_at=LATEST, without=[], most=MOST,
        )["events"]  # fmt: skip
        snapshots = [of_columns(each, model.key) for each in columns]
        found.append(
            next(
                each
                for each in snapshots
                if other.model_hash in (each.payload.get("downstream_hash"), each.payload.get("upstream_hash"))
                and each.payload["relationship"] == asked.relationship
            )
        )
    return found[0], found[1]


def _refuse(transaction: Transaction, up: Locked, down: Locked) -> None:
    ports = transaction.run("discovery/shared_ports", upstream=up.key, downstream=down.key)["identifiers"]
    if ports:
        raise ValidationError(
            f"{down.key} depends on {up.key} through {', '.join(ports)}, which their sources claim: the claim ends when a source says so"
        )
    raise ValidationError(f"nobody declared that {down.key} depends on {up.key}: `dependencies` shows what there is")
