"""``graph-ledger history``: what happened to a model."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, moments, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.history import History


@click.command(
    epilog=example("--demo history fraud_scoring --limit 10", "--demo history fraud_scoring --event-type validated --asc --jsonl")
)
@model_argument()
@click.option("--event-type", metavar="EVENT", help="Only events of this kind, such as validated.")
@click.option("--limit", type=click.IntRange(min=1), help="How many at most.")
@click.option("--asc", is_flag=True, help="Oldest first, to replay them.")
@click.option("--timeline", is_flag=True, help="Draw them along the time, not as a table.")
@moments
@output
@with_ledger
def history(ledger: "Ledger", model: str, *, asc: bool, timeline: bool, **filters: Any) -> "History":
    """List what happened to MODEL, newest first."""
    found = ledger.history(model, order="asc" if asc else "desc", **filters)
    if not timeline:
        return found
    from graph_ledger.surfaces.cli.timelines import Timeline

    return Timeline(found)
