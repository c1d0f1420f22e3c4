"""Identities: a namespace, a table and a serial in base 36."""

from typing import Literal

from graph_ledger.contracts.base36 import b36decode, b36encode

Table = Literal["concepts", "revisions", "contracts", "bindings"]
TABLES: tuple[Table, ...] = ("concepts", "revisions", "contracts", "bindings")


def mint(namespace: str, table: Table, serial: int) -> str:
    """Return the identity of a row.

    >>> mint("http://ns.example/", "bindings", 42)
    'http://ns.example/bindings/16'
    """
    return f"{namespace}{table}/{b36encode(serial)}"


def serial_of(uri: str) -> int:
    """Return the serial in an identity.

    >>> serial_of("http://ns.example/bindings/16")
    42
    """
    return b36decode(uri.rpartition("/")[2])
