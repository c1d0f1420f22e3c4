"""``graph-ledger contract diff``: a report out of two snapshots. No ledger, no database."""

from pathlib import Path

import click

from graph_ledger.surfaces.cli.contract.options import MODEL
from graph_ledger.surfaces.cli.options import example


@click.command(
    epilog=example("contract diff model-v1.yaml model-v2.yaml > diff.json", "contract diff v1/model.vspec v2/model.vspec > diff.json")
)
@click.argument("old", type=MODEL)
@click.argument("new", type=MODEL)
def diff(old: Path, new: Path) -> str:
    """Write the diff report that leads from the snapshot OLD to the snapshot NEW, as JSON.

    A snapshot is YAML, JSON (.json), vspec (.vspec), GraphQL SDL (.graphql, .graphqls, .gql), or a folder of either of these two; an empty
    file is that of a model before its first release.
    """
    import json

    from graph_ledger.contracts import diff

    return json.dumps(diff(old, new).model_dump(mode="json", exclude_defaults=True), indent=2)
