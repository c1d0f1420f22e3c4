"""Containers: entities and enumeration sets are data nodes; a report is an observation of those that it changes."""

import secrets
from collections import Counter
from collections.abc import Iterable

from graph_ledger.contracts.graph.work import Work
from graph_ledger.database.database import Transaction
from graph_ledger.discovery.content import Content, content_of
from graph_ledger.discovery.observe import weigh, write
from graph_ledger.errors import SyncError
from graph_ledger.history.append import append
from graph_ledger.history.appending import Appending
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.event_types import RENAMED
from graph_ledger.history.locked import Locked, blank, lock
from graph_ledger.models.stripes import stripe
from graph_ledger.values.contracts.kinds import Kind
from graph_ledger.values.model import identity_hash
from graph_ledger.values.moment import from_microseconds, isoformat
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort

TYPES = {Kind.ENTITY: "data_entity", Kind.ENUMERATION_SET: "vocabulary"}


def lock_names(transaction: Transaction, work: Work) -> None:
    """Take the locks of the names that are new, before those of any model.

    Raises:
        SyncError: A name is that of a model which is no part of the namespace.
    """
    names = [work.after[uri].label for uri in (*work.new, *work.renamed)]
    names += [f"{each.label}~{each.serial}" for each in work.gone.values() if each.kind.is_container]
    if not names:
        return
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise SyncError(f"{twice[0]!r} is the name that a removed container gets, and cannot be another's")
    transaction.run("models/lock_stripes", numbers=sorted({stripe(name) for name in names}), token=secrets.token_hex(8))
    known = set(transaction.run("models/known", keys=sorted(map(work.key_of, names)))["keys"]) - set(work.keys.values())
    if known:
        raise SyncError(f"{min(known)} is a model already, and no element of this namespace")


def change_containers(transaction: Transaction, work: Work) -> None:
    """Write what a report says of containers that were there: their ports, their revisions, their new names."""
    uris = list(dict.fromkeys([*work.removed, *work.renamed, *work.touched, *(uri for uri in work.told if uri in work.keys)]))
    if not uris:
        return
    models, now = lock(transaction, [work.keys[uri] for uri in uris], work.load.source)
    said: dict[str, Content | None] = {work.keys[uri]: _content(work, uri) for uri in work.touched}
    said |= {work.keys[uri]: None for uri in work.removed}
    decided = weigh(transaction, models, now, said, work.load)
    found = {result.appending.model.key: result.appending for result in decided.results}
    also: list[Appending] = []
    places: dict[str, int] = {}
    for uri in uris:
        key = work.keys[uri]
        drafts = [*(draft for _, draft in work.told.get(uri, ())), *_renaming(work, uri)]
        if key in found:
            places[uri] = len(found[key].drafts)
            found[key].drafts.extend(drafts)
        elif drafts:
            places[uri] = 0
            also.append(appending_of(transaction, models[key], drafts))
    written = write(transaction, decided, work.load, also)
    for uri, place in places.items():
        work.noted(uri, written[work.keys[uri]], place)
    rows = [[work.keys[uri], work.key_of(name), name] for uri in (*work.removed, *work.renamed) for name in [_name(work, uri)]]
    if rows:
        transaction.run("contracts/rename_models", rows=rows)


def make_containers(transaction: Transaction, work: Work) -> None:
    """Write the containers that are new, each with its first revisions."""
    if not work.new:
        return
    uris = {work.key_of(work.after[uri].label): uri for uri in work.new}
    blanks: dict[str, Locked] = {
        key: blank(key, identity_hash(uri), work.after[uri].label, work.namespace.prefix) for key, uri in uris.items()
    }
    now = max(lock(transaction, [])[1], work.at)
    decided = weigh(transaction, blanks, now, {key: _content(work, uri) for key, uri in uris.items()}, work.load)
    for result in decided.results:
        uri, drafts = uris[result.appending.model.key], result.appending.drafts
        drafts[0].payload["identity"] = uri
        drafts.extend(draft for _, draft in work.told.get(uri, ()))
    written = write(transaction, decided, work.load)
    for key, uri in uris.items():
        work.noted(uri, written[key], len(written[key]) - len(work.told.get(uri, ())))


def make_removed(transaction: Transaction, work: Work) -> None:
    """Write the containers that files know as removed: registered under the names that removed ones have, for the history they carry."""
    gone = [concept for uri, concept in work.gone.items() if concept.kind.is_container and uri not in work.before]
    if not gone:
        return
    now, found = lock(transaction, [])[1], []
    for concept in gone:
        name = f"{concept.label}~{concept.serial}"
        model = blank(work.key_of(name), identity_hash(concept.concept_uri), name, work.namespace.prefix)
        payload = {
            "name": name, "platform": work.namespace.prefix, "identity": concept.concept_uri, "model_type": TYPES[concept.kind],
            "status": "retired",
        }  # fmt: skip
        first = Draft("registered", work.asked.actor, work.at, payload, work.namespace.source)
        drafts = [first, *(draft for _, draft in work.told.get(concept.concept_uri, ()))]
        found.append((concept.concept_uri, appending_of(transaction, model, drafts)))
    written = append(transaction, [each for _, each in found], now)
    for uri, each in found:
        work.noted(uri, written[each.model.key], 1)


def _content(work: Work, uri: str) -> Content:
    concept, ports = work.after[uri], work.ports[uri]
    node = DataNode(
        concept.label,
        platform=work.namespace.prefix,
        inputs=_ports(ports.inputs),
        outputs=_ports(ports.outputs),
        metadata={"model_type": TYPES[concept.kind], "concept_uri": uri, "kind": str(concept.kind)},
    )
    return content_of(node, concept.serial, isoformat(from_microseconds(work.at)))


def _ports(identifiers: Iterable[str]) -> list[DataPort | str]:
    return [DataPort(each) for each in identifiers]


def _name(work: Work, uri: str) -> str:
    """Return the name that a container has afterwards; one that is removed gives its own free."""
    if uri in work.after:
        return work.after[uri].label
    return f"{work.gone[uri].label}~{work.gone[uri].serial}"


def _renaming(work: Work, uri: str) -> list[Draft]:
    old, new = work.keys[uri].partition("/")[2], _name(work, uri)
    if old == new:
        return []
    payload = {"name": {"old": old, "new": new}, "key": {"old": work.keys[uri], "new": work.key_of(new)}}
    return [Draft(RENAMED, work.asked.actor, work.at, payload, work.namespace.source, unheard=work.namespace.key)]
