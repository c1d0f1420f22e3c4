"""Database: all that a room knows of the server."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Session,
    unit_of_work,
)

from graph_ledger.database.deadline import remaining
from graph_ledger.database.failures import mapped, too_large
from graph_ledger.database.statements import statement

Row = Mapping[str, Any]
T = TypeVar("T")

NOTIFICATIONS = "OFF"
"""Least severity of the server's notifications that becomes a Python warning; tests set it to INFORMATION."""
CONNECTION_TIMEOUT = 10.0
RETRY_SECONDS = 30.0
ACQUISITION_SECONDS = 60.0
"""Longest wait for a connection, its handshake and its being tried among it."""
LIVENESS_SECONDS = 60.0
"""A connection that was idle for longer is tried before a question is put to it."""


class Transaction:
    """One open transaction: runs named statements and returns their one row."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction

    def run(self, name: str, /, **parameters: Any) -> Row:
        """Run ``cypher/<name>.cypher``; return its one row, or an empty one where it returns nothing."""
        with too_large():
            result = self._transaction.run(statement(name), parameters)
            record = result.single()
        return {} if record is None else dict(zip(record.keys(), record.values(), strict=True))

    def stream(self, name: str, /, **parameters: Any) -> Iterator[list[Any]]:
        """Run ``cypher/<name>.cypher``; yield row after row as they come, none kept."""
        with too_large():
            for record in self._transaction.run(statement(name), parameters):
                yield record.values()


class Database:
    """Two verbs, named statements, plain values; retries, bookmarks and error mapping live behind them.

    Raises:
        UnreachableError, AccessDeniedError: At the first question.
    Source: ``docs/database.md``.
    """

    def __init__(self, uri: str, auth: tuple[str, str] | None, database: str = "neo4j") -> None:
        self.uri, self.name = uri, database
        self._driver: Driver = self._connect(uri, auth)

    def verify(self) -> None:
        """Ask once whether anybody answers, without the half minute of retries that a question gets."""
        with mapped(self.uri):
            self._driver.verify_connectivity()

    def read(self, name: str, /, **parameters: Any) -> Row:
        """Run ``cypher/<name>.cypher`` with READ access; return its one row."""
        return self.reading(lambda transaction: transaction.run(name, **parameters))

    def reading(self, work: Callable[[Transaction], T]) -> T:
        """Run several reads on one state of the graph; the server rejects every write among them."""
        with mapped(self.uri), self._session(READ_ACCESS) as session:
            found: T = session.execute_read(timed(lambda transaction: work(Transaction(transaction))))
            return found

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one managed transaction; it may run twice, so it has no effect but its statements."""
        with mapped(self.uri), self._session(WRITE_ACCESS) as session:
            found: T = session.execute_write(timed(lambda transaction: work(Transaction(transaction))))
            return found

    def rehearse(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` as `write` would, with its locks and retries, return what it found, and keep nothing of it."""

        def rehearsed(transaction: ManagedTransaction) -> None:
            raise _Rehearsed(work(Transaction(transaction)))  # the driver rolls back, and repeats nothing

        try:
            with mapped(self.uri), self._session(WRITE_ACCESS) as session:
                session.execute_write(timed(rehearsed))
        except _Rehearsed as done:
            found: T = done.found
            return found
        raise AssertionError

    def table(self, text: str, /, **parameters: Any) -> tuple[list[str], list[list[Any]]]:
        """Run a person's own reading statement; return its columns and rows."""

        def work(transaction: ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
            result = transaction.run(text, parameters)
            columns = list(result.keys())
            return columns, [list(record.values()) for record in result]

        with mapped(self.uri), self._session(READ_ACCESS) as session:
            return session.execute_read(timed(work))

    def plan(self, name: str, /, **parameters: Any) -> list[str]:
        """Return the operators of a statement's plan, as EXPLAIN shows them, from the last to the first."""
        with mapped(self.uri), self._session(WRITE_ACCESS) as session:
            return session.execute_write(lambda tx: _operators(tx.run(f"EXPLAIN {statement(name)}", parameters).consume().plan))

    def install(self, text: str) -> None:
        """Run one statement of the schema, which the server takes in a transaction of its own."""
        with mapped(self.uri), self._session(WRITE_ACCESS) as session:
            session.run(text).consume()

    @property
    def driver(self) -> Driver:
        """The driver itself, for the schema and for notebooks."""
        return self._driver

    def close(self) -> None:
        """Close every connection; a second time does nothing."""
        self._driver.close()

    def _connect(self, uri: str, auth: tuple[str, str] | None) -> Driver:
        loud = {"warn_notification_severity": NotificationMinimumSeverity(NOTIFICATIONS)} if NOTIFICATIONS != "OFF" else {}
        with mapped(uri):
            return GraphDatabase.driver(
                uri,
                auth=auth,
                user_agent="graph-ledger",
                connection_timeout=CONNECTION_TIMEOUT,
                max_transaction_retry_time=RETRY_SECONDS,
                connection_acquisition_timeout=ACQUISITION_SECONDS,
                liveness_check_timeout=LIVENESS_SECONDS,
                keep_alive=True,
                telemetry_disabled=True,
                notifications_min_severity=NotificationMinimumSeverity(NOTIFICATIONS),
                **loud,  # type: ignore[arg-type]  # one keyword, only where tests ask for it
            )

    def _session(self, access: str) -> Session:
        return self._driver.session(
            database=self.name, default_access_mode=access, bookmark_manager=self._driver.execute_query_bookmark_manager, fetch_size=2000,
            max_transaction_retry_time=patience(), connection_acquisition_timeout=acquisition(),
        )  # fmt: skip


def timed(work: Callable[[ManagedTransaction], T]) -> Callable[[ManagedTransaction], T]:
    """Let the server end a transaction that lasts longer than its request may."""
    left = remaining()
    return work if left is None else unit_of_work(timeout=left)(work)


def patience() -> float:
    """Return for how many seconds a question is tried again: of one that has a deadline, a part of what is left."""
    left = remaining()
    return RETRY_SECONDS if left is None else min(RETRY_SECONDS, left / 3)


def acquisition() -> float:
    """Return for how many seconds a question waits for a connection: of one that has a deadline, what is left."""
    left = remaining()
    return ACQUISITION_SECONDS if left is None else min(ACQUISITION_SECONDS, left)


class _Rehearsed(Exception):  # noqa: N818  # no error, the way out of a transaction
    """Carries what a rehearsal found past the end of its transaction."""

    def __init__(self, found: Any) -> None:
        self.found = found


def _operators(plan: Any) -> list[str]:
    found, waiting = [], [plan]
    while waiting:
        step = waiting.pop()
        found.append(str(step["operatorType"]).partition("@")[0])
        waiting.extend(reversed(step.get("children", [])))
    return found
