"""``graph-ledger verify``: is the history as it was recorded?"""

from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.completion import model_names
from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.verification import Verification


@click.command(epilog=example("verify", "--demo verify fraud_scoring --json"))
@click.argument("model", required=False, shell_complete=model_names)
@click.option("--deep", is_flag=True, help="Also rebuild fields, claims on ports, memberships and tags from the events, and compare.")
@output
@with_ledger
def verify(ledger: "Ledger", model: str | None = None, *, deep: bool = False) -> "Verification":
    """Recompute the hashes of every event, or of MODEL's; a finding ends with exit code 1.

    A chain that was rewritten to its end is not found: docs/guarantees.md says what that takes.
    """
    return ledger.verify(model, deep=deep)
