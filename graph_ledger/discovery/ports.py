"""Ports are made known before anything claims them; those with schema are matched against the patterns of their identifier."""

import secrets
from collections.abc import Iterable
from typing import Any

from graph_ledger.database.database import Row, Transaction
from graph_ledger.discovery.claims import ClaimRow, write_claims
from graph_ledger.history.fold import Span, difference
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import OPEN_END
from graph_ledger.values.port import DataPort, like_expression

COLUMNS = ("nodes", "hashes", "ports", "outputs", "sources", "starts", "ends", "relationships", "vias")


def make_ports(transaction: Transaction, ports: Iterable[DataPort]) -> None:
    """Make ports known, in order of their keys."""
    rows = {port.key: port for port in ports}
    if rows:
        transaction.run("discovery/ports", rows=[port_row(rows[key]) for key in sorted(rows)])


def identifier_of(port_key: str) -> str | None:
    """Return the identifier of a port with schema, by its key; None for one without."""
    identifier, divided, schema = port_key.partition("\0")
    return identifier if divided and schema.startswith("{") else None


def lock_identifiers(transaction: Transaction, identifiers: Iterable[str]) -> None:
    """Take the locks of identifiers whose ports carry schema, before the ports themselves."""
    ordered = sorted(set(identifiers))
    if ordered:
        transaction.run("discovery/lock_anchors", identifiers=ordered, token=secrets.token_hex(8))


def match_patterns(transaction: Transaction, identifiers: Iterable[str], now: int) -> None:
    """Make the claims that follow from patterns what they should be, for these identifiers; their locks are held."""
    ordered = sorted(set(identifiers))
    if not ordered:
        return
    withdrawn, missing = pattern_difference(transaction, ordered)
    write_claims(transaction, withdrawn, missing, now)


def pattern_difference(transaction: Transaction, identifiers: list[str]) -> tuple[list[ClaimRow], list[ClaimRow]]:
    """Return the claims that are believed and follow from no pattern, and those that follow from one and are not believed."""
    wanted = _claims(transaction.run("discovery/pattern_matches", identifiers=identifiers, open_end=OPEN_END))
    believed = _claims(transaction.run("discovery/pattern_claims", identifiers=identifiers, open_end=OPEN_END))
    return difference(believed, wanted)


def _claims(row: Row) -> list[ClaimRow]:
    found = {
        ClaimRow(node, node_hash, port, is_output, source, Span(start, end), relationship, via): None
        for node, node_hash, port, is_output, source, start, end, relationship, via in zip(*(row[name] for name in COLUMNS), strict=True)
    }
    return list(found)


def port_row(port: DataPort) -> dict[str, Any]:
    """Return what the graph keeps of a port."""
    if not port.schema:
        return {
            "key": port.key,
            "identifier": port.identifier,
            "kind": port.kind,
            "schema": None,
            "names": None,
            "values": None,
            "expressions": None,
        }
    texts = port.texts
    return {
        "key": port.key,
        "identifier": port.identifier,
        "kind": port.kind,
        "schema": canonical_json(dict(port.schema)),
        "names": list(texts),
        "values": list(texts.values()),
        "expressions": [like_expression(text) for text in texts.values()],
    }
