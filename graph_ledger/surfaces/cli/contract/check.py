"""``graph-ledger contract check``: what would a report break, and for whom?"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

import click

from graph_ledger.surfaces.cli.contract import options
from graph_ledger.surfaces.cli.options import a_date, example, with_ledger
from graph_ledger.surfaces.cli.output import output_for_github, wants

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.surfaces.cli.gate_tables import Annotations
    from graph_ledger.values.contracts.gate import GateResult


@click.command(
    epilog=example(
        "contract check -d diff.json -m metadata.yaml -b breaking.yaml",
        "contract check -d diff.json -m metadata.yaml -b breaking.yaml --mode FULL_TRANSITIVE --format github",
    )
)
@options.report(required=True)
@options.metadata()
@options.rules()
@options.mode
@options.profile
@click.option(
    "--known-at", callback=a_date, metavar="DATE", help="Consumers and owners as the ledger knew them at this date; now when left out."
)
@output_for_github
@with_ledger
def check(ledger: "Ledger", report: Path, **given: Any) -> Union["GateResult", "Annotations"]:
    """Say what a report would break in the graph, for whom, and whom to ask; write nothing.

    BACKWARD: who reads by the new contract understands old data. FORWARD: who reads by the old one understands new data. FULL: both.
    Exit code 1: it breaks something.
    """
    if not wants("github"):
        result: GateResult = ledger.contracts.check(report, **given)
        return result
    from graph_ledger.contracts.gate.github import format_github, refused_github
    from graph_ledger.errors import ContractError
    from graph_ledger.surfaces.cli.gate_tables import Annotations

    try:
        result = ledger.contracts.check(report, **given)
    except ContractError as error:
        return Annotations([refused_github(error, report)], ok=False)
    return Annotations(format_github(result, report), ok=result.ok)
