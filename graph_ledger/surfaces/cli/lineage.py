"""``graph-ledger trace``, ``impact`` and ``path``: what feeds what."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, moments, with_ledger
from graph_ledger.surfaces.cli.output import note, output, wants_picture

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.lineage import Impact, Path


GONE = ("not_found", "lost")
"""Events that say since when a model is gone."""


@click.command(epilog=example("--demo trace compliance_dashboard", "--demo trace customer_features --down"))
@model_argument()
@click.option("--up", "way", flag_value="upstream", help="What it reads, directly or not, without itself.")
@click.option("--down", "way", flag_value="downstream", help="What reads it, nearest first.")
@moments
@output
@with_ledger
def trace(ledger: "Ledger", model: str, way: str = "trace", **moment: Any) -> list[str]:
    """List everything that MODEL is made from, sources first and itself last."""
    _say_if_gone(ledger, model, moment)
    verbs = {"trace": ledger.trace, "upstream": ledger.upstream, "downstream": ledger.downstream}
    return verbs[way](model, **moment)


@click.command(epilog=example("--demo impact customer_features", "--demo impact customer_features --as-of 2025-12-31 --depth 2 --mermaid"))
@model_argument()
@click.option("--column", help="A column of what MODEL writes, followed as far as anybody tells; else tables count as a whole.")
@click.option("--up", "direction", flag_value="upstream", help="What it reads, instead of what reads it.")
@click.option("--depth", type=click.IntRange(min=1), help="Farthest step; 1 is a direct reader.")
@click.option("--limit", type=click.IntRange(min=1), help="How many nodes at most, the nearest.")
@click.option("--mermaid", is_flag=True, help="A Mermaid diagram.")
@moments
@output
@with_ledger
def impact(ledger: "Ledger", model: str, *, mermaid: bool, **bounds: Any) -> "Impact | str":
    """List what breaks when MODEL does, whom to tell, and whether that is all."""
    _say_if_gone(ledger, model, bounds)
    picture = mermaid or wants_picture()
    found = ledger.impact(model, edges=picture, **bounds)
    if not picture:
        return found
    from graph_ledger.surfaces.cli.mermaid import mermaid as drawn

    return drawn(found)


@click.command(epilog=example("--demo path customer_features alert_engine"))
@model_argument("start")
@model_argument("end")
@click.option("--column", help="A column of what START writes: its surest way.")
@moments
@output
@with_ledger
def path(ledger: "Ledger", start: str, end: str, **asked: Any) -> "Path":
    """Show the shortest way from START to END, with who says so and since when."""
    return ledger.path(start, end, **asked)


def _say_if_gone(ledger: "Ledger", model: str, asked: dict[str, Any]) -> None:
    """Where today is asked about: say on stderr that no source has the model any more, as what is left to walk is little or nothing."""
    if "as_of" in asked or "known_at" in asked or (found := ledger.get(model)).present:
        return
    event = next((event for kind in GONE for event in ledger.history(found, event_type=kind, limit=1)), None)
    since = f" since {event.timestamp.date()}" if event else ""
    note(f"{found.key} is not found any more{since}; --as-of a day before shows what was")
