"""``graph-ledger contract validate``: is a folder a ledger? No database."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note, output

if TYPE_CHECKING:
    from graph_ledger.values.contracts.change import Counts

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(epilog=example("contract validate ledger"))
@click.argument("folder", metavar="DIR", type=FOLDER)
@output
def validate(folder: Path) -> "Counts":
    """Check the four files of a ledger folder, and count their rows.

    Exit code 1: they are no ledger, or the folder is empty; everything that is wrong is said.
    """
    from graph_ledger.contracts import Counts, read_tables
    from graph_ledger.errors import LedgerFilesError

    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {str(folder)!r}", param_hint="DIR")
    try:
        tables = read_tables(folder)
    except LedgerFilesError as error:
        for finding in error.findings[1:]:
            note(finding)
        raise
    return Counts(
        concepts=len(tables.concepts), revisions=len(tables.revisions), contracts=len(tables.contracts), bindings=len(tables.bindings)
    )
