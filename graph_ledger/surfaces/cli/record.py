"""``graph-ledger record``: something happened to a model."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, signed, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.payload import joined, mapping, texts, values

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.snapshot import Snapshot


@click.command(
    epilog=example(
        "record fraud_scoring retrained --actor ml-pipeline --payload-value auc=0.98 --timestamp 2026-06-30T14:11:00Z",
        "record fraud_scoring validated --actor model-validation --payload @report.json --tag quarter=2026Q2",
    )
)
@model_argument()
@click.argument("event", metavar="EVENT")
@click.option(
    "--payload", metavar="JSON", callback=mapping, help="What else is to be said: a JSON object, @ and a file with one, or - for stdin."
)
@click.option(
    "--payload-value", "single", multiple=True, metavar="KEY=VALUE", callback=values,
    help="One value of it: JSON where it is JSON, else a text; quotes make 42 a text: '\"42\"'. May be given again.",
)  # fmt: skip
@click.option("--source", metavar="NAME", help="The system that said so.")
@click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", callback=texts, help="A label of the event, a text. May be given again.")
@signed()
@output
@with_ledger
def record(ledger: "Ledger", model: str, *, single: dict[str, Any], payload: dict[str, Any] | None = None, **said: Any) -> "Snapshot":
    """Record that EVENT happened to MODEL; the same again changes nothing when --timestamp gives a time, or a day that is over."""
    return ledger.record(model, payload=joined(payload, single), **said)
