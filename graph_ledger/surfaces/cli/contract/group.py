"""``graph-ledger contract``: the group of its commands."""

import click

from graph_ledger.surfaces.cli.contract.check import check
from graph_ledger.surfaces.cli.contract.declare import consume, produce
from graph_ledger.surfaces.cli.contract.diff import diff
from graph_ledger.surfaces.cli.contract.exchange import census, export, import_folder
from graph_ledger.surfaces.cli.contract.lint import lint
from graph_ledger.surfaces.cli.contract.reading import binding, history, impact, list_concepts, namespaces, show
from graph_ledger.surfaces.cli.contract.sync import sync
from graph_ledger.surfaces.cli.contract.validate import validate
from graph_ledger.surfaces.cli.options import example


@click.group(epilog=example("contract sync -m metadata.yaml -b breaking.yaml -d diff.json -o ledger", "contract impact mp:Vehicle.Speed"))
def contract() -> None:
    """Data contracts: what the elements of a data model are called, mean and promise, over time."""


for command in (
    binding, census, check, consume, diff, export, history, impact, import_folder, lint, list_concepts, namespaces, produce, show, sync,
    validate,
):  # fmt: skip
    contract.add_command(command)
