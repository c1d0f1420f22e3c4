"""``graph-ledger dependencies``, ``link``, ``unlink`` and ``connect``: direct neighbours, and those that people declare."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, moments, signed, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.payload import mapping

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.lineage import Dependency
    from graph_ledger.values.snapshot import Snapshot


@click.command(epilog=example("--demo dependencies fraud_scoring", "--demo dependencies fraud_scoring --up --as-of 2025-12-31"))
@model_argument()
@click.option("--up", "direction", flag_value="upstream", help="Only what it reads.")
@click.option("--down", "direction", flag_value="downstream", help="Only what reads it.")
@moments
@output
@with_ledger
def dependencies(ledger: "Ledger", model: str, direction: Any = "both", **moment: Any) -> "list[Dependency]":
    """List the direct neighbours of MODEL, with the ports that both share, who says so and since when."""
    return ledger.dependencies(model, direction, **moment)


@click.command(epilog=example("link customer_features pricing_rules --relationship informs --actor mrm-team"))
@model_argument("upstream")
@model_argument("downstream")
@click.option("--relationship", help="The word for it; depends_on when left out.")
@click.option("--metadata", metavar="JSON", callback=mapping, help="What else is to be said of it: a JSON object, @ and a file, or -.")
@signed()
@output
@with_ledger
def link(ledger: "Ledger", upstream: str, downstream: str, **said: Any) -> "list[Snapshot]":
    """Declare that DOWNSTREAM depends on UPSTREAM, where no data flows that a connector could see; again is silent."""
    return list(ledger.link_dependency(upstream, downstream, **said))


@click.command(epilog=example("unlink customer_features pricing_rules --reason 'not any more' --actor mrm-team"))
@model_argument("upstream")
@model_argument("downstream")
@click.option("--relationship", help="Only this word for it; every declaration between the two when left out.")
@click.option("--reason", help="Why.")
@signed()
@output
@with_ledger
def unlink(ledger: "Ledger", upstream: str, downstream: str, **said: Any) -> "list[Snapshot]":
    """Take back declared dependencies, whoever declared them; what data shows stays."""
    return list(ledger.unlink_dependency(upstream, downstream, **said))


@click.command(epilog=example("connect"))
@output
@with_ledger
def connect(ledger: "Ledger") -> dict[str, int]:
    """Count the pairs that became connected since this was last asked; ports connect themselves."""
    return ledger.connect()
