"""``graph-ledger contract sync``: work a diff report into a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.contract import options
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note, output

if TYPE_CHECKING:
    from graph_ledger.values.contracts.change import SyncResult


@click.command(
    epilog=example(
        "contract sync -m metadata.yaml -b breaking.yaml -o ledger",
        "contract sync -m metadata.yaml -b breaking.yaml -d diff.json -o ledger --dry-run --strict",
        "contract sync -m metadata.yaml -b breaking.yaml -d diff.json -o ledger",
    )
)
@options.metadata()
@options.rules()
@options.report(text="The diff report, JSON; without one the ledger is set up, or checked and written again.")
@options.ledger_folder(required=True)
@options.dry_run
@options.strict
@options.profile
@options.columns
@output
def sync(folder: Path, **given: Any) -> "SyncResult":
    """Work a diff report into a ledger: every row that it calls for is written, or none.

    Exit code 1: an input or the ledger is not valid, or a dry run would write rows.
    """
    from graph_ledger.contracts import sync_folder

    done = sync_folder(folder, **given)
    for warning in done.warnings:
        note(f"Warning: {warning}")
    return done
