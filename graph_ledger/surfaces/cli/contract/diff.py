"""``graph-ledger contract diff``: a report out of two snapshots. No ledger, no database."""

from pathlib import Path

import click

from graph_ledger.surfaces.cli.contract.options import FILE
from graph_ledger.surfaces.cli.options import example


@click.command(epilog=example("contract diff model-v1.yaml model-v2.yaml > diff.json"))
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
def diff(old: Path, new: Path) -> str:
    """Write the diff report that leads from the snapshot OLD to the snapshot NEW, as JSON.

    A snapshot is YAML, or JSON in a file that ends in .json; an empty file is that of a model before its first release.
    """
    import json

    from graph_ledger.contracts import diff

    return json.dumps(diff(old, new).model_dump(mode="json", exclude_defaults=True), indent=2)
