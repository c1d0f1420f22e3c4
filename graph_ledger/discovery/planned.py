"""Planned: what was decided of a batch, in words for a person."""

from collections.abc import Iterator

from graph_ledger.discovery.claims import ClaimRow
from graph_ledger.discovery.content import Content
from graph_ledger.discovery.observe import Decided
from graph_ledger.discovery.observed import Observed
from graph_ledger.history.fold import OPEN
from graph_ledger.values.plan import PlannedChange


def planned(decided: Decided) -> Iterator[PlannedChange]:
    """Yield what would become of each model, and why."""
    for result in decided.results:
        model, content = result.appending.model, decided.said[result.appending.model.key]
        opens = {_spelt(row) for row in result.missing if row.span.end == OPEN and not row.flows}
        closes = {_spelt(row) for row in result.withdrawn if row.span.end == OPEN and not row.flows}
        yield PlannedChange(
            kind="tombstone" if content is None else "change" if model.seen else "create",
            model=model.key,
            reasons=tuple(_reasons(result, content)),
            opens=tuple(sorted(opens - closes)),
            closes=tuple(sorted(closes - opens)),
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


def _spelt(row: ClaimRow) -> str:
    return f"{'writes' if row.is_output else 'reads'} {row.port.replace(chr(0), ' ')}"
