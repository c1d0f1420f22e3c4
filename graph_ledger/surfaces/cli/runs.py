"""``graph-ledger runs`` and ``graph-ledger coverage``: what each reading of a source came to."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.coverage import SourceCoverage

STATUSES = ("running", "finished", "failed", "stopped", "interrupted")


@click.command(epilog=example("runs", "runs --source warehouse --status failed", "runs 4f0c2a91"))
@click.argument("run_id", required=False)
@click.option("--source", metavar="NAME", help="A source such as warehouse/default, or a connector's name for all its scopes.")
@click.option("--status", type=click.Choice(STATUSES), help="Only runs that ended so.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
@output
@with_ledger
def runs(ledger: "Ledger", run_id: str | None = None, **which: Any) -> Any:
    """List the runs, the one that began last first; or show the one whose name begins with RUN_ID."""
    found = ledger.runs(run_id=run_id, **which)
    if run_id is not None and len(found) != 1:
        raise click.UsageError(f"{'no run' if not found else 'more than one run'} has a name that begins with {run_id!r}")
    return found[0] if run_id is not None else found


@click.command(epilog=example("coverage", "coverage warehouse --all", "coverage warehouse/default --runs 30 --json"))
@click.argument("source", required=False)
@click.option("--runs", type=click.IntRange(min=1), default=10, show_default=True, help="How many of the newest runs.")
@click.option("--all", "everything", is_flag=True, help="Show every statement, also those that were read whole.")
@output
@with_ledger
def coverage(ledger: "Ledger", runs: int, source: str | None = None, *, everything: bool) -> "list[SourceCoverage]":
    """Show how much of each source was understood: its sums from run to run, and each statement that was not read whole."""
    found = ledger.coverage(source, runs=runs)
    if source is not None and not found:
        raise click.UsageError(f"no run of a source {source!r} is known: `graph-ledger runs` lists those there were")
    return found if everything else [each.model_copy(update={"statements": each.unread}) for each in found]
