"""Tables: what each answer of the library looks like to a person."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import singledispatch
from typing import Any

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from graph_ledger.surfaces.cli.answer import Answer
from graph_ledger.surfaces.cli.card import Card
from graph_ledger.surfaces.cli.output import screen_width
from graph_ledger.values.changelog import Changelog
from graph_ledger.values.changes import Told, leaves, named, told
from graph_ledger.values.check import Check
from graph_ledger.values.inventory import FieldChange, InventoryDiff
from graph_ledger.values.lineage import ColumnNode, ColumnStep, Dependency, Impact, ImpactNode, Path, PathStep
from graph_ledger.values.model import NOBODY, ModelRef
from graph_ledger.values.printable import cell, printable
from graph_ledger.values.proof import Consistency, Proof, ProofCheck
from graph_ledger.values.seal import Seal
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.verification import Finding, Verification

Columns = Mapping[str, Callable[[Any], Any]]
CAPTIONS = ("identifier", "key", "event_type", "name")
"""What names a node on a drawing: the first of these that it has."""
GAP, NARROWEST = 2, 24
"""Between columns, and what a last column gets at least: a terminal that is narrower still wraps the line itself."""

COLUMNS: dict[type, Columns] = {
    ModelRef: {
        "model": lambda model: model.key,
        "type": lambda model: model.model_type,
        "owner": lambda model: model.owner,
        "tier": lambda model: model.tier,
        "status": lambda model: model.status if model.present else f"{model.status}, not found",
        "last seen": lambda model: model.last_seen and model.last_seen.date(),
    },
    Told: {
        "when": lambda told: told.event.timestamp,
        "event": lambda told: told.event.event_type,
        "actor": lambda told: told.event.actor,
        "what": lambda told: told.what,
    },
    ImpactNode: {
        "depth": lambda node: node.depth,
        "model": lambda node: node.key,
        "type": lambda node: node.model_type,
        "owner": lambda node: node.owner,
        "tier": lambda node: node.tier,
        "status": lambda node: node.status,
    },
    ColumnNode: {
        "depth": lambda node: node.depth,
        "model": lambda node: node.key,
        "columns": lambda node: ", ".join(node.columns),
        "kind": lambda node: node.kind,
        "precision": lambda node: node.precision,
        "owner": lambda node: node.owner,
        "tier": lambda node: node.tier,
        "status": lambda node: node.status,
    },
    Dependency: {
        "direction": lambda found: found.direction,
        "model": lambda found: found.model,
        "relationship": lambda found: found.relationship,
        "ports": lambda found: ", ".join(port.identifier for port in found.ports),
        "source": lambda found: ", ".join(found.source),
        "since": lambda found: found.since,
    },
    PathStep: {
        "from": lambda step: step.from_key,
        "port": lambda step: step.port,
        "to": lambda step: step.to_key,
        "relationship": lambda step: step.relationship,
        "source": lambda step: ", ".join(step.sources),
        "since": lambda step: step.since,
    },
    ColumnStep: {
        "from": lambda step: step.from_key,
        "port": lambda step: step.port,
        "column": lambda step: step.column,
        "to": lambda step: step.to_key,
        "kind": lambda step: step.kind,
        "precision": lambda step: step.precision,
        "source": lambda step: ", ".join(step.sources),
        "since": lambda step: step.since,
    },
    Finding: {
        "model": lambda finding: finding.model,
        "event": lambda finding: finding.sequence,
        "kind": lambda finding: finding.kind,
        "field": lambda finding: finding.field,
        "detail": lambda finding: finding.detail,
    },
    FieldChange: {
        "model": lambda change: change.model,
        "field": lambda change: change.field,
        "was": lambda change: change.old,
        "is": lambda change: change.new,
        "by": lambda change: change.actor,
        "at": lambda change: change.at,
    },
    Check: {
        "check": lambda check: check.name,
        "well": lambda check: "yes" if check.ok else "no",
        "detail": lambda check: check.detail,
    },
}


def table(rows: Sequence[Sequence[Any]], *headings: str) -> Table:
    """Return a table of plain texts; nothing in them is read as markup, nothing is cut, and only the last column folds."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    texts = [[cell(value) for value in row] for row in rows]
    widths = [max(map(cell_len, column)) + GAP for column in zip(headings, *texts, strict=True)]
    room = max(NARROWEST, screen_width() - sum(widths[:-1]))
    for heading in headings[:-1]:
        made.add_column(Text(heading), no_wrap=True)
    made.add_column(Text(headings[-1]), overflow="fold", width=room if widths[-1] > room else None)
    for row in texts:
        made.add_row(*map(Text, row))
    return made


@singledispatch
def tables(value: Any) -> Iterator[RenderableType]:
    """Yield what is printed of an answer, nothing for an empty one."""
    yield Text(cell(value))


@tables.register(list)
@tables.register(tuple)
def _(values: Sequence[Any]) -> Iterator[RenderableType]:
    rows = told(values, cell) if values and isinstance(values[0], Snapshot) else values
    columns = COLUMNS.get(type(rows[0])) if rows else None
    if columns is None:
        drawn = tables.dispatch(type(rows[0])) is not tables.dispatch(object) if rows else False
        for row in rows:
            yield from tables(row) if drawn else (Text(cell(row)),)
    else:
        yield table([[read(row) for read in columns.values()] for row in rows], *columns)


@tables.register
def _(model: ModelRef) -> Iterator[RenderableType]:
    yield table([*_identity(model), *_metadata(model)], "field", "value")


@tables.register
def _(event: Snapshot) -> Iterator[RenderableType]:
    yield table([[name.replace("_", " "), getattr(event, name)] for name in type(event).model_fields], "field", "value")


@tables.register
def _(card: Card) -> Iterator[RenderableType]:
    ports = [[side, [named(port) for port in found]] for side, found in (("inputs", card.inputs), ("outputs", card.outputs)) if found]
    yield table([*_identity(card.model), *ports, *_metadata(card.model)], "field", "value")
    for part in (card.dependencies, card.events):
        if part:
            yield Text()
            yield from tables(part)


@tables.register
def _(impact: Impact) -> Iterator[RenderableType]:
    yield from tables(impact.nodes)
    if impact.nodes:
        yield Text()
    yield Text(printable(_completeness(impact)))
    if impact.fallbacks:
        yield Text(printable(f"of these nobody tells how columns come about, so tables counted as a whole: {', '.join(impact.fallbacks)}"))
    people = tuple(name for name in impact.notify if name != NOBODY)
    today = impact.as_of is None and impact.known_at is None
    for title, names in (("Notify" if today else "Notify (today's owners)", people), ("Groups", impact.composites)):
        if names:
            yield Text(f"{title}: {', '.join(map(printable, names))}")


@tables.register
def _(verification: Verification) -> Iterator[RenderableType]:
    yield from tables(verification.findings)
    if verification.findings:
        yield Text()
    found = "each is as it was recorded" if verification.ok else _counted(len(verification.findings), "finding")
    yield Text(f"{_counted(verification.checked, 'event')} of {_counted(verification.models, 'model')}: {found}")


@tables.register
def _(seal: Seal) -> Iterator[RenderableType]:
    yield table([[name.replace("_", " "), getattr(seal, name)] for name in type(seal).model_fields], "field", "value")


@tables.register
def _(proof: Proof) -> Iterator[RenderableType]:
    yield Text(proof.to_json())


@tables.register(ProofCheck)
@tables.register(Consistency)
def _(checked: ProofCheck | Consistency) -> Iterator[RenderableType]:
    yield Text(printable(f"{checked.status}: {checked.reason}"))


@tables.register
def _(page: Changelog) -> Iterator[RenderableType]:
    rows = [[event.timestamp, event.model, event.event_type, event.actor] for event in page]
    if rows:
        yield table(rows, "when", "model", "event", "actor")
        yield Text()
    more = f"; more with --cursor {page.next_cursor}" if page.next_cursor else ""
    yield Text(f"{len(page)} of {_counted(page.total, 'event')}{more}")


@tables.register
def _(diff: InventoryDiff) -> Iterator[RenderableType]:
    for title, found in (("appeared", diff.appeared), ("went", diff.went), ("changed", diff.changed)):
        yield Text(f"{title}: {len(found)}")
        if found:
            yield from tables(found)
            yield Text()


@tables.register
def _(path: Path) -> Iterator[RenderableType]:
    if path.steps:
        yield from tables(path.steps)
    else:
        yield Text(printable(f"{path.start} is {path.end}" if path.exists else f"no way from {path.start} to {path.end}"))


@tables.register
def _(answer: Answer) -> Iterator[RenderableType]:
    if answer.rows:
        yield table([[_drawn(value) for value in row] for row in answer.rows], *map(printable, answer.columns))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _completeness(impact: Impact) -> str:
    if impact.reason == "not_yet":
        return f"{impact.model} did not exist at that moment"
    start = impact.model if impact.column is None else f"{impact.model}, column {impact.column}"
    counted = f"{_counted(len(impact.nodes), 'model')} {impact.direction} of {start}"
    if impact.complete:
        return f"{counted}; this is all"
    return f"{counted}; not all: cut by --{impact.reason}, go on from {', '.join(impact.frontier)}"


def _identity(model: ModelRef) -> list[list[Any]]:
    order = ["key", "model_hash", *(name for name in type(model).model_fields if name not in {"key", "model_hash", "name", "metadata"})]
    return [[name.replace("_", " "), getattr(model, name)] for name in order]


def _metadata(model: ModelRef) -> list[list[Any]]:
    return [[printable(f"metadata: {name}"), value] for name, value in leaves(model.metadata)]


def _drawn(value: Any) -> Any:
    """Return what the database answered with its nodes and relationships by name; a path is them in turn."""
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
        return " ".join(cell(_drawn(each)) for each in value)
    return _caption(value) or value


def _caption(value: Any) -> str:
    """Name a node or a relationship of the database, as Neo4j Browser would; nothing where it is neither."""
    if isinstance(value, dict) and "labels" in value:
        return f"({next((str(value[name]) for name in CAPTIONS if name in value), '')})"
    return f"-{value['type']}->" if isinstance(value, dict) and "type" in value else ""
