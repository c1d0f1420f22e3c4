"""``graph-ledger composite members``, ``timeline``, ``diff``, ``groups``: who is in what, and since when."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import a_date, example, model_argument, moments, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.composite import Member, MembershipDiff
    from graph_ledger.values.membership import MembershipHistory


@click.command(epilog=example("composite members aml_monitoring", "composite members aml_monitoring --deep --as-of 2025-12-31"))
@model_argument("group")
@click.option("--deep", is_flag=True, help="Who is in the groups in it, too.")
@moments
@output
@with_ledger
def members(ledger: "Ledger", group: str, *, deep: bool, **moment: Any) -> "list[Member]":
    """List who is in GROUP, in which role, since when."""
    return ledger.members(group, deep=deep, **moment)


@click.command(epilog=example("composite timeline aml_monitoring", "composite timeline aml_monitoring --known-at 2025-12-31 --json"))
@model_argument("group")
@moments
@output
@with_ledger
def timeline(ledger: "Ledger", group: str, **moment: Any) -> "MembershipHistory":
    """Draw who was in GROUP from when to when, former members too."""
    return ledger.membership_history(group, **moment)


@click.command(epilog=example("composite diff aml_monitoring 2025-06-30 2025-12-31"))
@model_argument("group")
@click.argument("earlier", callback=a_date)
@click.argument("later", callback=a_date)
@click.option("--known-at", callback=a_date, metavar="DATE", help="As the ledger knew it at this date; now when left out.")
@output
@with_ledger
def diff(ledger: "Ledger", group: str, earlier: str, later: str, **asked: Any) -> "MembershipDiff":
    """List who joined and who left GROUP between two dates, when, by whom and why."""
    return ledger.membership_diff(group, earlier, later, **asked)


@click.command(epilog=example("composite groups fraud_scoring"))
@model_argument()
@moments
@output
@with_ledger
def groups(ledger: "Ledger", model: str, **moment: Any) -> "list[Member]":
    """List the groups that MODEL is in, with its role there and since when."""
    return ledger.groups(model, **moment)
