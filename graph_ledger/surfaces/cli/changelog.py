"""``graph-ledger changelog``: what happened in the whole ledger."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.completion import model_names
from graph_ledger.surfaces.cli.options import a_date, example, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.changelog import Changelog


@click.command(epilog=example("changelog --since 2026-06-01 --event-type validated", "changelog --model fraud_scoring --limit 20 --json"))
@click.option("--since", callback=a_date, metavar="DATE", help="From this date on, its whole day included.")
@click.option("--until", callback=a_date, metavar="DATE", help="Until this date, its whole day included.")
@click.option("--model", shell_complete=model_names, help="Of one model alone.")
@click.option("--event-type", metavar="EVENT", help="Only events of this kind, such as validated.")
@click.option("--actor", metavar="NAME", help="Only what this person or program did.")
@click.option("--platform", help="Only of models that run there.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many on a page.")
@click.option("--cursor", help="The next_cursor of the page before.")
@output
@with_ledger
def changelog(ledger: "Ledger", **asked: Any) -> "Changelog":
    """List what happened, newest first, a page at a time."""
    return ledger.changelog(**asked)
