"""What makes two answers the same: type, value, and what a list says of itself."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

OF_THIS_CALL = {"recorded_at", "chain_hash", "previous_hash", "started_at", "finished_at", "holder", "last_seen", "sealed_at"}
"""Fields that tell when this very call was, or follow from it."""
SAID = ("called", "columns", "row", "model", "group")


def same(one: Any, other: Any) -> None:
    """Assert that two answers cannot be told apart."""
    assert type(one) is type(other)
    assert plain(one) == plain(other)
    if not isinstance(one, float):
        assert one == other
    for name in SAID:
        if isinstance(one, list) and hasattr(one, name):
            assert getattr(one, name) == getattr(other, name)


def plain(value: Any, without: frozenset[str] = frozenset()) -> Any:
    """Return a value with its types, as things that compare by every field."""
    if isinstance(value, BaseModel):
        fields = {name: plain(getattr(value, name), without) for name in type(value).model_fields if name not in without}
        return type(value).__name__, fields
    if isinstance(value, dict):
        return {name: plain(each, without) for name, each in value.items() if name not in without}
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [plain(each, without) for each in value]
    if isinstance(value, datetime):
        assert value.utcoffset() is not None
        return value.isoformat()
    return repr(value)


def what_was_said(value: Any) -> Any:
    """Return a value without what tells of the call that made it."""
    return plain(value, frozenset(OF_THIS_CALL))
