"""Delta: what a sync adds and changes, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.values.contracts.change import Change, Counts
from graph_ledger.values.contracts.kinds import Status
from graph_ledger.values.contracts.tables import BindingRow, ConceptRow, ContractRow, RevisionRow


@dataclass(frozen=True, slots=True)
class Delta:
    """What a report does to a ledger."""

    concepts: tuple[ConceptRow, ...]
    """New rows in the order of their serials, as they stand at the end of the report; so are the next three."""
    revisions: tuple[RevisionRow, ...]
    contracts: tuple[ContractRow, ...]
    bindings: tuple[BindingRow, ...]
    updated: tuple[ConceptRow, ...]
    """Concepts that were there and whose label, previous labels, instances or status differ now, as they stand at the end."""
    statuses: Mapping[str, Status]
    """By URI: revisions, contracts and bindings that were there and are SUPERSEDED or REMOVED now."""
    aspects: Mapping[str, Mapping[str, Any]]
    """By concept URI: all aspects of the concepts, new or not, whose aspects were written; not those where they are not known."""
    changes: tuple[Change, ...]
    """One for each new revision, in the order of their serials."""
    warnings: tuple[str, ...]
    counters: Counts
    """The next serial of each table afterwards."""

    @property
    def created(self) -> Counts:
        """How many rows are new, by table."""
        return Counts(
            concepts=len(self.concepts), revisions=len(self.revisions), contracts=len(self.contracts), bindings=len(self.bindings)
        )
