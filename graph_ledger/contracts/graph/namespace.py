"""Namespace: a data model as the graph knows it, its counters, and what would stand in its way."""

from dataclasses import dataclass, field

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.errors import ConceptNotFoundError, SyncError
from graph_ledger.values.contracts.change import Counts
from graph_ledger.values.contracts.metadata import Metadata

PLATFORM = "contract"
RESERVED = frozenset({PLATFORM, "registry", ""})


@dataclass(frozen=True, slots=True)
class Namespace:
    """What is known of a namespace; of one that is not there yet, what it will be."""

    prefix: str
    uri: str
    key: str
    counters: Counts = field(default_factory=Counts)
    synced_at: int | None = None
    """Time of its newest report, microseconds; None where it is not there yet."""
    report_hash: str | None = None
    mode: str | None = None
    release: str | None = None
    """What its newest report was released as."""

    @property
    def source(self) -> str:
        """Key of the source that its claims are signed by."""
        return f"modl/{self.prefix}"

    @property
    def is_new(self) -> bool:
        """Whether it is not there yet."""
        return self.synced_at is None


def read_namespace(transaction: Transaction, metadata: Metadata) -> Namespace:
    """Read what is known of a namespace.

    Raises:
        SyncError: Its prefix or its URI is another's.
    """
    prefix = metadata.prefix
    if prefix in RESERVED:
        raise SyncError(f"the prefix {prefix!r} is the ledger's own: say another preferred_prefix")
    row = transaction.run("contracts/namespace", prefix=prefix, uri=metadata.id)
    known = row["namespace"]
    if known is None:
        _check_free(prefix, metadata.id, row)
        return Namespace(prefix, metadata.id, f"{PLATFORM}/{prefix}")
    if known["uri"] != metadata.id:
        raise SyncError(f"Namespace mismatch: {prefix!r} is the prefix of {known['uri']}, not of {metadata.id}")
    counters = Counts(**{name: known[name] for name in Counts.model_fields})
    return Namespace(
        prefix, known["uri"], known["key"], counters, known["synced_at"], known["report_hash"], known["mode"], known["release"]
    )


def check_there(database: Database, prefix: str) -> None:
    """Refuse a prefix that is no namespace's.

    Raises:
        ConceptNotFoundError: There is no such namespace.
    """
    if database.read("contracts/namespace", prefix=prefix.lower(), uri="")["namespace"] is None:
        raise ConceptNotFoundError(prefix, what="namespace")


def _check_free(prefix: str, uri: str, row: Row) -> None:
    if row["taken"] is not None:
        raise SyncError(f"Namespace mismatch: {uri} has the prefix {row['taken']!r} already, not {prefix!r}")
    if row["stranger"] is not None:
        raise SyncError(f"the prefix {prefix!r} is the platform of {row['stranger']} already: say another preferred_prefix")
