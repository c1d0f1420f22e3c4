"""Replay: the four tables of a namespace follow from its events alone."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.contracts.graph.export import of_row, statuses_of
from graph_ledger.contracts.uris import serial_of
from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.contracts.tables import BindingRow, ConceptRow, ContractRow, Tables
from graph_ledger.values.verification import Finding

Said = Mapping[str, Any]
LIMIT = 20
"""Most rows of one table that are named; more are counted."""


def replayed(payloads: Iterable[Said]) -> Tables:
    """Return the four tables that revisions tell of, whatever else the graph holds; their order does not matter."""
    events = sorted(payloads, key=lambda said: serial_of(said["revision_uri"]))
    last = {said["concept_uri"]: said for said in events}
    statuses = {uri: Status(said["status"]) for uri, said in last.items()}
    return Tables(
        tuple(_concept(last[uri], last) for uri in sorted(last, key=serial_of)),
        statuses_of([(said["revision_uri"], said["concept_uri"], said["previous_revision_uri"]) for said in events], statuses),
        _contracts(events, statuses),
        _bindings(events),
    )


def compare(database: Database) -> list[Finding]:
    """Return where concepts, contracts and bindings are not what their events say.

    Cost: each namespace once, in memory.
    Source: ``docs/contracts/graph.md``; proved by ``tests/contracts/graph/test_replay.py``.
    """

    def work(transaction: Transaction) -> list[Finding]:
        found: list[Finding] = []
        for prefix, key in transaction.run("contracts/prefixes")["namespaces"]:
            found += _compared(key, transaction.run("contracts/tables", prefix=prefix))
        return found

    return database.reading(work)


def _compared(key: str, row: Row) -> list[Finding]:
    there, said = of_row(row), replayed(json.loads(payload) for _, _, payload in row["revisions"])
    found = []
    for table in ("concepts", "revisions", "contracts", "bindings"):
        held, wanted = set(getattr(there, table)), set(getattr(said, table))
        details = [f"{each[2] if table != 'concepts' else each[1]}: this does not follow from the events" for each in sorted(held - wanted)]
        details += [
            f"{each[2] if table != 'concepts' else each[1]}: this follows from the events, and is not so" for each in sorted(wanted - held)
        ]
        found += [_finding(key, table, detail) for detail in details[:LIMIT]]
        if len(details) > LIMIT:
            found.append(_finding(key, table, f"and {len(details) - LIMIT:,} more"))
    return found


def _finding(key: str, table: str, detail: str) -> Finding:
    return Finding(model=key, sequence=None, kind="drifted", field=table, detail=detail)


def _concept(said: Said, last: Mapping[str, Said]) -> ConceptRow:
    owner = last.get(str(said["parent_uri"]))
    # Once removed, a property keeps the list that it had.
    takes = owner is not None and said["kind"] == Kind.PROPERTY and said["status"] == Status.ACTIVE
    instances = owner["instances"] if takes and owner is not None else said["instances"]
    uri = said["concept_uri"]
    return ConceptRow(
        serial_of(uri), uri, said["label"], tuple(said["previous_labels"]), Kind(said["kind"]), Status(said["status"]), said["parent_uri"],
        tuple(instances),
    )  # fmt: skip


def _contracts(events: Iterable[Said], statuses: Mapping[str, Status]) -> tuple[ContractRow, ...]:
    minted = [(said["contract_uri"], said["concept_uri"], said["revision_uri"]) for said in events if said["contract_uri"] is not None]
    newest = {concept: uri for uri, concept, _ in minted}
    return tuple(
        ContractRow(serial_of(uri), concept, uri, revision, statuses[concept] if newest[concept] == uri else Status.SUPERSEDED)
        for uri, concept, revision in sorted(minted, key=lambda row: serial_of(row[0]))
    )


def _bindings(events: Iterable[Said]) -> tuple[BindingRow, ...]:
    minted: dict[str, list[Any]] = {}
    ended: dict[str, str] = {}
    for said in events:
        for bound in (said, *said.get("children", {}).values()):
            minted |= {each[0]: each for each in bound.get("minted", ())}
            ended |= bound.get("ended", {})
    return tuple(
        BindingRow(serial_of(uri), contract, uri, instance, Status(ended.get(uri, Status.ACTIVE)))
        for uri, instance, contract in sorted(minted.values(), key=lambda row: serial_of(row[0]))
    )
