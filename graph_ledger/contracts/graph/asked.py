"""Asked: what a sync of the graph is asked to do, checked, and the hash by which it is known again."""

from dataclasses import dataclass
from functools import cached_property

from graph_ledger.values.canonical import canonical_json, digest
from graph_ledger.values.contracts.kinds import Profile
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.moment import When


@dataclass(frozen=True)
class Asked:
    """One report, and how it is to be read."""

    report: DiffReport | None
    """None opens the namespace."""
    metadata: Metadata
    rules: Rules
    profile: Profile = "seed"
    strict: bool = False
    mode: str | None = None
    release: str | None = None
    actor: str = "system"
    timestamp: When | None = None

    @property
    def told(self) -> DiffReport:
        """The report; an empty one where there is none."""
        return self.report or DiffReport(changes=())

    @cached_property
    def report_hash(self) -> str:
        """SHA-256 over the report, its rules, its profile and its release."""
        said = {
            "report": self.told.model_dump(mode="json"),
            "rules": self.rules.model_dump(mode="json", exclude_unset=True),
            "profile": self.profile,
            "release": self.release,
        }
        return digest(canonical_json(said))
