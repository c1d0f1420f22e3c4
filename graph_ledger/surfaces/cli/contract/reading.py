"""``graph-ledger contract namespaces``, ``list``, ``show``, ``history``, ``impact`` and ``binding``: what the graph knows of elements."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.contract import options
from graph_ledger.surfaces.cli.options import example, moments, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.values.contracts.kinds import ANY

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.contracts.concept import Binding, Concept
    from graph_ledger.values.contracts.namespace import DataModel
    from graph_ledger.values.history import History
    from graph_ledger.values.lineage import Impact


@click.command(epilog=example("contract namespaces", "contract namespaces --json"))
@output
@with_ledger
def namespaces(ledger: "Ledger") -> "list[DataModel]":
    """List the data models that there are, each as its newest report left it."""
    found: list[DataModel] = ledger.contracts.namespaces()
    return found


@click.command("list", epilog=example("contract list mp", "contract list mp --kind PROPERTY --as-of 2025-12-31 --json"))
@click.argument("prefix", required=False)
@click.option("--kind", type=options.KINDS, help="What they are.")
@click.option(
    "--status", type=click.Choice(["ACTIVE", "REMOVED", ANY], case_sensitive=False), default="ACTIVE", show_default=True,
    help="Where they stand; ANY: all of them.",
)  # fmt: skip
@moments
@output
@with_ledger
def list_concepts(ledger: "Ledger", status: str, prefix: str | None = None, **asked: Any) -> "list[Concept]":
    """List the elements of the namespace PREFIX, or of all, in the order of their serials."""
    found: list[Concept] = ledger.contracts.list(prefix, status=None if status == ANY else status, **asked)
    return found


@click.command(epilog=example("contract show mp:Vehicle.Speed", "contract show mp:Vehicle.Speed --as-of 2025-12-31"))
@options.reference
@moments
@output
@with_ledger
def show(ledger: "Ledger", ref: str, **moment: Any) -> "Concept":
    """Show the element REF: what it means, which contract holds, at which addresses it is met.

    REF is PREFIX:LABEL with any label, old or new, a URI of a concept, revision, contract or binding, or an address at run time.
    """
    found: Concept = ledger.contracts.get(ref, **moment)
    return found


@click.command(epilog=example("contract history mp:Vehicle.Speed", "contract history mp:Vehicle.Speed --jsonl"))
@options.reference
@moments
@output
@with_ledger
def history(ledger: "Ledger", ref: str, **moment: Any) -> "History":
    """List the revisions of the element REF, newest first, whatever it was called."""
    found: History = ledger.contracts.history(ref, **moment)
    return found


@click.command(epilog=example("contract impact mp:Vehicle.Speed", "contract impact mp:Vehicle.Speed --depth 1 --json"))
@options.reference
@click.option("--depth", type=click.IntRange(min=1), help="Farthest step; 1 is a direct reader.")
@click.option("--limit", type=click.IntRange(min=1), help="How many nodes at most, the nearest.")
@moments
@output
@with_ledger
def impact(ledger: "Ledger", ref: str, **bounds: Any) -> "Impact":
    """List whom a change of the element REF reaches: its readers by any of its names, and what they feed; whom to tell."""
    found: Impact = ledger.contracts.impact(ref, **bounds)
    return found


@click.command(epilog=example("contract binding mp 24", "contract binding mp 24 --as-of 2025-12-31 --json"))
@click.argument("prefix")
@click.argument("serial")
@moments
@output
@with_ledger
def binding(ledger: "Ledger", prefix: str, serial: str, **moment: Any) -> "Binding":
    """Say what the bare SERIAL in a payload of the namespace PREFIX stands for, and what took its place; a URI will do, too."""
    found: Binding = ledger.contracts.binding(prefix, serial, **moment)
    return found
