"""``graph-ledger trace``, ``impact`` and ``path``: what feeds what."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, moments, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.lineage import Impact, Path


@click.command(epilog=example("trace compliance_dashboard", "trace customer_features --down"))
@model_argument()
@click.option("--up", "way", flag_value="upstream", help="What it reads, directly or not, without itself.")
@click.option("--down", "way", flag_value="downstream", help="What reads it, nearest first.")
@moments
@output
@with_ledger
def trace(ledger: "Ledger", model: str, way: str = "trace", **moment: Any) -> list[str]:
    """List everything that MODEL is made from, sources first and itself last."""
    verbs = {"trace": ledger.trace, "upstream": ledger.upstream, "downstream": ledger.downstream}
    return verbs[way](model, **moment)


@click.command(epilog=example("impact customer_features", "impact customer_features --as-of 2025-12-31 --depth 2 --mermaid"))
@model_argument()
@click.option("--up", "direction", flag_value="upstream", help="What it reads, instead of what reads it.")
@click.option("--depth", type=click.IntRange(min=1), help="Farthest step; 1 is a direct reader.")
@click.option("--limit", type=click.IntRange(min=1), help="How many nodes at most, the nearest.")
@click.option("--mermaid", is_flag=True, help="A Mermaid diagram.")
@moments
@output
@with_ledger
def impact(ledger: "Ledger", model: str, *, mermaid: bool, **bounds: Any) -> "Impact | str":
    """List what breaks when MODEL does, whom to tell, and whether that is all."""
    found = ledger.impact(model, **bounds)
    if not mermaid:
        return found
    from graph_ledger.surfaces.cli.mermaid import mermaid as drawn

    return drawn(ledger, found, **{clock: bounds[clock] for clock in ("as_of", "known_at") if clock in bounds})


@click.command(epilog=example("path customer_features alert_engine"))
@model_argument("start")
@model_argument("end")
@moments
@output
@with_ledger
def path(ledger: "Ledger", start: str, end: str, **moment: Any) -> "Path":
    """Show the shortest way from START to END, with who says so and since when."""
    return ledger.path(start, end, **moment)
