"""``graph-ledger doctor``: is the database well?"""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


@click.command(epilog=example("doctor", "doctor --json"))
@output
@with_ledger
def doctor(ledger: "Ledger") -> Any:
    """Check server, versions, schema and clock; a finding ends with exit code 1."""
    return ledger.doctor()
