"""``graph-ledger check``: is a proof true? No database, no server."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.seal import FILE

if TYPE_CHECKING:
    from graph_ledger.values.proof import ProofCheck


@click.command(
    epilog=example(
        "check event.proof.json --checkpoint ledger.checkpoint",
        "check growth.json --checkpoint earlier.checkpoint --new-checkpoint ledger.checkpoint",
    )
)
@click.argument("proof", type=FILE)
@click.option("--checkpoint", type=FILE, metavar="FILE", help="The checkpoint that you kept; for a proof of growth, the earlier one.")
@click.option("--new-checkpoint", type=FILE, metavar="FILE", help="For a proof of growth: the later one, from elsewhere than the proof.")
@click.option(
    "--public-key", metavar="FILE|VKEY", help="Key that must have signed: a PEM file, or name+hash+base64, which also says which log."
)
@output
def check(proof: Path, **anchors: Path | str | None) -> "ProofCheck":
    """Check what `prove` wrote to the file PROOF, without any database.

    Exit code 0: it is true, and what you gave vouches for it. 1: it failed, or nothing that you gave vouches for it.
    """
    from graph_ledger.values.proof_check import check_consistency, check_proof

    if _is_of_growth(proof):
        return check_consistency(proof, **anchors)
    if anchors.pop("new_checkpoint") is not None:
        raise click.UsageError("--new-checkpoint is for a proof of growth, and this is none")
    return check_proof(proof, **anchors)


def _is_of_growth(proof: Path) -> bool:
    """Say what the document calls itself; one that calls itself nothing is refused as a proof."""
    import json

    try:
        found = json.loads(proof.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and str(found.get("format")).startswith("graph-ledger/consistency/")
