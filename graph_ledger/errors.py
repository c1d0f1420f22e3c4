"""Everything graph-ledger raises on purpose; catch it at any level.

GraphLedgerError
├── RequestError                  the caller can mend it                         exit code 2
│   ├── ValidationError           a value is refused: blank, too long, not JSON
│   ├── ModelNotFoundError        nothing fits; .near lists what nearly does
│   │   └── ConceptNotFoundError  the same of an element of a data model
│   ├── ObservationNotFoundError  the model had no observation of that name by then
│   ├── OverBudgetError           a request asks for more than it may; .limit names what
│   ├── NotAllowedError           who asks may not do that; .needed says what it takes
│   ├── ConflictError             it does not go with what there is by now
│   └── AmbiguousModelError       several models fit; .keys lists them
├── SourceError                   a source was not read to its end               exit code 1
├── RemovalGuardError             a run would remove too much; .removed lists it exit code 1
├── LeaseError                    another run has the source, or has taken it    exit code 1
├── PlanOutdatedError             the graph moved since the plan; .moved says how exit code 1
├── HistoryEditedError            what is stored is not what was sealed          exit code 1
├── ArtifactError                 the bytes of a version are not those registered; .expected exit code 1
├── ArtifactGoneError             the bytes of a version are gone; .store says from where exit code 1
├── ContractError                 a data contract was refused; nothing was written exit code 1
│   ├── ReportError               a diff report, or a snapshot, is not valid
│   ├── RulesError                breaking aspects or metadata are not valid
│   ├── SyncError                 the report does not fit the ledger, or warns under strict
│   ├── LedgerFilesError          the four files are no ledger; .findings lists why
│   └── GateError                 the change gate says no; .result says whom it hits
└── DatabaseError                 the database, not the question                 exit code 3
    ├── UnreachableError          .uri did not answer
    │   └── ServiceAwayError      the same of a graph-ledger service; .written says whether it may have written
    ├── AccessDeniedError         user or password were refused
    │   └── KeyRefusedError       the key of a graph-ledger service was refused, or is needed
    ├── UnsupportedServerError    .version is older than .needed
    ├── BatchTooLargeError        one batch does not fit the transaction memory
    ├── InstallError              a file of the local server was not fetched, or is not the one that is expected
    ├── NotInstalledError         .command is what installs the local server
    └── ServerStartError          the local server did not start; .reason says why
"""

from collections.abc import Sequence
from datetime import datetime


class GraphLedgerError(Exception):
    """Whatever graph-ledger raises on purpose.

    >>> issubclass(ValidationError, GraphLedgerError)
    True
    """

    exit_code = 1


class RequestError(GraphLedgerError):
    """The caller can mend it."""

    exit_code = 2


class ValidationError(RequestError, ValueError):
    """A value is refused; the message says what would be accepted.

    >>> isinstance(ValidationError("limit is 1 or more, not 0"), ValueError)
    True
    """


class ModelNotFoundError(RequestError, LookupError):
    """No model fits what was asked for.

    Attributes:
        name: What was asked for.
        near: Keys that nearly fit, best first.
        first_seen: When the model first was, where it only did not exist yet at the moment asked for.
        first_known: When it was first recorded that it existed then, where only that was not known yet.

    >>> print(ModelNotFoundError("fraude", near=["ml/fraud"]))
    no model 'fraude': did you mean ml/fraud?
    """

    def __init__(
        self, name: str, near: Sequence[str] = (), first_seen: datetime | None = None, first_known: datetime | None = None
    ) -> None:
        self.name, self.near, self.first_seen, self.first_known = name, tuple(near), first_seen, first_known
        if first_known is not None:
            first = first_known.isoformat()
            advice = f"nothing of it at that time had been recorded by known_at; it first was at {first}: ask with a later known_at"
        elif first_seen is not None:
            advice = f"it was first seen at {first_seen.isoformat()}: ask about a later moment"
        elif near:
            advice = f"did you mean {', '.join(near)}?"
        else:
            advice = "`graph-ledger list` shows the models there are"
        super().__init__(f"no model {name!r}: {advice}")


class ConceptNotFoundError(ModelNotFoundError):
    """No element of a data model, namespace or binding fits what was asked for; ``near`` is what is nearly called so, best first.

    >>> print(ConceptNotFoundError("mp:Vehicle.Sped", near=["mp:Vehicle.Speed"]))
    no concept 'mp:Vehicle.Sped': did you mean mp:Vehicle.Speed?
    """

    def __init__(self, name: str, near: Sequence[str] = (), *, what: str = "concept", later: bool = False) -> None:
        super().__init__(name, near)
        shown = {"namespace": "namespaces", "binding": "show"}.get(what, "list")
        advice = f"did you mean {', '.join(near)}?" if near else f"`graph-ledger contract {shown}` shows the {what}s there are"
        if later:
            advice = "it was not there at that moment: ask about a later one"
        self.args = (f"no {what} {name!r}: {advice}",)


class ObservationNotFoundError(RequestError, LookupError):
    """A model had no observation of that name by then."""

    def __init__(self, model: str, observation_id: str) -> None:
        self.model, self.observation_id = model, observation_id
        super().__init__(f"{model} has no observation {observation_id!r}: `open_observations` lists those that are open, `history` all")


class OverBudgetError(RequestError):
    """A request asks for more than it may, or takes longer.

    Attributes:
        limit: What ran out: ``seconds``, ``rows``, ``depth``, ``bytes`` or ``requests``.
        most: How much of it a request may have; None where that is not known.

    >>> print(OverBudgetError("rows", 1000, 5000))
    over budget: at most 1000 rows, not 5000
    """

    def __init__(self, limit: str, most: float | None, asked: float | None = None) -> None:
        self.limit, self.most = limit, most
        bound = f"no more {limit}" if most is None else f"at most {most:g} {limit}"
        super().__init__(f"over budget: {bound}{'' if asked is None else f', not {asked:g}'}")


class NotAllowedError(RequestError):
    """Who asks may not do that; ``needed`` is what it takes, such as a role.

    >>> NotAllowedError("to write takes the role writer", "writer").needed
    'writer'
    """

    def __init__(self, message: str, needed: str) -> None:
        self.needed = needed
        super().__init__(message)


class ConflictError(RequestError, ValueError):
    """What is asked does not go with what there is by now; nothing was written."""


class AmbiguousModelError(RequestError):
    """Several models have the name that was asked for; ``keys`` lists them.

    >>> AmbiguousModelError("fraud", ["ml/fraud", "rules/fraud"]).keys
    ('ml/fraud', 'rules/fraud')
    """

    def __init__(self, name: str, keys: Sequence[str]) -> None:
        self.name, self.keys = name, tuple(keys)
        super().__init__(f"{name!r} fits {len(keys)} models: ask for one of {', '.join(self.keys)}")


class SourceError(GraphLedgerError):
    """A source was not read to its end, so nothing may be concluded from what is missing.

    >>> SourceError.exit_code
    1
    """


class LeaseError(GraphLedgerError):
    """Another run has the source; of two that overlap only the one with the newest lease writes.

    Attributes:
        source: Connector name and scope.
        holder: Who has it: user, machine and process.
        until: Until when its lease holds without being renewed; None where it was taken from this run.

    >>> print(LeaseError("jobs/default", "etl@host:17", None))
    jobs/default was taken over by etl@host:17 while this run was at work: what it had not written yet, it did not write
    """

    def __init__(self, source: str, holder: str, until: datetime | None) -> None:
        self.source, self.holder, self.until = source, holder, until
        super().__init__(
            f"{source} was taken over by {holder} while this run was at work: what it had not written yet, it did not write"
            if until is None
            else f"{source} is being read by {holder}; its lease ends at {until.isoformat(timespec='seconds')} unless that run renews it"
        )


class PlanOutdatedError(GraphLedgerError):
    """The graph is not any more what the plan was made on; nothing was written.

    Attributes:
        moved: What is not as it was, sorted.

    >>> PlanOutdatedError("jobs/default", ["ml/fraud"]).moved
    ('ml/fraud',)
    """

    def __init__(self, source: str, moved: Sequence[str]) -> None:
        self.source, self.moved = source, tuple(moved)
        some = ", ".join(self.moved[:5]) + (", ..." if len(self.moved) > 5 else "")  # noqa: PLR2004
        super().__init__(f"the graph has moved since this plan of {source} was made ({some}): nothing was written; make the plan anew")


class RemovalGuardError(GraphLedgerError):
    """A complete listing would remove more than its guard allows; nothing was removed.

    Attributes:
        removed: Keys that the run would mark as gone, sorted.
        listed: How many models the source listed until now.
        what: What it would do, without what became of it.

    >>> error = RemovalGuardError("files/default", removed=["ml/a", "ml/b", "ml/c", "ml/d", "ml/e"], listed=9)
    >>> len(error.removed), error.listed
    (5, 9)
    """

    def __init__(self, source: str, removed: Sequence[str], listed: int) -> None:
        self.source, self.removed, self.listed = source, tuple(removed), listed
        some = ", ".join(self.removed[:5]) + (", ..." if len(self.removed) > 5 else "")  # noqa: PLR2004
        self.what = f"{source} would remove {len(self.removed)} of {listed} models ({some})"
        super().__init__(f"{self.what}: nothing was removed; look at the source, or allow removals (--allow-removals, allow_removals=True)")


class HistoryEditedError(GraphLedgerError):
    """What is stored is not what was sealed, so nothing is proved and nothing is sealed on top of it.

    >>> HistoryEditedError.exit_code
    1
    """


class ArtifactError(GraphLedgerError):
    """The stored bytes of a version are not those that were registered.

    Attributes:
        version: Model and version, ``name:version``.
        expected: SHA-256 that was registered, 64 hex digits.
        found: SHA-256 of what is stored.

    >>> print(ArtifactError("clf:1.0", expected="ab" * 32, found="cd" * 32))
    the stored bytes of clf:1.0 are not those that were registered: SHA-256 cdcdcdcdcdcd..., registered abababababab...
    """

    def __init__(self, version: str, expected: str, found: str) -> None:
        self.version, self.expected, self.found = version, expected, found
        super().__init__(
            f"the stored bytes of {version} are not those that were registered: SHA-256 {found[:12]}..., registered {expected[:12]}..."
        )


class ArtifactGoneError(GraphLedgerError, FileNotFoundError):
    """The bytes of a version, ``name:version``, are gone from the store, which is named by its address.

    >>> print(ArtifactGoneError("clf:1.0", "file:///srv/models"))
    the bytes of clf:1.0 are gone from the store file:///srv/models
    """

    def __init__(self, version: str, store: str, asked: str = "") -> None:
        self.version, self.store = version, store
        other = f", and are not in {asked}, which was asked" if asked not in ("", store) else ""
        super().__init__(f"the bytes of {version} " + (f"lie in the store {store}{other}" if other else f"are gone from the store {store}"))


class ContractError(GraphLedgerError):
    """A data contract was refused; ``file``, ``line`` (of CSV the row) and ``column``, both from 1, say where; None where nobody knows."""

    def __init__(self, message: str, *, file: object = None, line: int | None = None, column: int | None = None) -> None:
        self.file, self.line, self.column = None if file is None else str(file), line, column
        place = ":".join(str(part) for part in (self.file, line, column) if part is not None)
        super().__init__(f"{place}: {message}" if place else message)


class ReportError(ContractError):
    """A diff report, or a snapshot that one is to be made of, is not valid."""


class RulesError(ContractError):
    """Breaking aspects, or the metadata of a model, are not valid."""


class SyncError(ContractError):
    """A report does not fit what the ledger holds, or it warns and warnings are refused."""


class LedgerFilesError(ContractError):
    """Four files are no ledger, or could not be read or written; ``findings`` is everything that is wrong, in their order."""

    findings: tuple[str, ...] = ()


class GateError(ContractError):
    """The change gate says no; ``result`` is what it found."""

    def __init__(self, message: str, result: object) -> None:
        self.result = result
        super().__init__(message)


class DatabaseError(GraphLedgerError):
    """The database, not the question.

    >>> DatabaseError.exit_code
    3
    """

    exit_code = 3


class UnreachableError(DatabaseError):
    """No database answered at ``uri``."""

    def __init__(self, uri: str, reason: str = "") -> None:
        self.uri, self.reason = uri, reason
        detail = f" ({reason})" if reason else ""
        super().__init__(
            f"no Neo4j answers at {uri}{detail}: start it (`graph-ledger server start` for the local one) or correct the address"
        )


class ServiceAwayError(UnreachableError):
    """A graph-ledger service did not answer, or cannot now.

    Attributes:
        written: Whether what was to be written may have been, as the answer alone is missing.

    >>> print(ServiceAwayError("https://ledger.example", "connection refused"))
    no graph-ledger service answers at https://ledger.example (connection refused): correct the address, or try again later
    """

    def __init__(self, uri: str, reason: str, *, written: bool = False) -> None:
        super().__init__(uri, reason)
        self.written = written
        advice = (
            "whether it was written is not known: look before you repeat it, or give it a timestamp, with which it can be repeated"
            if written
            else "correct the address, or try again later"
        )
        self.args = (f"no graph-ledger service answers at {uri} ({reason}): {advice}",)


class AccessDeniedError(DatabaseError):
    """The database refused the user or the password."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        super().__init__(f"{uri} refused the user or the password: set GRAPH_LEDGER_USER and GRAPH_LEDGER_PASSWORD")


class KeyRefusedError(AccessDeniedError):
    """A graph-ledger service refused the key, or wants one."""

    def __init__(self, uri: str, *, given: bool) -> None:
        super().__init__(uri)
        said = "refused the key: it is unknown, was revoked or has run out; set" if given else "asks for a key: set"
        self.args = (f"{uri} {said} GRAPH_LEDGER_KEY, or hand in key=",)


class UnsupportedServerError(DatabaseError):
    """The server is older than graph-ledger can work with."""

    def __init__(self, version: str, needed: str) -> None:
        self.version, self.needed = version, needed
        super().__init__(f"this Neo4j is {version}; graph-ledger needs {needed} or newer: upgrade the server")


class BatchTooLargeError(DatabaseError):
    """One batch does not fit the server's transaction memory, however small it is made."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__(f"the write does not fit the server's transaction memory: raise dbms.memory.transaction.total.max ({reason})")


class InstallError(DatabaseError):
    """The local server was not installed: a file could not be fetched, or is not the one that the lock names."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the local Neo4j was not installed: {reason}; check the connection or the proxy, then install again")


class NotInstalledError(DatabaseError):
    """There is no local server to start; ``command`` installs it."""

    def __init__(self, command: str = "graph-ledger server install") -> None:
        self.command = command
        super().__init__(f"no local Neo4j is installed: run `{command}` once, or name another server with Ledger(uri) or GRAPH_LEDGER_URI")


class ServerStartError(DatabaseError):
    """The local server did not start."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the local Neo4j did not start: {reason} (`graph-ledger server logs` shows more)")
