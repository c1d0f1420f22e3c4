"""``graph-ledger history`` and ``record``: what happened to a model."""

import json
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import a_date, example, model_argument, moments, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.snapshot import Snapshot


@click.command(
    epilog=example("--demo history fraud_scoring --limit 10", "--demo history fraud_scoring --event-type validated --asc --jsonl")
)
@model_argument()
@click.option("--event-type", metavar="EVENT", help="Only events of this kind, such as validated.")
@click.option("--limit", type=click.IntRange(min=1), help="How many at most.")
@click.option("--asc", is_flag=True, help="Oldest first, to replay them.")
@moments
@output
@with_ledger
def history(ledger: "Ledger", model: str, *, asc: bool, **filters: Any) -> "list[Snapshot]":
    """List what happened to MODEL, newest first."""
    return ledger.history(model, order="asc" if asc else "desc", **filters)


@click.command(epilog=example("record fraud_scoring retrained --actor ml-pipeline --payload '{\"auc\": 0.98}' --at 2026-06-30T14:11:00Z"))
@model_argument()
@click.argument("event", metavar="EVENT")
@click.option("--actor", required=True, metavar="NAME", help="Who did it.")
@click.option(
    "--payload",
    metavar="JSON",
    callback=lambda _context, _option, text: text and _mapping(text),
    help="What else is to be said, as a JSON object.",
)
@click.option("--at", "timestamp", callback=a_date, metavar="DATE", help="When it was so; now when left out, and for the date of today.")
@output
@with_ledger
def record(ledger: "Ledger", model: str, **said: Any) -> "Snapshot":
    """Record that EVENT happened to MODEL; the same again changes nothing when --at gives a time, or a day that is over."""
    return ledger.record(model, **said)


def _mapping(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"no JSON: {error}") from None
    except RecursionError:
        raise click.BadParameter("no JSON that can be kept: nested too deep") from None
    if not isinstance(found, dict):
        raise click.BadParameter('a JSON object is needed, such as {"auc": 0.98}')
    return found
