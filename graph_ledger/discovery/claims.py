"""Claims: who says that which node reads or writes which port, and in which interval."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_ledger.database.database import Row, Transaction
from graph_ledger.errors import DatabaseError
from graph_ledger.history.draft import parts
from graph_ledger.history.fold import OPEN, Span
from graph_ledger.values.canonical import canonical_string, short_digest
from graph_ledger.values.moment import OPEN_END, from_microseconds

DATA_FLOW = "data_flow"


@dataclass(frozen=True)
class ClaimRow:
    """One believed interval of one claim."""

    node: str
    """Key of the node."""
    node_hash: str
    """Its ``model_hash``."""
    port: str
    """Key of the port."""
    is_output: bool
    source: str
    span: Span
    relationship: str = DATA_FLOW
    via: str = ""
    """Key of the pattern port that matched; empty for a direct claim."""
    flows: str = ""
    """How the columns of an output come about, a line each; empty where the claim is that the port is read or written."""

    @cached_property
    def edge_key(self) -> str:
        """First 32 hex digits of the SHA-256 over both ends, source, relationship and via; of columns, over both ends and source."""
        port, node = canonical_string(self.port), f'"{self.node_hash}"'
        if self.flows:
            return short_digest(f"[{node},{port},{canonical_string(self.source)}]")
        ends = f"{node},{port}" if self.is_output else f"{port},{node}"
        said = f"{canonical_string(self.source)},{canonical_string(self.relationship)},{canonical_string(self.via)}"
        return short_digest(f"[{ends},{said}]")


def open_claims(transaction: Transaction, hashes: dict[str, str], source: str) -> dict[str, list[ClaimRow]]:
    """Read the direct claims of a source on these nodes (key: hash) that have not ended, by key of the node."""
    row = transaction.run("discovery/open_claims_of", keys=sorted(hashes), source=source)
    return _grouped(row, hashes, source)


def all_claims(transaction: Transaction, hashes: dict[str, str], source: str) -> dict[str, list[ClaimRow]]:
    """Read all direct claims of a source on these nodes that are believed, ended ones too, by key of the node."""
    row = transaction.run("discovery/claims_of", keys=sorted(hashes), source=source, open_end=OPEN_END)
    return _grouped(row, hashes, source)


def write_claims(transaction: Transaction, withdrawn: Iterable[ClaimRow], missing: Iterable[ClaimRow], now: int) -> None:
    """Make the believed claims what they should be; nothing else ever changes a claim.

    Raises:
        DatabaseError: A node or a port that is claimed is not there; nothing of the transaction is kept.
    """
    moment = from_microseconds(now)
    _withdraw(transaction, list(withdrawn), moment)
    written = list(missing)
    derived = [row for row in written if row.flows]
    if derived:
        written = [row for row in written if not row.flows]
    opened = [row for row in written if row.span.end == OPEN]
    ended = [row for row in written if row.span.end != OPEN]

    def write(rows: Sequence[ClaimRow], run: Callable[[list[dict[str, Any]]], Row]) -> None:
        if rows and (found := run(_by_node(rows))["claims"]) < len(rows):
            raise DatabaseError(
                f"only {found} of {len(rows)} claims found their node and port, so nothing was written: does something else edit the graph?"
            )

    times = {"now": moment, "open_end": OPEN_END}
    write([row for row in opened if row.is_output], lambda rows: transaction.run("discovery/claim_outputs", rows=rows, **times))
    write([row for row in opened if not row.is_output], lambda rows: transaction.run("discovery/claim_inputs", rows=rows, **times))
    write([row for row in ended if row.is_output], lambda rows: transaction.run("discovery/claimed_outputs", rows=rows, **times))
    write([row for row in ended if not row.is_output], lambda rows: transaction.run("discovery/claimed_inputs", rows=rows, **times))
    write([row for row in derived if row.span.end == OPEN], lambda rows: transaction.run("discovery/derive", rows=rows, **times))
    write([row for row in derived if row.span.end != OPEN], lambda rows: transaction.run("discovery/derived", rows=rows, **times))


def _withdraw(transaction: Transaction, rows: Sequence[ClaimRow], moment: Any) -> None:
    for of_columns, now_open, now_ended in (
        (False, "discovery/withdraw_open", "discovery/withdraw_ended"),
        (True, "discovery/withdraw_derives", "discovery/withdraw_derived"),
    ):
        own = [row for row in rows if bool(row.flows) is of_columns]
        opened = sorted(row.edge_key for row in own if row.span.end == OPEN)
        ended = [{"node": row.node, "edge": row.edge_key, "start": parts(row.span.start)} for row in own if row.span.end != OPEN]
        if opened:
            transaction.run(now_open, edges=opened, now=moment)
        if ended:
            transaction.run(now_ended, rows=ended, now=moment, open_end=OPEN_END)


def _by_node(rows: Iterable[ClaimRow]) -> list[dict[str, Any]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        claim = {
            "port": row.port, "edge": row.edge_key, "source": row.source, "relationship": row.relationship, "via": row.via,
            "start": parts(row.span.start), "end": parts(row.span.end),
        }  # fmt: skip
        if row.flows:
            claim["flows"] = row.flows.split("\n")
        grouped[row.node].append(claim)
    return [{"key": key, "claims": grouped[key]} for key in sorted(grouped)]


def _grouped(row: Row, hashes: dict[str, str], source: str) -> dict[str, list[ClaimRow]]:
    found: dict[str, list[ClaimRow]] = defaultdict(list)
    names = ("nodes", "ports", "outputs", "relationships", "vias", "flows", "starts", "ends")
    for node, port, is_output, relationship, via, flows, start, end in zip(*(row[name] for name in names), strict=True):
        if not via:
            span = Span(start, end)
            found[node].append(ClaimRow(node, hashes[node], port, is_output, source, span, relationship, flows="\n".join(flows)))
    return found
