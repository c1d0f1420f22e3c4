"""``graph-ledger registry``: the group of its commands."""

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.registry.artifacts import artifact, import_folder, store_artifact, verify
from graph_ledger.surfaces.cli.registry.reading import compare, history, lineage, list_models, production, search, show, versions
from graph_ledger.surfaces.cli.registry.writing import delete, deploy, register, rollback, stage


@click.group(epilog=example("registry register fraud_scoring 1.0.0 --artifact model.pkl", "registry stage fraud_scoring 1.0.0 production"))
def registry() -> None:
    """Versions of models: their stages, their metrics, their bytes, what they come from and where they run."""


for command in (
    artifact, compare, delete, deploy, history, import_folder, lineage, list_models, production, register, rollback, search, show, stage,
    store_artifact, verify, versions,
):  # fmt: skip
    registry.add_command(command)
