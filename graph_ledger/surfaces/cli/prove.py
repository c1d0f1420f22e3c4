"""``graph-ledger prove``: a proof to hand on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.seal import FILE

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.document import Document
    from graph_ledger.values.proof import Consistency, Proof


@click.command(
    epilog=example("prove 5f0c1c0e2b7d4a9f8e6d3c2b1a09f8e7 -o event.proof.json", "prove --since /mnt/elsewhere/ledger.checkpoint")
)
@click.argument("snapshot", required=False)
@click.option("--since", type=FILE, metavar="CHECKPOINT", help="Instead: show that the ledger only grew since this checkpoint.")
@click.option("--for", "kept", type=FILE, metavar="CHECKPOINT", help="Prove SNAPSHOT for this earlier checkpoint, not for the newest.")
@click.option("-o", "--output", "file", type=FILE, metavar="FILE", help="Write the proof there, not to standard output.")
@output
@with_ledger
def prove(
    ledger: "Ledger", snapshot: str | None = None, since: Path | None = None, kept: Path | None = None, file: Path | None = None
) -> "Proof | Consistency | None":
    """Prove that the event SNAPSHOT was sealed as it is; or, with --since, that the ledger only grew.

    SNAPSHOT is its snapshot_hash, which `history --json` shows.
    `graph-ledger check` checks both without any database. A history that was edited ends with exit code 1.
    """
    if (snapshot is None) is (since is None) or (since is not None and kept is not None):
        raise click.UsageError("name either a SNAPSHOT, with --for if need be, or --since CHECKPOINT")
    if since is not None:
        grown = ledger.prove_consistency(since)
        _write(grown, file)
        return grown
    proof = ledger.prove(str(snapshot), checkpoint=kept)
    return None if _write(proof, file) else proof


def _write(document: "Document", file: Path | None) -> bool:
    if file is not None:
        document.write(file)
        note(f"written to {file}")
    return file is not None
