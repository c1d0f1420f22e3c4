"""``graph-ledger register`` and ``update``: what a model is."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, signed, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.payload import mapping

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.model import ModelRef

METADATA = "Whatever else is known: a JSON object, @ and a file, or - for stdin."


@click.command(
    epilog=example(
        "register loan_pricing --platform ml --owner pricing-team --type ml_model --tier high --purpose 'Prices loans' --actor mrm-team"
    )
)
@click.argument("name")
@click.option("--owner", required=True, help="Who answers for it.")
@click.option("--model-type", "--type", "model_type", required=True, help="What kind of thing it is, such as ml_model.")
@click.option("--tier", required=True, help="How risky it is, such as high.")
@click.option("--purpose", required=True, help="What it is for.")
@click.option("--platform", help="Where it runs.")
@click.option("--model-origin", help="Where it came from; internal when left out.")
@click.option("--status", help="Where it is in its life; active when left out.")
@click.option("--metadata", metavar="JSON", callback=mapping, help=METADATA)
@signed()
@output
@with_ledger
def register(ledger: "Ledger", **said: Any) -> "ModelRef":
    """Register the model NAME; on a known one, record what differs."""
    return ledger.register(**said)


@click.command(epilog=example("update fraud_scoring --owner fraud-team --reason 'new team' --actor mrm-team"))
@model_argument()
@click.option("--owner", help="Who answers for it from then on.")
@click.option("--model-type", "--type", "model_type", help="What kind of thing it is.")
@click.option("--tier", help="How risky it is.")
@click.option("--purpose", help="What it is for.")
@click.option("--model-origin", help="Where it came from.")
@click.option("--status", help="Where it is in its life.")
@click.option("--metadata", metavar="JSON", callback=mapping, help=f"{METADATA} It replaces what was.")
@click.option("--reason", help="Why.")
@signed()
@output
@with_ledger
def update(ledger: "Ledger", model: str, **said: Any) -> "ModelRef":
    """Change what MODEL is, by one event that carries old and new; what is left out stays."""
    return ledger.update(model, **said)
