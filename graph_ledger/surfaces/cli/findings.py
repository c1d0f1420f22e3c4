"""``graph-ledger composite validate``, ``observe``, ``resolve``, ``observations``: of a group or of a model alike."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.completion import model_names
from graph_ledger.surfaces.cli.options import example, model_argument, moments, signed, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.payload import mapping

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.composite import OpenObservation
    from graph_ledger.values.snapshot import Snapshot

METADATA = click.option(
    "--metadata", metavar="JSON", callback=mapping, help="What else is to be said: a JSON object, @ and a file, or - for stdin."
)


@click.command(epilog=example("composite validate aml_monitoring pass --actor model-validation"))
@model_argument("group")
@click.argument("result")
@METADATA
@signed()
@output
@with_ledger
def validate(ledger: "Ledger", group: str, result: str, **said: Any) -> "Snapshot":
    """Record that GROUP, or a model, was validated with RESULT, such as pass or fail."""
    return ledger.record_validation(group, result=result, **said)


@click.command(epilog=example("composite observe aml_monitoring AML-7 'No test on new customers' --severity high --actor audit"))
@model_argument("group")
@click.argument("observation_id", metavar="ID")
@click.argument("observation", metavar="TEXT")
@click.option("--status", default="open", show_default=True, help="What is to be said of its state.")
@click.option("--severity", help="How bad it is.")
@METADATA
@signed()
@output
@with_ledger
def observe(ledger: "Ledger", group: str, **said: Any) -> "Snapshot":
    """Issue the finding ID against GROUP or a model; one that was resolved is open again."""
    return ledger.record_observation(group, **said)


@click.command(epilog=example("composite resolve aml_monitoring AML-7 'Tested on new customers' --actor audit"))
@model_argument("group")
@click.argument("observation_id", metavar="ID")
@click.argument("resolution", metavar="TEXT")
@METADATA
@signed()
@output
@with_ledger
def resolve(ledger: "Ledger", group: str, **said: Any) -> "Snapshot":
    """Resolve the finding ID of GROUP or a model; TEXT says how."""
    return ledger.resolve_observation(group, **said)


@click.command(epilog=example("composite observations", "composite observations aml_monitoring --as-of 2025-12-31"))
@click.argument("group", required=False, shell_complete=model_names)
@moments
@output
@with_ledger
def observations(ledger: "Ledger", group: str | None = None, **moment: Any) -> "list[OpenObservation]":
    """List the findings that are open, against GROUP or a model, or all of them, oldest first."""
    return ledger.open_observations(group, **moment)
