"""The tools about data contracts that agents have: what an element means, whom it reaches, what a report would break, and a sync."""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.surfaces.tools.tool import Asked, Dated, Told, tool
from graph_ledger.values.contracts.change import SyncResult
from graph_ledger.values.contracts.concept import Concept
from graph_ledger.values.contracts.gate import GateMode, GateResult
from graph_ledger.values.contracts.kinds import Profile
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.lineage import Impact

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

REF, PREFIX = "bank:Account.Balance", "bank"
METADATA = {"name": "Bank", "id": "https://bank.example/model/", "preferred_prefix": PREFIX}
RULES = {"property": {"output_type": True, "unit": True}}
CHANGE = {"label": "Account.Balance", "kind": "PROPERTY", "parent_label": "Account", "change_type": "MODIFIED"}


class ConceptInput(Dated):
    """Which element of a data model."""

    ref: str = Field(min_length=1)
    """The element: `PREFIX:LABEL` with any label, old or new, a URI of a concept, revision, contract or binding, or a runtime path."""


@tool({"ref": REF}, address="contracts/resolve")
def contract_show(ledger: "Ledger", asked: ConceptInput) -> Concept:
    """Show an element of a data model: what it means, which contract holds, at which addresses it is met; at a date, what it was then."""
    found: Concept = ledger.contracts.get(asked.ref, **asked.moment)
    return found


class ConceptImpactInput(ConceptInput):
    """Which element, and how far."""

    depth: int | None = Field(default=None, ge=1, le=2**31)
    """Farthest step; 1 is a direct reader. Left out: all the way."""
    limit: int | None = Field(default=None, ge=1, le=2**31)
    """Most nodes, the nearest kept. Left out: all of them."""


@tool({"ref": REF})
def contract_impact(ledger: "Ledger", asked: ConceptImpactInput) -> Impact:
    """List whom a change of an element reaches: who reads it by any of its names, what they feed, and whom to notify."""
    found: Impact = ledger.contracts.impact(asked.ref, depth=asked.depth, limit=asked.limit, **asked.moment)
    return found


class ReportInput(Asked):
    """A report, and how it is read."""

    metadata: Metadata
    """What the data model is called, and its namespace."""
    rules: Rules = Rules()
    """What breaks a contract: true breaks, false does not, absent is unknown."""
    profile: Profile = "seed"
    """Whose behaviour counts: `seed`, ModL as first described, or `head`, its newest state."""
    mode: GateMode | None = None
    """What has to hold between the state after the report and earlier ones."""


class ContractCheckInput(ReportInput):
    """Which report, and what has to hold."""

    report: DiffReport
    """What changed between two snapshots of the data model."""
    known_at: str | None = None
    """Consumers and their owners as the ledger knew them at this date or time. Left out: now."""


@tool({"report": {"changes": [{**CHANGE, "aspects": {"unit": "USD"}}]}, "metadata": METADATA, "rules": RULES, "mode": "FULL"})
def contract_check(ledger: "Ledger", asked: ContractCheckInput) -> GateResult:
    """Say what a report would break, for which dashboards and models, and who owns them; write nothing.

    `mode` left out is the one that the namespace was last synced with, else BACKWARD. BACKWARD: who reads by the new contract understands
    old data. FORWARD: who reads by the old one understands new data. FULL: both. `_TRANSITIVE`: against every earlier state.
    """
    found: GateResult = ledger.contracts.check(
        asked.report, metadata=asked.metadata, rules=asked.rules, mode=asked.mode, profile=asked.profile, known_at=asked.known_at
    )
    return found


class ContractSyncInput(ReportInput, Told):
    """Which report, and when it passes."""

    report: DiffReport | None = None
    """What changed between two snapshots of the data model. Left out: the namespace is opened."""
    strict: bool = False
    """Whether warnings are refused, such as an aspect without a rule."""
    dry_run: bool = False
    """Whether nothing is written."""
    release: str | None = Field(default=None, min_length=1)
    """The release that the report leads to, kept with every revision."""


ADDED: dict[str, Any] = {"label": "Branch", "kind": "ENTITY", "change_type": "ADDED", "aspects": {"description": "Where people are met"}}


@tool({"report": {"changes": [ADDED]}, "metadata": METADATA, "rules": RULES, "release": "3.0", "actor": "data-team"}, role="writer")
def contract_sync(ledger: "Ledger", asked: ContractSyncInput) -> SyncResult:
    """Work a report into the graph, all or nothing; the report that was synced last, sent again, writes nothing.

    With a `mode` it is refused where the change gate says no; `contract_check` tells that without writing.
    """
    found: SyncResult = ledger.contracts.sync(
        asked.report, metadata=asked.metadata, rules=asked.rules, profile=asked.profile, strict=asked.strict, dry_run=asked.dry_run,
        mode=asked.mode, release=asked.release, actor=asked.actor, timestamp=asked.timestamp,
    )  # fmt: skip
    return found
