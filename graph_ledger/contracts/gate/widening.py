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
    "uint8": ("uint16", "int16"),
    "int8": ("int16",),
    "uint16": ("uint32", "int32", "float"),
    "int16": ("int32", "float"),
    "uint32": ("uint64", "int64", "double"),
    "int32": ("int64", "double"),
    "float": ("double",),
}
"""Each type with the next ones that hold it, in the words of ModL and in those of vspec. A type with a sign fits in none without."""


def is_wider(now: Any, was: Any) -> bool:
    """Say whether a type holds all that another one does, and more.

    >>> is_wider("Long", "UInt8"), is_wider("UInt16", "Int8"), is_wider("Int", "Int")
    (True, False, False)
    >>> is_wider("double", "uint8"), is_wider("float", "int32")
    (True, False)
    """
    return isinstance(was, str) and any(now == each or is_wider(now, each) for each in WIDER.get(was, ()))
