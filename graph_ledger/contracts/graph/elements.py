"""Elements: concepts, contracts and bindings as nodes, and what ends and follows what."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph_ledger.contracts.graph.after import path_of
from graph_ledger.contracts.graph.ports import by_name, port_of, references
from graph_ledger.contracts.graph.work import Work
from graph_ledger.contracts.living import LivingConcept
from graph_ledger.database.database import Transaction
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.moment import OPEN_END, from_microseconds

Row = dict[str, Any]


def write_elements(transaction: Transaction, work: Work, now: int) -> None:
    """Write what a report makes of concepts, contracts and bindings; their revisions and their containers are written."""
    times = {"at": from_microseconds(work.at), "now": from_microseconds(now)}

    def run(name: str, rows: Iterable[Any], **more: Any) -> None:
        if found := list(rows):
            transaction.run(f"contracts/{name}", rows=found, **more)

    run("write_revisions", work.revisions)
    run("name_containers", _named(work))
    run("create_elements", _created(work))
    run("update_concepts", _updated(work))
    run("end_contracts", _ended(work, "contracts"), **times)
    run("write_contracts", _contracts(work), open_end=OPEN_END, **times)
    run("end_bindings", _ended(work, "bindings"), **times)
    run("write_bindings", _bindings(work), open_end=OPEN_END, **times)
    run("move_bindings", _moved(work))
    run("refer", _references(work))


def _concept(work: Work, concept: LivingConcept) -> Row:
    """Return the properties of a living concept."""
    return {
        "concept_uri": concept.concept_uri,
        "serial": concept.serial,
        "prefix": work.namespace.prefix,
        "label": concept.label,
        "previous_labels": list(concept.previous_labels),
        "kind": str(concept.kind),
        "concept_status": str(Status.ACTIVE),
        "instances": list(concept.instances),
        "aspects": None if concept.aspects is None else canonical_json(dict(concept.aspects)),
        "revision_uri": concept.revision_uri,
        "contract_uri": concept.contract_uri,
        "port": port_of(work.namespace.prefix, concept.label),
    }


def _named(work: Work) -> Iterator[Row]:
    for uri in work.new:
        yield {"key": work.key_of(work.after[uri].label), "concept": _concept(work, work.after[uri])}
    for uri, concept in work.gone.items():
        if concept.kind.is_container and uri not in work.before:
            yield {"key": work.key_of(f"{concept.label}~{concept.serial}"), "concept": _passed(work, concept)}


def _created(work: Work) -> Iterator[Row]:
    """New leaves, those among them that the same report removed again too."""
    for row in work.delta.concepts:
        if row.kind.is_container:
            continue
        concept = work.after.get(row.concept_uri)
        if concept is not None:
            yield {"parent": row.parent_uri, "concept": _concept(work, concept)}
        else:
            yield {"parent": row.parent_uri, "concept": _passed(work, work.gone[row.concept_uri])}


def _passed(work: Work, concept: LivingConcept) -> Row:
    """Return the properties of a concept that is removed."""
    return {**_concept(work, concept), "concept_status": str(Status.REMOVED), "port": None}


def _updated(work: Work) -> Iterator[Row]:
    for uri, concept in work.before.items():
        after = work.after.get(uri)
        if after is None:
            yield {"uri": uri, "concept": _passed(work, work.gone[uri])}
        elif after != concept:
            yield {"uri": uri, "concept": _concept(work, after)}


def _ended(work: Work, table: str) -> Iterator[list[str]]:
    begins = f"{work.namespace.uri}{table}/"
    return ([uri, str(status)] for uri, status in work.delta.statuses.items() if uri.startswith(begins))


def _contracts(work: Work) -> Iterator[Row]:
    newest = {uri: concept.contract_uri for uri, concept in work.before.items()}
    said = {change.contract_uri: change for change in work.delta.changes if change.contract_uri is not None}
    for row in work.delta.contracts:
        change = said.get(row.contract_uri)
        aspects = None if change is None or change.aspects is None else {**change.aspects, **_instances(change.kind, change.instances)}
        yield {
            "uri": row.contract_uri, "serial": row.serial, "concept": row.concept_uri, "revision": row.revision_uri,
            "status": str(row.status), "aspects": None if aspects is None else canonical_json(aspects),
            "ended": row.status is not Status.ACTIVE, "old": newest.get(row.concept_uri),
        }  # fmt: skip
        newest[row.concept_uri] = row.contract_uri


def _instances(kind: Kind, instances: tuple[str, ...]) -> Mapping[str, list[str]]:
    return {"instances": list(instances)} if kind is Kind.ENTITY and instances else {}


def _bindings(work: Work) -> Iterator[Row]:
    owners = {concept.contract_uri: uri for uri, concept in work.before.items()}
    owners |= {row.contract_uri: row.concept_uri for row in work.delta.contracts}
    newest = {
        (uri, binding.instance_label): binding.uri
        for uri, concept in work.before.items()
        for binding in concept.bindings
        if binding.uri in work.delta.statuses
    }
    for row in work.delta.bindings:
        uri = owners[row.contract_uri]
        path = _path(work, work.last(uri), row.instance_label)
        yield {
            "uri": row.binding_uri, "serial": row.serial, "contract": row.contract_uri, "instance": row.instance_label, "path": path,
            "status": str(row.status), "ended": row.status is not Status.ACTIVE, "old": newest.get((uri, row.instance_label)),
        }  # fmt: skip
        newest[uri, row.instance_label] = row.binding_uri


def _path(work: Work, concept: LivingConcept, instance: str | None) -> str:
    return path_of(concept, None if concept.parent_uri is None else work.last(concept.parent_uri), instance)


def _moved(work: Work) -> Iterator[list[str]]:
    """Bindings that stay, of concepts that have another address now."""
    for uri, concept in work.after.items():
        before = work.before.get(uri)
        if before is not None and concept.bindings:
            owners = work.after.get(str(concept.parent_uri)), work.before.get(str(before.parent_uri))
            if (concept.label, owners[0] and owners[0].label) != (before.label, owners[1] and owners[1].label):
                there = {binding.uri for binding in before.bindings}
                for binding in concept.bindings:
                    if binding.uri in there:
                        yield [binding.uri, path_of(concept, owners[0], binding.instance_label)]


def _references(work: Work) -> Iterator[Row]:
    """What aspects name, where that differs from before: they were written, or what they name came, went or got another name."""
    were, named = by_name(work.before), by_name(work.after)
    for uri, concept in work.after.items():
        refers = list(references(concept, named))
        if refers != (list(references(work.before[uri], were)) if uri in work.before else []):
            yield {"uri": uri, "refers": [list(each) for each in refers]}
