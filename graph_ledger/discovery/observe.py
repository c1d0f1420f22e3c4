"""One batch of observations in one transaction: lock, compare, decide, write."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.discovery.claims import all_claims, open_claims, write_claims
from graph_ledger.discovery.content import Content
from graph_ledger.discovery.late import Known, fold_in
from graph_ledger.discovery.load import Load, hold
from graph_ledger.discovery.observed import Observed, lost_now, seen_now
from graph_ledger.discovery.ports import identifier_of, lock_identifiers, make_ports, match_patterns
from graph_ledger.history.append import append
from graph_ledger.history.appending import Appending
from graph_ledger.history.believed import events, former_states, last_words
from graph_ledger.history.locked import Locked, blank, lock
from graph_ledger.models.resolve import named
from graph_ledger.models.stripes import stripe
from graph_ledger.values.model import model_hash
from graph_ledger.values.node import key_of

Observation = tuple[str, Content | None]
"""Key of the model, and what the source says of it; None: a complete listing does not name it."""
Ready = Mapping[str, Observed]
"""What follows for nodes that are new, where it was worked out beforehand."""


@dataclass(slots=True)
class Outcome:
    """What one batch did, by key."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Decided:
    """What follows for a batch from what a source says of it; nothing of it is written yet."""

    results: list[Observed]
    said: dict[str, Content | None]
    outcome: Outcome
    now: int


def observe(transaction: Transaction, batch: Sequence[Observation], load: Load, ready: Ready | None = None) -> Outcome:
    """Write what a source says of up to 2,000 models; repeating it changes nothing."""
    load = hold(transaction, load)
    decided = decide(transaction, batch, load, ready)
    write(transaction, decided, load)
    return decided.outcome


def decide(transaction: Transaction, batch: Sequence[Observation], load: Load, ready: Ready | None = None) -> Decided:
    """Work out under their locks what follows for these models; the source is held."""
    said = settle(transaction, batch, fresh=load.fresh)
    models, now = lock(transaction, said, load.source)
    return weigh(transaction, models, now, said, load, ready)


def weigh(
    transaction: Transaction,
    models: dict[str, Locked],
    now: int,
    said: dict[str, Content | None],
    load: Load,
    ready: Ready | None = None,
) -> Decided:
    """Work out what follows for models under their locks; of a key that is not among them a new model would be made."""
    outcome = Outcome()
    in_order, late = _sorted_out(models, said, load, outcome)
    results = _in_order(transaction, in_order, load, ready or {}) + _late(transaction, late, load, outcome)
    results.sort(key=lambda result: result.appending.model.key)
    for result in results:
        model = result.appending.model
        gone = said[model.key] is None
        (outcome.gone if gone else outcome.changed if model.seen else outcome.created).append(model.key)
    return Decided(results, said, outcome, now)


def settle(transaction: Transaction, batch: Iterable[Observation], *, fresh: bool = False) -> dict[str, Content | None]:
    """Settle which model each observation is of: adopt those registered without a platform, take the locks of new names."""
    said = dict(batch)
    contents = {key: content for key, content in said.items() if content is not None}
    # A source that lists for the first time brings new names: their locks are taken at once, without a look beforehand.
    unknown = dict.fromkeys(contents, "") if fresh else _unknown(transaction, contents)
    if unknown:
        numbers = sorted({stripe(contents[key].name) for key in unknown})
        transaction.run("models/lock_stripes", numbers=numbers, token=secrets.token_hex(8))
        for key, bare in _unknown(transaction, contents).items():
            _adopt_or_join(transaction, key, bare, contents[key], said)
    return said


def _unknown(transaction: Transaction, contents: dict[str, Content]) -> dict[str, str]:
    """Return the keys of which there is no model, each with the key of a platform-less model of that name, or ''."""
    bare = {key: f"/{content.name}" for key, content in contents.items()}
    known = set(transaction.run("models/known", keys=sorted({*contents, *bare.values()}))["keys"])
    return {key: bare[key] if bare[key] in known else "" for key in contents if key not in known}


def _adopt_or_join(transaction: Transaction, key: str, bare: str, content: Content, said: dict[str, Content | None]) -> None:
    if bare and content.platform:
        transaction.run("models/adopt", rows=[[bare, key]])
    elif not content.platform:
        # Somebody else may have made the only model of that name since the key was chosen.
        others = named(transaction, [content.name])[content.name]
        if len(others) == 1:
            said[others[0]] = said.pop(key)


def _sorted_out(
    models: dict[str, Locked], said: dict[str, Content | None], load: Load, outcome: Outcome
) -> tuple[list[tuple[Locked, Content | None]], list[tuple[Locked, Content | None]]]:
    in_order, late = [], []
    for key, content in said.items():
        model = models.get(key)
        if model is None:
            if content is None:
                continue
            identity = model_hash(content.platform, content.name)
            model = blank(key_of(content.platform, content.name), identity, content.name, content.platform)
        if _unchanged(model, content, load):
            if content is not None:
                outcome.skipped.append(key)
        elif load.in_order and load.at > (model.last_timestamp or load.at - 1) and (model.seen is None or load.at > model.seen.last_known):
            in_order.append((model, content))
        else:
            late.append((model, content))
    return in_order, late


def _unchanged(model: Locked, content: Content | None, load: Load) -> bool:
    seen = model.seen
    if content is None:
        return seen is None or (seen.gone and load.at >= seen.last_known)
    return (
        seen is not None
        and not seen.gone
        and seen.content_hash == content.content_hash
        and load.at >= seen.last_known
        and bool(model.fields["present"])
    )


def _in_order(transaction: Transaction, items: list[tuple[Locked, Content | None]], load: Load, ready: Ready) -> list[Observed]:
    known = {model.key: model.model_hash for model, _ in items if model.seen is not None}
    claims = open_claims(transaction, known, load.source) if known else {}
    missing = sorted(model.key for model, content in items if content is None)
    elsewhere = set(transaction.run("discovery/seen_by_others", keys=missing, source=load.source)["keys"]) if missing else set()
    return [
        lost_now(model, load, claims.get(model.key, []), seen_elsewhere=model.key in elsewhere)
        if content is None
        else ready[model.key]
        if not model.sequence and model.key in ready
        else seen_now(model, content, load, claims.get(model.key, []))
        for model, content in items
    ]


def _late(transaction: Transaction, items: list[tuple[Locked, Content | None]], load: Load, outcome: Outcome) -> list[Observed]:
    if not items:
        return []
    hashes = {model.key: model.model_hash for model, _ in items}
    recorded, former, claims = events(transaction, hashes), former_states(transaction, hashes), all_claims(transaction, hashes, load.source)
    last, results = last_words(transaction, hashes), []
    for model, content in items:
        known = Known(recorded.get(model.key, []), former.get(model.key, []), claims.get(model.key, []), last.get(model.key, {}))
        result = fold_in(model, content, load, known)
        if result is None:
            if content is not None:
                outcome.skipped.append(model.key)
        else:
            results.append(result)
    return results


def write(transaction: Transaction, decided: Decided, load: Load, also: Sequence[Appending] = ()) -> dict[str, list[dict[str, Any]]]:
    """Write what was decided, and with it whatever else is to be appended to other models under their locks.

    Returns:
        The events of each model by its key.
    """
    results, said, now = decided.results, decided.said, decided.now
    if not (results or also):
        return {}
    for result in results:
        result.appending.seen = result.seen_row()
    written = append(transaction, [*(result.appending for result in results), *also], now, load.source)
    if load.run_id is not None:
        events = sorted(event["snapshot_hash"] for model in written.values() for event in model)
        transaction.run("discovery/wrote", run_id=load.run_id, events=events)
    seen = [result.seen_row() for result in results if result.appending.model.sequence]
    if seen:
        transaction.run("discovery/see", rows=seen, source=load.source)
    ports = [port for result in results for content in [said[result.appending.model.key]] if content for port in content.ports.values()]
    touched = {row.port for result in results for row in (*result.withdrawn, *result.missing)}
    schemas = {identifier for key in touched if (identifier := identifier_of(key)) is not None}
    lock_identifiers(transaction, schemas)
    make_ports(transaction, ports)
    write_claims(
        transaction,
        [row for result in results for row in result.withdrawn],
        [row for result in results for row in result.missing],
        now,
    )
    match_patterns(transaction, schemas, now)
    return written
