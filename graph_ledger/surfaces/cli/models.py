"""``graph-ledger list`` and ``show``: the models there are, and one of them."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, moments, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.surfaces.cli.card import Card
    from graph_ledger.values.model import ModelRef

NEWEST = 5
"""How many events a card shows."""


@click.command("list", epilog=example("list --owner risk-team --tier high", "list --as-of 2025-12-31 --json"))
@click.option("--owner", help="Whose they are.")
@click.option("--platform", help="Where they run.")
@click.option("--type", "model_type", help="What kind of thing they are, such as ml_model.")
@click.option("--tier", help="How risky they are.")
@click.option("--status", help="Where they are in their life, such as active.")
@click.option("--text", help="Words of the name or the purpose.")
@click.option("--limit", type=click.IntRange(min=1), help="How many at most.")
@click.option("--offset", type=click.IntRange(min=0), help="How many to pass over.")
@moments
@output
@with_ledger
def list_models(ledger: "Ledger", **filters: Any) -> "list[ModelRef]":
    """List the models that fit every filter."""
    return ledger.list(**filters)


@click.command(epilog=example("--demo show fraud_scoring", "--demo show ml/fraud_scoring --as-of 2025-12-31 --json"))
@model_argument()
@moments
@output
@with_ledger
def show(ledger: "Ledger", model: str, **moment: Any) -> "Card":
    """Show MODEL: what it is, what it reads and writes, what it depends on, what happened to it last."""
    from graph_ledger.surfaces.cli.card import Card

    found = ledger.investigate(model, **moment)
    return Card(
        model=found.model,
        inputs=found.inputs,
        outputs=found.outputs,
        dependencies=found.dependencies,
        events=found.events[:NEWEST],
    )
