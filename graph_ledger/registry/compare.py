"""Compare: what differs between two versions of a model."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ConflictError
from graph_ledger.registry.read import version_in
from graph_ledger.registry.said import names_of
from graph_ledger.values.registry.comparison import Difference, VersionComparison
from graph_ledger.values.registry.version import ModelVersion


def compare(database: Database, name: str, a: str, b: str) -> VersionComparison:
    """Return what differs between two versions.

    Raises:
        ConflictError: One of them is not there.
    """
    names_of(name, a)
    names_of(name, b)

    def work(transaction: Transaction) -> VersionComparison:
        one, other = _found(transaction, name, a), _found(transaction, name, b)
        row = transaction.run("registry/inputs", keys=[one.key, other.key])
        ports = [{port: port for port in each} for each in row["ports"]]
        contracts = [dict(each) for each in row["contracts"]]
        both = ports[0].keys() & ports[1].keys()
        return VersionComparison(
            a=one,
            b=other,
            metrics=differences(one.metrics.to_dict(), other.metrics.to_dict()),
            parameters=differences(one.parameters, other.parameters),
            inputs=differences(ports[0], ports[1]),
            contracts=differences(*({port: each[port] for port in both if port in each} for each in contracts)),
        )

    return database.reading(work)


def differences(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return what is not the same in both, by name.

    >>> differences({"depth": 3, "seed": 1}, {"depth": 4, "seed": 1})
    (Difference(name='depth', a=3, b=4),)
    """
    names: Iterable[str] = sorted(a.keys() | b.keys())
    return tuple(
        Difference(name=name, a=a.get(name), b=b.get(name)) for name in names if (name in a, a.get(name)) != (name in b, b.get(name))
    )


def _found(transaction: Transaction, name: str, version: str) -> ModelVersion:
    found = version_in(transaction, name, version)
    if found is None:
        raise ConflictError(f"there is no version {name}:{version}: `registry versions` shows those there are")
    return found
