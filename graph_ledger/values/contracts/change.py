"""Change: one revision that a sync wrote; SyncResult: all that it did."""

from typing import Any

from pydantic import Field, InstanceOf

from graph_ledger.values.contracts.gate import Broken
from graph_ledger.values.contracts.kinds import ChangeType, Kind
from graph_ledger.values.contracts.tables import Tables
from graph_ledger.values.value import Value


class Change(Value):
    """One revision: what changed, and whether it broke the contract."""

    concept_uri: str
    """Whose it is."""
    label: str
    """Its label afterwards."""
    kind: Kind
    """What it is."""
    change_type: ChangeType
    """What was done; an entity's list that reaches its children is MODIFIED on each."""
    revision_uri: str
    """The revision."""
    contract_uri: str | None = None
    """The contract that was minted by it; None where the one before still holds, or where it was removed."""
    breaking: bool = False
    """Whether the rules say that this broke the contract."""
    changed: dict[str, dict[str, Any]] = {}
    """By aspect: `op`, `new`, and `old` where it was known."""
    renamed_from: str | None = None
    """Its label before, where that was another one."""
    parent_uri: str | None = None
    """Who owns it, where somebody does."""
    parent_label: str | None = None
    """Its owner's label afterwards."""
    aspects: dict[str, Any] | None = None
    """All aspects afterwards; None where they are not known, as from files."""
    instances: tuple[str, ...] = ()
    """The list of instances afterwards."""


class Counts(Value):
    """A number for each of the four tables."""

    concepts: int = 0
    """Concepts."""
    revisions: int = 0
    """Revisions."""
    contracts: int = 0
    """Contracts."""
    bindings: int = 0
    """Bindings."""


class SyncResult(Value):
    """What one sync did, or would do."""

    changed: bool = False
    """Whether rows were written, or would be."""
    replayed: bool = False
    """Whether this very report was the last one synced, so that nothing was to be done."""
    dry_run: bool = False
    """Whether it was only tried."""
    set_up: bool = False
    """Whether the ledger, four files or a namespace, was not there before."""
    created: Counts = Counts()
    """New rows, by table."""
    changes: tuple[Change, ...] = ()
    """One for each revision, in the order of their serials."""
    warnings: tuple[str, ...] = ()
    """What the rules do not know, and what the report says twice or not at all."""
    impact: Broken | None = None
    """On the graph, where a contract was broken: what, and for whom."""
    tables: InstanceOf[Tables] | None = Field(default=None, exclude=True, repr=False)
    """In files: the four tables afterwards."""
