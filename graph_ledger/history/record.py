"""Record: append events that people and pipelines report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.history.adopt import Asked, adopted
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft, name_it
from graph_ledger.history.locked import Locked, lock
from graph_ledger.history.snapshots import of_columns, of_event
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.node import check_platform
from graph_ledger.values.port import check_text
from graph_ledger.values.snapshot import Event, Snapshot

OWN_VERBS: Mapping[str, str] = {
    "registered": "register()",
    "updated": "update()",
    "lost": "discover()",
    "has_dependent": "link_dependency()",
    "depends_on": "link_dependency()",
    "dependent_removed": "unlink_dependency()",
    "dependency_removed": "unlink_dependency()",
    "grouped": "register_group()",
    "member_added": "add_member()",
    "member_removed": "remove_member()",
    "member_changed": "the ledger itself, for each event of a member",
    "observation_issued": "record_observation()",
    "observation_resolved": "resolve_observation()",
    "renamed": "contracts.sync()",
    "contract_changed": "contracts.sync()",
    "contracts_synced": "contracts.sync()",
    "consumes_contract": "contracts.consume()",
    "has_consumer": "contracts.consume()",
    "produces_contract": "contracts.produce()",
    "has_producer": "contracts.produce()",
    "stage_changed": "registry.transition_stage()",
    "version_deleted": "registry.delete_version()",
    "model_described": "registry.register()",
    "tagged": "tag()",
    "untagged": "untag()",
}
"""Events that change more than the log, and the verb that writes them."""
OBSERVED = {"_content_hash", "inputs", "outputs", "opinion", "points", "changes"}
"""What only an observation says."""

Places = tuple[list[int], Draft]
"""An event to be appended, and every place of the question that asked for it."""

Dated = dict[str, tuple[str, Places]]
"""By the hash that it will have: the key of the model, and the event."""


def record(database: Database, key: str, event: Event) -> Snapshot:
    """Append one event to one model; an identical one is recorded once."""
    return record_many(database, [(key, event)])[0]


def record_many(database: Database, events: Sequence[tuple[str, Event]]) -> list[Snapshot]:
    """Append events to models, in batches; return them in the order asked.

    Raises:
        ValidationError: An event is refused; nothing of its batch is written.
    """
    asked = [(place, key, check(event)) for place, (key, event) in enumerate(events)]
    found: dict[int, Snapshot] = {}
    for part in write_in_batches(database, asked, _record):
        found |= part
    return [found[place] for place in range(len(asked))]


def check(event: Event) -> Event:
    """Refuse what cannot be an event."""
    check_text(event.event, "event")
    check_text(event.actor, "actor")
    if event.event in OWN_VERBS:
        raise ValidationError(f"the event {event.event!r} is written by {OWN_VERBS[event.event]}, which also changes the graph")
    for name in ("payload", "tags"):
        if not isinstance(getattr(event, name), Mapping):
            raise ValidationError(f"{name} is a mapping, not {getattr(event, name)!r}")
        canonical_json(dict(getattr(event, name)))
    if event.event == "discovered":
        return _discovery(event)
    return event


def _discovery(event: Event) -> Event:
    """A discovery by hand says on which platform a model is; what a source observed is written by its runs alone."""
    if taken := sorted(event.payload.keys() & OBSERVED):
        raise ValidationError(
            f"a discovered event by hand cannot hold {', '.join(taken)}: add() and discover() write what a source observed"
        )
    platform = event.payload.get("platform")
    if platform is None:
        return event
    return event.model_copy(update={"payload": {**event.payload, "platform": check_platform(platform)}})


def drafted(event: Event, at: int) -> Draft:
    """Make the event that will be appended."""
    return Draft(event.event, event.actor, at, dict(event.payload), event.source, dict(event.tags), event.parent)


def _record(transaction: Transaction, asked: Sequence[Asked]) -> dict[int, Snapshot]:
    asked = adopted(transaction, asked)
    models, now = lock(transaction, {key for _, key, _ in asked})
    drafts: dict[str, list[Places]] = defaultdict(list)
    dated: Dated = {}
    for place, key, event in asked:
        if key not in models:
            raise ModelNotFoundError(key)
        draft = drafted(event, fact_time(event.timestamp, now, "timestamp"))
        if event.timestamp is None:
            drafts[key].append(([place], draft))
        else:
            _once(dated, drafts[key], models[key], place, draft)
    known = _known(transaction, dated, drafts)
    appendings = [appending_of(transaction, models[key], [draft for _, draft in each]) for key, each in drafts.items() if each]
    written = append(transaction, appendings, now) if appendings else {}
    found = {place: snapshot for places, snapshot in known for place in places}
    for key, each in drafts.items():
        for (places, _), event_row in zip(each, written.get(key, ()), strict=False):  # behind them stands what a group hears
            found |= dict.fromkeys(places, of_event(event_row, models[key].model_hash, now, key))
    return found


def _once(dated: Dated, drafts: list[Places], model: Locked, place: int, draft: Draft) -> None:
    """An event with a time of its own may have been recorded before, also in this very batch."""
    name = name_it(model, draft)
    if name in dated:
        dated[name][1][0].append(place)
    else:
        entry = ([place], draft)
        dated[name] = (model.key, entry)
        drafts.append(entry)


def _known(transaction: Transaction, dated: Dated, drafts: dict[str, list[Places]]) -> list[tuple[list[int], Snapshot]]:
    if not dated:
        return []
    row: Mapping[str, Any] = transaction.run("history/existing", hashes=sorted(dated))
    known = []
    for name, columns in zip(row["hashes"], row["events"], strict=True):
        key, entry = dated[name]
        known.append((entry[0], of_columns(columns, key)))
        drafts[key] = [each for each in drafts[key] if each is not entry]
    return known
