"""Reading concepts: what they are, what they were, and what happened to them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.contracts.graph.meant import ADDRESS, candidates, reference
from graph_ledger.contracts.graph.past import at
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ConceptNotFoundError, ValidationError
from graph_ledger.history.snapshots import of_columns
from graph_ledger.values.bound import MOST
from graph_ledger.values.contracts.concept import Binding, Concept
from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.contracts.namespace import DataModel
from graph_ledger.values.history import History
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.moment import LATEST, Moment, from_microseconds


def namespaces(database: Database) -> Listed[DataModel]:
    """Return the namespaces that there are, by prefix."""
    rows = database.read("contracts/namespaces")["namespaces"]
    found = [
        DataModel(
            prefix=prefix, namespace_uri=uri, key=key, purpose=purpose, owner=owner, elements=elements, profile=profile, mode=mode,
            release=release, synced_at=None if synced is None else from_microseconds(synced),
        )
        for prefix, uri, key, purpose, owner, elements, profile, mode, release, synced in rows
    ]  # fmt: skip
    return listed(found, DataModel, "data model")


def get(database: Database, ref: str, moment: Moment) -> Concept:
    """Return one concept as of a moment: the one that was called so then, else the one that is meant today.

    Raises:
        ConceptNotFoundError: Nothing is, or was, called so; or it was not there yet.
        AmbiguousModelError: It is a name in several namespaces.
    """
    if moment.is_today:
        return concepts(database, uris=[candidates(database, ref)[0].uri])[0]
    try:
        found = candidates(database, ref)
    except ConceptNotFoundError:
        if (met := _met_at(database, ref, moment)) is None:
            raise
        return met
    if found[0].how == ADDRESS and (met := _met_at(database, ref, moment)) is not None:
        return met
    uris = [each.uri for each in found]
    there = {each.concept_uri: each for each in at(database, moment, uris=uris)}
    label = reference(ref).label
    states = [there[uri] for uri in uris if uri in there]
    if not states:
        raise ConceptNotFoundError(ref, later=True)
    named = [each for each in states if each.label == label and each.status is Status.ACTIVE]
    return (named or states)[0]


def _met_at(database: Database, ref: str, moment: Moment) -> Concept | None:
    """Return the element that was met at an address at a moment; today somebody else may be, or nobody."""
    asked = reference(ref)
    everybody = at(database, moment, prefix=asked.prefix)
    return next((each for each in everybody if any(binding.runtime_path == asked.label for binding in each.bindings)), None)


def listing(
    database: Database, prefix: str | None, moment: Moment, kind: Kind | str | None = None, status: Status | str | None = Status.ACTIVE
) -> Listed[Concept]:
    """Return the concepts of a namespace, or of all, as of a moment, by prefix and serial.

    Raises:
        ValidationError: There is no such kind or status.
    """
    wanted_kind, wanted_status = _word(Kind, kind, "kind"), _word(Status, status, "status")
    name = None if prefix is None else prefix.lower()
    if moment.is_today:
        found = concepts(database, prefix=name, kind=wanted_kind, status=wanted_status)
    else:
        found = [
            each for each in at(database, moment, prefix=name) if wanted_kind in (None, each.kind) and wanted_status in (None, each.status)
        ]
    return listed(found, Concept, "concept")


def history(database: Database, ref: str, moment: Moment) -> History:
    """Return the revisions of a concept, newest first, whatever it was called."""
    (first, *_) = candidates(database, ref)
    columns = database.read(
        "contracts/revisions", uri=first.uri, as_of=moment.as_of or LATEST, known_at=moment.known_at or LATEST, most=MOST
    )["events"]
    return History(of_columns(each[:-1], each[-1]) for each in columns)


def concepts(
    database: Database, *, prefix: str | None = None, uris: list[str] | None = None, kind: Kind | None = None, status: Status | None = None
) -> list[Concept]:
    """Return concepts as they are believed to be now."""
    return database.reading(lambda transaction: concepts_in(transaction, prefix=prefix, uris=uris, kind=kind, status=status))


def concepts_in(
    transaction: Transaction,
    *,
    prefix: str | None = None,
    uris: list[str] | None = None,
    kind: Kind | None = None,
    status: Status | None = None,
) -> list[Concept]:
    """Return concepts as a transaction sees them."""
    asked = {"prefix": prefix, "uris": uris, "kind": kind and str(kind), "status": status and str(status)}
    return [_concept(row) for row in transaction.run("contracts/concepts", **asked)["concepts"]]


def _concept(row: Iterable[Any]) -> Concept:
    (prefix, serial, uri, label, previous, kind, status, _, parent, instances, aspects, revision, contract, key, port, bound) = row
    return Concept(
        prefix=prefix, serial=serial, concept_uri=uri, label=label, previous_labels=tuple(previous or ()), kind=Kind(kind),
        status=Status(status), parent=parent, instances=tuple(instances or ()), aspects=None if aspects is None else json.loads(aspects),
        revision_uri=revision, contract_uri=contract, model=key, port=port,
        bindings=tuple(
            Binding(serial=number, uri=each, instance_label=instance, runtime_path=path, status=state, concept_uri=uri, contract_uri=of)
            for number, each, instance, path, state, of in sorted(bound, key=lambda row: row[0])
        ),
    )  # fmt: skip


def _word(words: type[Any], given: Any, name: str) -> Any:
    if given is None:
        return None
    try:
        return words(given.upper() if isinstance(given, str) else given)
    except ValueError:
        known: Mapping[str, Any] = words.__members__
        raise ValidationError(f"{name} is one of {', '.join(known)}, not {given!r}") from None
