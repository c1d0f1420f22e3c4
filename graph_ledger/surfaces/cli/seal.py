"""``graph-ledger seal``: close what happened so far under a root."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import note, output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.seal import Seal

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog=example("seal --checkpoint /mnt/elsewhere/ledger.checkpoint --key key.pem"))
@click.option("--checkpoint", type=FILE, metavar="FILE", help="Write the checkpoint there: where no writer of the ledger can write.")
@click.option("--key", type=FILE, metavar="FILE", help="Sign it with this Ed25519 key, in PEM.")
@click.option("--origin", metavar="NAME", help="What checkpoints call this ledger from now on, such as example.com/ledger.")
@output
@with_ledger
def seal(ledger: "Ledger", **given: Any) -> "Seal":
    """Close every event under a root; nothing new shows the newest seal again.

    An earlier checkpoint in FILE is replaced only by one that follows from it; else the exit code is 1.
    """
    sealed = ledger.seal(**given)
    if "checkpoint" not in given:
        note("keep its checkpoint elsewhere, with --checkpoint FILE: what lies in the database alone proves nothing")
    return sealed
