"""Tables of the change gate, joined to those of everything else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from graph_ledger.surfaces.cli.tables import COLUMNS, tables
from graph_ledger.values.contracts.gate import Consumer, Finding, GateResult
from graph_ledger.values.printable import printable

COLUMNS |= {
    Finding: {
        "breaks": lambda finding: finding.direction.value,
        "element": lambda finding: finding.label,
        "consumers": lambda finding: len(finding.consumers),
        "against": lambda finding: finding.against,
        "change": lambda finding: finding.change,
    },
    Consumer: {
        "depth": lambda consumer: consumer.depth,
        "model": lambda consumer: consumer.key,
        "owner": lambda consumer: consumer.owner,
        "tier": lambda consumer: consumer.tier,
        "status": lambda consumer: consumer.status,
        "reads": lambda consumer: ", ".join(consumer.ports),
    },
}


@dataclass(frozen=True)
class Annotations:
    """Commands of a workflow, a line each; they are findings as well."""

    findings: Sequence[str]
    ok: bool


@tables.register
def _(said: Annotations) -> Iterator[RenderableType]:
    yield from (Text(printable(line)) for line in said.findings)


@tables.register
def _(result: GateResult) -> Iterator[RenderableType]:
    for part in (result.findings, result.consumers):
        if part:
            yield from tables(part)
            yield Text()
    if result.owners:
        yield Text(f"Notify: {', '.join(map(printable, result.owners))}")
    yield Text(result.title)
