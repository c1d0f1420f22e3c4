"""Lineage: the chain from the data through a version to where it runs."""

from graph_ledger.database.database import Database, Transaction
from graph_ledger.lineage.downstream import downstream
from graph_ledger.lineage.upstream import upstream
from graph_ledger.models.resolve import resolve_start
from graph_ledger.registry.deploy import deployments
from graph_ledger.registry.read import version_in
from graph_ledger.registry.said import names_of
from graph_ledger.values.moment import Moment
from graph_ledger.values.registry.lineage import Deployment, PinnedContract, VersionLineage
from graph_ledger.values.registry.version import ModelVersion


def lineage(database: Database, name: str, version: str) -> VersionLineage | None:
    """Return what a version comes from and where it goes; None where there is none."""
    name, version = names_of(name, version)

    def work(transaction: Transaction) -> tuple[ModelVersion, list[Deployment], list[PinnedContract]] | None:
        found = version_in(transaction, name, version)
        if found is None:
            return None
        runs = deployments(transaction, name, version)
        rows = transaction.run("registry/pinned", keys=[found.key, *(each.target for each in runs)])["contracts"]
        return (
            found,
            runs,
            [PinnedContract(model=key, relationship=kind, uri=uri, status=status, port=port) for key, kind, uri, status, port in rows],
        )

    told = database.reading(work)
    if told is None:
        return None
    start, now = resolve_start(database, told[0].key), Moment()
    return VersionLineage(
        version=told[0],
        upstream=tuple(upstream(database, start, now)),
        deployments=tuple(told[1]),
        downstream=tuple(downstream(database, start, now)),
        contracts=tuple(told[2]),
    )
