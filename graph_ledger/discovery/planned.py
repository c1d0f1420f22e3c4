"""Planned: what was decided of a batch, in words for a person."""

from collections.abc import Iterable, Iterator

from graph_ledger.discovery.claims import ClaimRow
from graph_ledger.discovery.content import Content
from graph_ledger.discovery.observe import Decided
from graph_ledger.discovery.observed import Observed
from graph_ledger.history.draft import text_of
from graph_ledger.history.fold import OPEN, Span
from graph_ledger.values.plan import PlannedChange


def planned(decided: Decided) -> Iterator[PlannedChange]:
    """Yield what would become of each model, and why."""
    for result in decided.results:
        model, content = result.appending.model, decided.said[result.appending.model.key]
        opens, closes = set(_beyond(result.missing, result.withdrawn)), set(_beyond(result.withdrawn, result.missing))
        yield PlannedChange(
            kind="tombstone" if content is None else "change" if model.seen else "create",
            model=model.key,
            reasons=tuple(_reasons(result, content)),
            opens=tuple(sorted(opens)),
            closes=tuple(sorted(closes)),
        )


def _reasons(result: Observed, content: Content | None) -> Iterator[str]:
    model, drafts = result.appending.model, result.appending.drafts
    if content is None:
        yield "a complete listing of the source does not name it"
        lost = any(draft.event_type == "not_found" for draft in drafts)
        yield "no other source that lists it sees it" if lost else "it stays present: another source sees it, or it was gone before"
        return
    if not model.sequence:
        yield "it is new"
    elif model.seen is None:
        yield "it is known, and new to this source"
    elif model.seen.gone or not model.fields["present"]:
        yield "it is back"
    for draft in drafts:
        for name, values in draft.payload.get("changes", {}).items():
            if model.sequence and name != "present" and model.fields.get(name) != values["new"]:
                yield f"{name}: {values['old']!r} becomes {values['new']!r}" if name != "metadata" else "its metadata changes"
    if any(row.flows for row in (*result.withdrawn, *result.missing)):
        yield "how its columns come about"
    if model.seen is not None and not result.withdrawn and not result.missing and len(drafts) == 1 and "changes" not in drafts[0].payload:
        yield "what the source says of it differs"


def _beyond(rows: Iterable[ClaimRow], others: Iterable[ClaimRow]) -> Iterator[str]:
    """Say what is claimed in some rows beyond what is claimed in others, and from when to when, unless it is until further notice."""
    spans: dict[tuple[bool, str], list[Span]] = {}
    for row in others:
        spans.setdefault((row.is_output, row.port), []).append(row.span)
    for row in rows:
        if row.flows:
            continue
        rest = [row.span]
        for other in spans.get((row.is_output, row.port), ()):
            rest = [part for each in rest for part in _without(each, other)]
        for part in rest:
            period = "" if part.end == OPEN else f" from {text_of(part.start)[:19]}Z to {text_of(part.end)[:19]}Z"
            yield f"{'writes' if row.is_output else 'reads'} {row.port.replace(chr(0), ' ')}{period}"


def _without(span: Span, other: Span) -> Iterator[Span]:
    """Yield what is left of an interval without another one."""
    before, after = Span(span.start, min(span.end, other.start)), Span(max(span.start, other.end), span.end)
    yield from (part for part in (before, after) if part.start < part.end)
