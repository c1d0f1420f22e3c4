"""``graph-ledger contract``: the group of its commands."""

import click

from graph_ledger.surfaces.cli.contract.check import check
from graph_ledger.surfaces.cli.contract.diff import diff
from graph_ledger.surfaces.cli.contract.lint import lint
from graph_ledger.surfaces.cli.contract.sync import sync
from graph_ledger.surfaces.cli.contract.validate import validate
from graph_ledger.surfaces.cli.options import example


@click.group(epilog=example("contract sync -m metadata.yaml -b breaking.yaml -d diff.json -o ledger", "contract validate ledger"))
def contract() -> None:
    """Data contracts: what the elements of a data model are called, mean and promise, over time."""


for command in (check, diff, lint, sync, validate):
    contract.add_command(command)
