"""Keys: made, listed, found and revoked; of each the ledger keeps what it may, and a digest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from graph_ledger.access.secret import Secret, made, taken_apart
from graph_ledger.database.database import Database
from graph_ledger.errors import ValidationError
from graph_ledger.values.api_key import ApiKey, KeyRole
from graph_ledger.values.moment import When, point_in_time

LONGEST = 100


def create_key(database: Database, name: str, role: KeyRole, *, expires: When | None = None) -> str:
    """Make a key and return it; this is the only time that anybody sees it.

    Args:
        database: Where it is kept.
        name: Signs the events that are written with it; of one name there is one key, also after it was revoked.
        role: What it may.
        expires: From when on it does not work any more; a date is its end.

    Raises:
        ValidationError: The name is blank, too long or taken, or the time is past.
    """
    _check_name(name)
    key = made()
    parts = taken_apart(key)
    assert parts is not None  # noqa: S101  # it was made just now
    until = None if expires is None else point_in_time(expires, name="expires")
    row = database.write(
        lambda tx: tx.run("access/create_key", key=parts.key_id, name=name, role=role, digest=parts.digest, expires_at=until)
    )
    if row["past"]:
        raise ValidationError(f"expires: {until} is past")
    if not row["created"]:
        raise ValidationError(f"there is a key {name!r} already, or was one; who did what is told by that name: choose another")
    return key


def list_keys(database: Database) -> list[ApiKey]:
    """Return every key, by name."""
    return [_of_columns(columns) for columns in database.read("access/list_keys")["keys"]]


def find_key(database: Database, secret: Secret) -> ApiKey | None:
    """Return the key that somebody shows; None where there is none like it."""
    found: Sequence[Any] | None = database.read("access/find_key", key=secret.key_id)["found"]
    if found is None or not secret.fits(found[-1]):
        return None
    return _of_columns(found[:-1])


def revoke_key(database: Database, name: str) -> ApiKey:
    """Let a key work no more; it is kept, as its name has signed events.

    Raises:
        ValidationError: There is no key of that name.
    """
    found = database.write(lambda tx: tx.run("access/revoke_key", name=name))["found"]
    if found is None:
        names = ", ".join(key.name for key in list_keys(database)) or "there is none yet"
        raise ValidationError(f"there is no key {name!r}: {names}")
    return _of_columns(found)


def any_key(database: Database) -> bool:
    """Say whether a key was ever made; one that was revoked counts, as nothing is opened by revoking."""
    return bool(database.read("access/count_keys")["total"])


def works(database: Database) -> bool:
    """Say whether there is a key that works."""
    return any(key.state == "active" for key in list_keys(database))


def _of_columns(columns: Sequence[Any]) -> ApiKey:
    key_id, name, role, created, expires, revoked, now = (_plain(value) for value in columns)
    state = "revoked" if revoked else "expired" if expires is not None and expires <= now else "active"
    return ApiKey(key_id=key_id, name=name, role=role, created_at=created, expires_at=expires, revoked_at=revoked, state=state)


def _plain(value: Any) -> Any:
    """Return a time of the database as one of Python."""
    return value if value is None or isinstance(value, (str, datetime)) else value.to_native()


def _check_name(name: str) -> None:
    if not name.strip() or name != name.strip() or len(name) > LONGEST or not name.isprintable():
        raise ValidationError(f"the name of a key has 1 to {LONGEST} letters, and begins and ends with one that is seen: {name!r}")
