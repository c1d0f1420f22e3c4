"""Observed: what follows for one model from one observation, before anything is written."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from graph_ledger.discovery.claims import ClaimRow
from graph_ledger.discovery.content import Content
from graph_ledger.discovery.load import CLIENT, Load
from graph_ledger.history.appending import Appending
from graph_ledger.history.draft import Draft, named, parts, tags_of
from graph_ledger.history.fold import OPEN, Span
from graph_ledger.history.identity import DEFAULTS, Fields, changed
from graph_ledger.history.locked import Locked, Seen, blank
from graph_ledger.history.signature import CURRENT
from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.model import model_hash
from graph_ledger.values.node import key_of


@dataclass(slots=True)
class Observed:
    """One model's part of a batch."""

    appending: Appending
    seen: Seen
    first_seen: int | None
    """When it was seen, where this is no loss."""
    withdrawn: list[ClaimRow] = field(default_factory=list)
    missing: list[ClaimRow] = field(default_factory=list)

    def seen_row(self) -> dict[str, Any]:
        """What the source last said, as the graph takes it."""
        seen = self.seen
        return {
            "key": self.appending.model.key,
            "content_hash": seen.content_hash,
            "content_sequence": seen.content_sequence,
            "content_from": parts(seen.content_from),
            "opinion": json.dumps(seen.opinion, ensure_ascii=False),
            "gone": seen.gone,
            "last_seen": parts(seen.last_seen),
            "last_known": parts(seen.last_known),
            "first_seen": None if self.first_seen is None else parts(self.first_seen),
        }


def prepared(content: Content, load: Load) -> Observed:
    """Work out beforehand what follows when the node is new, down to the hashes: most of a first load."""
    model = blank(key_of(content.platform, content.name), model_hash(content.platform, content.name), content.name, content.platform)
    observed = seen_now(model, content, load, [])
    for draft in observed.appending.drafts:
        draft.payload_text = canonical_json(draft.payload)
        draft.name = named(model.model_hash, draft, draft.payload_text, tags_of(draft))
    for row in observed.missing:
        _ = row.edge_key
    return observed


def registration(model: Locked, load: Load) -> Draft:
    """The first event of a model that a source found; it states no opinion."""
    fields = {"platform": model.fields["platform"]}
    said = {name: DEFAULTS[name] for name in ("owner", "tier", "purpose", "model_type", "model_origin", "status")}
    payload = {"by": "discovery", "name": model.name, **fields, **said}
    return Draft("registered", actor_of(load, model.fields["platform"]), load.at, payload, load.source, changes_state=True)


def seen_now(model: Locked, content: Content, load: Load, claims: list[ClaimRow]) -> Observed:
    """In order: the source says something new of a model, after everything that is known of it."""
    before = model.seen.opinion if model.seen else {}
    statements = stated(content)
    news = {name: value for name, value in statements.items() if marked(name, value) != before.get(name, NOTHING.get(name))}
    fields: Fields = {**model.fields, **news, "present": True}
    drafts = [] if model.sequence else [registration(model, load)]
    payload = {**content.payload, **change_payload(model.fields, fields), **points_of_run(model.seen, load)}
    drafts.append(
        Draft("discovered", actor_of(load, content.platform), load.at, payload, load.source, changes_state=fields != model.fields)
    )
    sequence = model.sequence + len(drafts)
    opinion = {**before, **{name: marked(name, value) for name, value in statements.items()}}
    seen = Seen(content.content_hash, sequence, opinion, gone=False, last_seen=load.at, last_known=load.at, content_from=load.at)
    result = Observed(_appending(model, drafts, fields, load), seen, load.at)
    result.appending.arrival = content.position
    held = {(row.is_output, row.port, row.flows): row for row in claims if row.span.end == OPEN}
    said = dict.fromkeys(content.claims)
    result.withdrawn = [row for claim, row in held.items() if claim not in said]
    result.missing = [
        ClaimRow(model.key, model.model_hash, port, is_output, load.source, Span(load.at, OPEN), flows=flows)
        for is_output, port, flows in said
        if (is_output, port, flows) not in held
    ] + ended(result.withdrawn, load.at)
    return result


def lost_now(model: Locked, load: Load, claims: list[ClaimRow], *, seen_elsewhere: bool) -> Observed:
    """In order: a complete listing of the source no longer names a model."""
    seen = model.seen or Seen()
    drafts = [lost(load, load.at, points_of_run(seen, load))]
    fields: Fields = {**model.fields, "present": seen_elsewhere and model.fields["present"]}
    if fields["present"] != model.fields["present"]:
        drafts.append(not_found(load, load.at))
    gone = Seen("", 0, seen.opinion, gone=True, last_seen=seen.last_seen, last_known=load.at, content_from=load.at)
    result = Observed(_appending(model, drafts, fields, load), gone, None)
    result.withdrawn = [row for row in claims if row.span.end == OPEN]
    result.missing = ended(result.withdrawn, load.at)
    return result


def lost(load: Load, at: int, payload: dict[str, Any]) -> Draft:
    """One source's loss."""
    reason = "a complete listing of the source does not name it"
    return Draft("lost", actor_of(load, ""), at, {"reason": reason, **payload}, load.source)


def not_found(load: Load, at: int) -> Draft:
    """No source that lists the model still sees it."""
    reason = "no source that lists it still sees it"
    return Draft("not_found", actor_of(load, ""), at, {"by": "discovery", "reason": reason}, load.source, changes_state=True)


def ended(rows: list[ClaimRow], at: int) -> list[ClaimRow]:
    """The claims as they are believed after they ended; an empty interval is none."""
    return [replace(row, span=Span(row.span.start, at)) for row in rows if row.span.start < at]


def stated(content: Content) -> dict[str, str]:
    """The identity fields that a content states, metadata and platform among them."""
    platform = {"platform": content.platform} if content.platform else {}
    return {**content.opinion, "metadata": content.metadata, **platform}


def marked(field: str, value: str) -> str:
    """What is kept of a statement, to tell whether the next one differs: metadata by its hash alone."""
    return short_digest(value) if field == "metadata" else value


NOTHING = {"metadata": marked("metadata", "{}")}
"""What a source that says nothing has said."""


def change_payload(before: Fields, after: Fields) -> dict[str, Any]:
    """Old and new of every identity field that changes; metadata, which the payload holds itself, only where it replaces some."""
    changes = changed(before, after)
    if "metadata" in changes:
        texts = changes.pop("metadata")
        if texts["old"] != "{}":
            changes["metadata"] = {name: json.loads(text) for name, text in texts.items()}
    return {"changes": changes} if changes else {}


def points_of_run(seen: Seen | None, load: Load) -> dict[str, Any]:
    """The event that ends a run of equal observations says when the last of them was."""
    if seen is None or seen.gone or seen.last_seen in (seen.content_from, load.at):
        return {}
    return {"points": [[seen.last_seen, seen.content_sequence]]}


def actor_of(load: Load, platform: str) -> str:
    """Who recorded a discovery: who signs, else the connector; for what people add, the platform's name, or the system."""
    if (signature := CURRENT.get()) is not None:
        return signature.actor
    if load.source != CLIENT:
        return f"connector:{load.source}"
    return f"connector:{platform}" if platform else "system"


def _appending(model: Locked, drafts: list[Draft], fields: Fields, load: Load) -> Appending:
    if model.state_from is None or fields == model.fields:
        return Appending(model, drafts, fields, load.at if model.state_from is None else model.state_from)
    return Appending(model, drafts, fields, load.at, written=[(Span(model.state_from, load.at), model.fields)])
