"""``graph-ledger connectors``: which types of connectors there are."""

from dataclasses import asdict
from typing import Any

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import output


@click.command(epilog=example("connectors", "connectors --json"))
@output
def connectors() -> Any:
    """List the connector types that a configuration can name: ours, and those that installed packages bring."""
    from graph_ledger.connectors.registry import connector_types
    from graph_ledger.surfaces.cli.answer import Answer

    rows = [asdict(each) for each in connector_types().values()]
    return Answer(columns=["type", "package", "made by"], rows=[[row["name"], row["package"], row["target"]] for row in rows])
