"""``graph-ledger contract diff``: a report out of two snapshots. No ledger, no database."""

from pathlib import Path

import click

from graph_ledger.surfaces.cli.contract.options import MODEL
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note

TARGET = click.Path(dir_okay=False, path_type=Path)


@click.command(
    epilog=example("contract diff model-v1.yaml model-v2.yaml > diff.json", "contract diff v1/model.vspec v2/model.vspec -o diff.json")
)
@click.argument("old", type=MODEL)
@click.argument("new", type=MODEL)
@click.option(
    "-o", "--output", "file", type=TARGET, metavar="FILE", help="Write the report there, whole or not at all, not to standard output."
)
def diff(old: Path, new: Path, file: Path | None) -> str | None:
    """Write the diff report that leads from the snapshot OLD to the snapshot NEW, as JSON.

    A snapshot is YAML, JSON (.json), vspec (.vspec), GraphQL SDL (.graphql, .graphqls, .gql), or a folder of either of these two; an empty
    file is that of a model before its first release.
    """
    import json

    from graph_ledger.contracts import diff
    from graph_ledger.values.replacing import replacing

    text = json.dumps(diff(old, new).model_dump(mode="json", exclude_defaults=True), indent=2)
    if file is None:
        return text
    with replacing(file) as written:
        written.write(text + "\n")
    note(f"written to {file}")
    return None
