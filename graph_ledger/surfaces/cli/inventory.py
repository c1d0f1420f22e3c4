"""``graph-ledger inventory``: what was there at a date, and what is different since another."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import a_date, example, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.inventory import InventoryDiff
    from graph_ledger.values.model import ModelRef


@click.command(epilog=example("inventory 2025-12-31 --platform ml", "inventory 2025-12-31 --since 2025-06-30 --json"))
@click.argument("date", callback=a_date)
@click.option("--since", callback=a_date, metavar="DATE", help="What appeared, went and changed since this date, instead of all there was.")
@click.option("--platform", help="Only models that ran there.")
@click.option("--known-at", callback=a_date, metavar="DATE", help="As the ledger knew it at this date; now when left out.")
@output
@with_ledger
def inventory(ledger: "Ledger", date: str, since: str | None = None, **asked: Any) -> "list[ModelRef] | InventoryDiff":
    """List the models that were present at DATE, as they were then."""
    return ledger.inventory_at(date, **asked) if since is None else ledger.inventory_diff(since, date, **asked)
