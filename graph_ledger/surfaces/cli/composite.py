"""``graph-ledger composite``: groups, who is in them, and what is open against them."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.completion import model_names
from graph_ledger.surfaces.cli.findings import observations, observe, resolve, validate
from graph_ledger.surfaces.cli.membership import diff, groups, members, timeline
from graph_ledger.surfaces.cli.options import example, model_argument, moments, signed, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.payload import mapping

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.composite import CompositeSummary
    from graph_ledger.values.model import ModelRef
    from graph_ledger.values.snapshot import Snapshot


@click.group(epilog=example("composite summary", "composite members aml_monitoring --as-of 2025-12-31"))
def composite() -> None:
    """Groups of models: form them, ask who is in them, and record what was found about them."""


@composite.command(
    epilog=example(
        "composite register card_decisions --owner risk-team --model-type composite --tier high --purpose 'Who gets a card'"
        " --member credit_risk --member fraud_scoring --actor risk-team"
    )
)
@click.argument("name")
@click.option("--owner", required=True, help="Who answers for it.")
@click.option("--model-type", "--type", "model_type", required=True, help="What kind of thing it is, such as composite.")
@click.option("--tier", required=True, help="How risky it is.")
@click.option("--purpose", required=True, help="What it is for.")
@click.option(
    "--member", "members", multiple=True, metavar="MODEL", shell_complete=model_names,
    help="A model in it; may be given again. Whoever is not named is not in it.",
)  # fmt: skip
@click.option("--platform", help="Where it runs; nowhere when left out.")
@click.option("--model-origin", help="Where it came from; internal when left out.")
@click.option("--status", help="Where it is in its life; active when left out.")
@click.option("--metadata", metavar="JSON", callback=mapping, help="Whatever else is known: a JSON object, @ and a file, or - for stdin.")
@signed()
@output
@with_ledger
def register(ledger: "Ledger", **said: Any) -> "ModelRef":
    """Register the group NAME and make its members those that are named: all or nothing; the same again changes nothing."""
    return ledger.register_group(**said)


@composite.command(epilog=example("composite add aml_monitoring aml_velocity --role challenger --actor compliance"))
@model_argument("group")
@model_argument("member")
@click.option("--role", help="What it is in the group, such as challenger.")
@signed()
@output
@with_ledger
def add(ledger: "Ledger", group: str, member: str, **said: Any) -> "Snapshot":
    """Let MEMBER join GROUP; the same role again changes nothing, another one begins then."""
    return ledger.add_member(group, member, **said)


@composite.command(epilog=example("composite remove aml_monitoring aml_velocity --reason 'replaced' --actor compliance"))
@model_argument("group")
@model_argument("member")
@click.option("--reason", help="Why.")
@signed()
@output
@with_ledger
def remove(ledger: "Ledger", group: str, member: str, **said: Any) -> "Snapshot":
    """Let MEMBER leave GROUP; when it was in it stays known."""
    return ledger.remove_member(group, member, **said)


@composite.command(epilog=example("composite summary", "composite summary aml_monitoring", "composite summary --type ml_model --json"))
@click.argument("group", required=False, shell_complete=model_names)
@click.option("--type", "types", multiple=True, help="Every model of this type, a group or not; may be given again.")
@moments
@output
@with_ledger
def summary(
    ledger: "Ledger", types: tuple[str, ...], group: str | None = None, **moment: Any
) -> "CompositeSummary | list[CompositeSummary]":
    """Sum up every group, or GROUP with its members: validated when, with what result, how many findings are open."""
    if group is not None and types:
        raise click.UsageError("name either a GROUP or --type")
    return ledger.composite_summary(types or None, **moment) if group is None else ledger.composite_summary(group, **moment)


for command in (members, timeline, diff, groups, validate, observe, resolve, observations):
    composite.add_command(command)
