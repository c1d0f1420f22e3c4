"""``graph-ledger query``: which models fit, by what they are, when they changed, and whether they were validated since."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import a_date, example, moments, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.values.query import ORDERS

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.query import ModelPage


@click.command(
    epilog=example("--demo query --tier high --changed-since 2026-06-01 --not-validated", 'query "fraud scoring" --order relevance --json')
)
@click.argument("text", required=False)
@click.option("--tier", help="How risky they are.")
@click.option("--changed-since", callback=a_date, metavar="DATE", help="Only what changed on this date or later.")
@click.option(
    "--validated/--not-validated", default=None, help="Only what was validated, or was not, since it last changed; both when left out."
)
@click.option("--owner", help="Whose they are.")
@click.option("--platform", help="Where they run.")
@click.option("--type", "model_type", help="What kind of thing they are, such as ml_model.")
@click.option("--status", help="Where they are in their life, such as active.")
@click.option("--order", type=click.Choice(ORDERS), default=ORDERS[0], show_default=True, help="By name, or nearest to TEXT first.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many on a page.")
@click.option("--offset", type=click.IntRange(min=0), help="How many to pass over.")
@moments
@output
@with_ledger
def query(ledger: "Ledger", **asked: Any) -> "ModelPage":
    """List the models with every word of TEXT in key, purpose or owner that fit every filter, with when they changed and were validated.

    Words may stand in any order and within longer words. If nothing fits, unknown words are read as known ones a slip away.
    """
    return ledger.query(**asked)
