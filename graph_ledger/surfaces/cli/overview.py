"""``graph-ledger overview`` and ``investigate``: the whole in numbers, and one model's whole card."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, moments, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.investigation import Investigation
    from graph_ledger.values.overview import Overview


@click.command(epilog=example("--demo overview", "overview --json"))
@output
@with_ledger
def overview(ledger: "Ledger") -> "Overview":
    """Count what there is now: models by type, platform, tier and status, events, groups, ports, seals."""
    return ledger.overview()


@click.command(epilog=example("--demo investigate fraud_scoring", "--demo investigate fraud_scoring --full --as-of 2025-12-31 --json"))
@model_argument()
@click.option("--full", "detail", flag_value="full", help="All of its events, not only the ten newest.")
@moments
@output
@with_ledger
def investigate(ledger: "Ledger", model: str, **asked: Any) -> "Investigation":
    """Show everything that is known of MODEL: events, validations, findings, groups, tags, neighbours."""
    return ledger.investigate(model, **asked)
