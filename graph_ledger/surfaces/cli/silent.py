"""``graph-ledger silent``: what no source has seen for a while."""

from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.silence import Silence


@click.command(epilog=example("silent --days 30", "silent --days 7 --platform ml --json"))
@click.option("--days", type=click.FloatRange(0, 36_500, min_open=True), default=30, show_default=True, help="For how long.")
@click.option("--platform", help="Only models that run there.")
@output
@with_ledger
def silent(ledger: "Ledger", days: float, platform: str | None = None) -> "Silence":
    """List the models that no source has seen for DAYS, and the sources that were not read in that time."""
    return ledger.silent(days, platform)
