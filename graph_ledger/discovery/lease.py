"""Lease: of two runs of one source that overlap one alone writes; it ends by itself when its holder dies."""

import getpass
import os
import secrets
import socket
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.discovery.load import key_parts
from graph_ledger.errors import GraphLedgerError, LeaseError
from graph_ledger.values.moment import from_microseconds

SECONDS = 120
"""How long a lease holds without being renewed: as long as a scheduler's next run waits for one that died."""


def holder_name() -> str:
    """Return who this is: user, machine, process, and a part that no other run has."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without a name for its user
        user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    return f"{user}@{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def take(transaction: Transaction, source: str, holder: str) -> Row:
    """Take the lease of a source.

    Returns:
        Row: now, fence, last_complete_at, fresh.

    Raises:
        LeaseError: Another run has it.
    Source: ``docs/guarantees.md``; fencing after "How to do distributed locking", M. Kleppmann, 2016.
    """
    row = transaction.run("discovery/take_lease", **key_parts(source), holder=holder, seconds=SECONDS, token=secrets.token_hex(8))
    if not row["taken"]:
        raise LeaseError(source, row["holder"], from_microseconds(row["until"]))
    return row


class Heartbeat:
    """Renews a lease three times in its length, while the source is read and between its batches."""

    def __init__(self, database: Database, source: str, fence: int) -> None:
        self._database, self._source, self._fence = database, source, fence
        self._over = Event()
        self._thread = Thread(target=self._beat, name=f"lease of {source}", daemon=True)

    def __enter__(self) -> "Heartbeat":  # noqa: PYI034
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        def renew(transaction: Transaction) -> int:
            return int(transaction.run("discovery/renew_lease", source=self._source, fence=self._fence)["renewed"])

        while not self._over.wait(SECONDS / 3):
            # A database that does not answer now may answer the next time; a lease that is lost is seen by the next write.
            with suppress(GraphLedgerError):
                self._database.write(renew)
