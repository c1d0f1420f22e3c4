"""Ports: what one model reads and writes itself."""

from json import loads

from graph_ledger.database.database import Database, Transaction
from graph_ledger.lineage.clocks import clocks
from graph_ledger.values.moment import Moment
from graph_ledger.values.port import DataPort

Ports = tuple[DataPort, ...]


def ports(database: Database, key: str, moment: Moment) -> tuple[Ports, Ports]:
    """Return the inputs and the outputs that some source claims of a model, whether or not anybody else uses them.

    Source: ``cypher/lineage/ports.cypher``; proved by ``tests/lineage/test_ports.py``.
    """

    def work(transaction: Transaction) -> tuple[Ports, Ports]:
        row = transaction.run("lineage/ports", key=key, **clocks(transaction, moment))
        found = [
            (is_output, DataPort(identifier, **(loads(schema) if schema else {})))
            for is_output, identifier, schema in zip(row["outputs"], row["identifiers"], row["schemas"], strict=True)
        ]
        return tuple(port for is_output, port in found if not is_output), tuple(port for is_output, port in found if is_output)

    return database.reading(work)
