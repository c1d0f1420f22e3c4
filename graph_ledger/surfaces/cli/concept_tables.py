"""Tables of elements of data models, their addresses, and what a census found."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from graph_ledger.surfaces.cli.tables import COLUMNS, table, tables
from graph_ledger.values.changes import leaves
from graph_ledger.values.contracts.concept import Binding, Census, Concept
from graph_ledger.values.contracts.namespace import DataModel
from graph_ledger.values.printable import printable

COLUMNS |= {
    DataModel: {
        "prefix": lambda model: model.prefix,
        "namespace": lambda model: model.namespace_uri,
        "elements": lambda model: model.elements,
        "release": lambda model: model.release,
        "mode": lambda model: model.mode,
        "synced": lambda model: model.synced_at,
        "owner": lambda model: model.owner,
    },
    Concept: {
        "element": lambda concept: f"{concept.prefix}:{concept.label}",
        "kind": lambda concept: concept.kind.value,
        "status": lambda concept: concept.status.value,
        "contract": lambda concept: concept.contract_uri,
        "instances": lambda concept: concept.instances,
    },
    Binding: {
        "serial": lambda binding: binding.serial,
        "address": lambda binding: binding.runtime_path,
        "instance": lambda binding: binding.instance_label,
        "status": lambda binding: binding.status.value,
        "contract": lambda binding: binding.contract_uri,
    },
}
APART = frozenset({"aspects", "bindings"})


@tables.register
def _(concept: Concept) -> Iterator[RenderableType]:
    rows = [[name.replace("_", " "), _plain(value)] for name, value in concept if name not in APART]
    aspects = [[printable(f"aspect: {name}"), value] for name, value in leaves(concept.aspects or {})]
    unknown = [["aspects", "not known: it came from files, which do not say"]] if concept.aspects is None else []
    yield table([*rows, *aspects, *unknown], "field", "value")
    if concept.bindings:
        yield Text()
        yield from tables(concept.bindings)


@tables.register
def _(binding: Binding) -> Iterator[RenderableType]:
    yield table([[name.replace("_", " "), _plain(value)] for name, value in binding], "field", "value")


@tables.register
def _(census: Census) -> Iterator[RenderableType]:
    found = {name: value for name, value in census if name not in {"prefix", "matches"} and value}
    rows = [[name.replace("_", " "), label] for name, labels in found.items() for label in labels]
    if rows:
        yield table(rows, "finding", "label")
        yield Text()
    matches = f"{len(census.matches)} element{'' if len(census.matches) == 1 else 's'}"
    yield Text(printable(f"{matches} of {census.prefix} match; {'the two agree' if census.complete else 'the two do not agree'}"))


def _plain(value: object) -> object:
    return getattr(value, "value", value)
