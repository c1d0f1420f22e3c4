"""Tables of one model's whole card, and of the ledger in numbers."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from graph_ledger.surfaces.cli.tables import COLUMNS, table, tables
from graph_ledger.values.changes import named
from graph_ledger.values.investigation import Investigation, Validation
from graph_ledger.values.overview import Overview
from graph_ledger.values.printable import printable

COLUMNS[Validation] = {
    "validated": lambda each: each.timestamp,
    "result": lambda each: each.result,
    "by": lambda each: each.actor,
    "holds": lambda each: "yes" if each.since_last_change else "changed since",
}
KINDS = {"model_types": "type", "platforms": "platform", "tiers": "tier", "statuses": "status"}
"""Fields of an overview that count by a word, and what the word is."""


@tables.register
def _(found: Investigation) -> Iterator[RenderableType]:
    model = found.model
    rows = [[name.replace("_", " "), getattr(model, name)] for name in type(model).model_fields if name not in {"metadata", "name"}]
    rows += [[f"known: {name}", value] for name, value in found.known.items()]
    rows += [["events", found.total_events], ["days since the last", found.days_since_last_event]]
    rows += [[side, [named(port) for port in ports]] for side, ports in (("reads", found.inputs), ("writes", found.outputs)) if ports]
    yield table([[printable(str(name)), value] for name, value in rows], "field", "value")
    parts = (found.dependencies, found.groups, found.members, found.validations, found.open_observations, found.tags, found.events)
    for part in filter(None, parts):
        yield Text()
        yield from tables(part)


@tables.register
def _(found: Overview) -> Iterator[RenderableType]:
    yield table([[name.replace("_", " "), getattr(found, name)] for name in type(found).model_fields if name not in KINDS], "what", "is")
    for name, kind in KINDS.items():
        if counted := getattr(found, name):
            yield Text()
            yield table([[word, number] for word, number in counted.items()], kind, "models")


@tables.register(dict)
def _(counts: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield table([[name.replace("_", " "), value] for name, value in counts.items()], "what", "is")
