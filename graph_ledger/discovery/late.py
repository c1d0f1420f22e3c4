"""Late: an observation that comes after something newer is known; everything is folded anew from the events."""

from dataclasses import dataclass

from graph_ledger.discovery.claims import ClaimRow
from graph_ledger.discovery.content import Content
from graph_ledger.discovery.load import Load
from graph_ledger.discovery.observed import Observed, actor_of, change_payload, lost, not_found, registration
from graph_ledger.history.appending import Appending, change_fields
from graph_ledger.history.draft import Draft
from graph_ledger.history.fold import OPEN, Point, Span, difference, following, holding
from graph_ledger.history.identity import DEFAULTS, Fields
from graph_ledger.history.locked import Locked, Seen
from graph_ledger.history.replay import IMPLIED, Recorded, claims_of, metadata_of, points_of, states_of, with_last_word
from graph_ledger.values.canonical import canonical_json, short_digest


@dataclass(slots=True)
class Known:
    """What is recorded of one model, read under its lock."""

    events: list[Recorded]
    former: list[tuple[Span, Fields]]
    claims: list[ClaimRow]
    last: dict[str, Point]
    """The last word of each source that still sees it."""


def fold_in(model: Locked, content: Content | None, load: Load, known: Known) -> Observed | None:
    """Work out what a late observation changes; None where it says what was known for exactly that time."""
    last = known.last.get(load.source)
    points = with_last_word(points_of(known.events, load.source), last)
    by_sequence = {event.sequence: event for event in known.events}
    if _is_known(points, content, load, by_sequence):
        return None
    drafts = _drafts(model, content, load, points)
    first = model.sequence + 1
    recorded = known.events + [_as_recorded(draft, first + place) for place, draft in enumerate(drafts)]
    points = with_last_word(points_of(recorded, load.source), last)
    born = min([load.at, *([model.created] if model.created is not None else [])])
    states = states_of(recorded, born, known.last)
    _explain(drafts, states, [*known.former, _today(model)])
    if any(draft.event_type == "lost" and not _state_at(states, draft.at)["present"] for draft in drafts):
        drafts.append(not_found(load, next(draft.at for draft in drafts if draft.event_type == "lost")))
    appending = Appending(model, drafts, model.fields, load.at, arrival=content.position if content else 0)
    change_fields(appending, states, known.former)
    result = Observed(appending, _last_word(recorded, points, model), load.at if content is not None else None)
    wanted = [
        ClaimRow(model.key, model.model_hash, port, is_output, load.source, span, flows=flows)
        for (is_output, port, flows), spans in claims_of(recorded, points).items()
        for span in spans
    ]
    result.withdrawn, result.missing = difference(known.claims, wanted)
    return result


def _drafts(model: Locked, content: Content | None, load: Load, points: list[Point]) -> list[Draft]:
    """The events of a late observation, with what the next complete listing of the source is known to have seen."""
    drafts = [] if model.sequence else [registration(model, load)]
    again: list[list[int]] = []
    following_point = following(points, load.at)
    run = load.next_complete
    losses = []
    if run is not None and (following_point is None or run < following_point.time):
        held = holding(points, run)
        if held is not None and held.content is not None:
            again.append([run, held.content])
        else:
            losses.append(lost(load, run, {}))
    elif following_point is not None and following_point.rank == IMPLIED and following_point.content is not None:
        again.append([following_point.time, following_point.content])
    if content is None:
        drafts.append(lost(load, load.at, {"points": again} if again else {}))
        losses = []
    else:
        payload = content.payload | ({"points": again} if again else {})
        drafts.append(Draft("discovered", actor_of(load, content.platform), load.at, payload, load.source))
    return drafts + losses


def _last_word(events: list[Recorded], points: list[Point], model: Locked) -> Seen:
    by_sequence = {event.sequence: event for event in events}
    opinion: dict[str, str] = {}
    last_seen = model.seen.last_seen if model.seen else 0
    for point in points:
        if point.content is not None:
            payload = by_sequence[point.content].payload
            opinion |= payload.get("opinion") or {}
            opinion["metadata"] = short_digest(canonical_json(metadata_of(payload)))
            opinion |= {"platform": payload["platform"]} if payload.get("platform") else {}
            last_seen = max(last_seen, point.time)
    newest = points[-1]
    if newest.content is None:
        return Seen("", 0, opinion, gone=True, last_seen=last_seen, last_known=newest.time, content_from=newest.time)
    held = by_sequence[newest.content]
    return Seen(held.payload["_content_hash"], newest.content, opinion, False, last_seen, newest.time, held.at)


def _is_known(points: list[Point], content: Content | None, load: Load, events: dict[int, Recorded]) -> bool:
    """Whether exactly this is known: absent where it was absent, or the same at a time that a point or a complete listing holds."""
    held = holding(points, load.at)
    if held is None or held.content is None:
        return content is None
    if content is None or not (held.time == load.at or load.repeated):
        return False
    return bool(events[held.content].payload["_content_hash"] == content.content_hash)


def _as_recorded(draft: Draft, sequence: int) -> Recorded:
    return Recorded(sequence, draft.event_type, draft.source, draft.at, draft.payload)


def _explain(drafts: list[Draft], states: list[tuple[Span, Fields]], before: list[tuple[Span, Fields]]) -> None:
    """Say in the discovered event what it changes, old and new."""
    for draft in drafts:
        if draft.event_type == "discovered":
            old, new = _state_at(before, draft.at), _state_at(states, draft.at)
            draft.payload = {**draft.payload, **change_payload(old, new)}
            draft.changes_state = old != new


def _state_at(states: list[tuple[Span, Fields]], time: int) -> Fields:
    return next((fields for span, fields in states if span.start <= time < span.end), dict(DEFAULTS))


def _today(model: Locked) -> tuple[Span, Fields]:
    return (Span(model.state_from, OPEN) if model.state_from is not None else Span(OPEN, OPEN)), model.fields
