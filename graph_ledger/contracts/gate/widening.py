"""Widening: which output type can hold all that another can."""

from typing import Any

WIDER = {
    "UInt8": ("UInt16", "Int16"),
    "Int8": ("Int16",),
    "UInt16": ("Int",),
    "Int16": ("Int",),
    "Int": ("Long",),
    "Long": ("Float",),
    "Float": ("Double",),
}
"""Each type with the next ones that hold it. A type with a sign fits in none without."""


def is_wider(now: Any, was: Any) -> bool:
    """Say whether a type holds all that another one does, and more.

    >>> is_wider("Long", "UInt8"), is_wider("UInt16", "Int8"), is_wider("Int", "Int")
    (True, False, False)
    """
    return isinstance(was, str) and any(now == each or is_wider(now, each) for each in WIDER.get(was, ()))
