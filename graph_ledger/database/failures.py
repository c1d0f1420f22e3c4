"""One place where the driver's errors become ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph_ledger.database.deadline import CURRENT, is_over, over_time
from graph_ledger.errors import AccessDeniedError, BatchTooLargeError, DatabaseError, UnreachableError, ValidationError

MEMORY = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
MEMORY_OF_ONE = "Neo.TransientError.General.TransactionMemoryLimit"
ENDED = ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "Neo.ClientError.Transaction.TransactionTimedOut")
"""The server has ended a transaction that took longer than it was given."""
ENDED_WAITING = "Neo.ClientError.Transaction.LockClientStopped"
"""The same, of one that was waiting for a lock; also what a person at the server does."""
AUTHENTICATION = ("Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit")


@contextmanager
def mapped(uri: str) -> Iterator[None]:
    """Turn whatever the driver raises into one of our errors."""
    try:
        yield
    except AuthError as error:
        raise AccessDeniedError(uri) from error
    except (ServiceUnavailable, SessionExpired) as error:
        raise UnreachableError(uri, _cause(error)) from error
    except ConfigurationError as error:
        raise ValidationError(f"the address {uri!r} cannot be used: {_first_line(error)}") from error
    except Neo4jError as error:
        if error.code in AUTHENTICATION:
            raise AccessDeniedError(uri) from error
        if (error.code in ENDED and CURRENT.get() is not None) or (error.code == ENDED_WAITING and is_over()):
            raise over_time() from None
        raise DatabaseError(f"the database refused: {_first_line(error)} ({error.code})") from error
    except DriverError as error:
        raise DatabaseError(f"the driver gave up: {_first_line(error)}") from error


@contextmanager
def too_large() -> Iterator[None]:
    """Raise the memory error as one that the driver does not retry: the same batch would fail for half a minute."""
    try:
        yield
    except Neo4jError as error:
        if error.code in {MEMORY, MEMORY_OF_ONE}:
            raise BatchTooLargeError(_first_line(error)) from error
        raise


def _cause(error: BaseException) -> str:
    """Say what the operating system said, where the driver has wrapped it."""
    while error.__cause__ is not None:
        error = error.__cause__
    return (error.strerror if isinstance(error, OSError) else None) or _first_line(error)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
