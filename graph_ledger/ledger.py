"""Ledger: opens the database and hands each verb to its room."""

from collections.abc import Iterable
from types import TracebackType

from graph_ledger.database.database import Database
from graph_ledger.database.migrations import migrate
from graph_ledger.discovery.add import add
from graph_ledger.values.add_result import AddResult
from graph_ledger.values.moment import When
from graph_ledger.values.node import DataNode


class Ledger:
    """The whole graph."""

    def __init__(self, uri: str | None = None, *, auth: tuple[str, str] | None = None, database: str | None = None) -> None:
        self._database = Database(uri or "", auth, database or "neo4j")
        migrate(self._database)

    @property
    def database(self) -> Database:
        """The database room: two verbs, named statements."""
        return self._database

    def add(self, nodes: Iterable[DataNode] | DataNode, *, source: str | None = None, observed_at: When | None = None) -> AddResult:
        return add(self._database, nodes, source, observed_at)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
