"""The tools about assessment: findings, validations, and how groups stand."""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.errors import ValidationError
from graph_ledger.surfaces.tools.groups import GROUP
from graph_ledger.surfaces.tools.tool import Dated, Told, tool
from graph_ledger.values.composite import CompositeSummary, OpenObservation
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


class Assessed(Told):
    """Of which model or group."""

    composite: str = Field(min_length=1)
    """The model or group: its key, a bare name that one model has, or its hash."""
    metadata: dict[str, Any] | None = None
    """Whatever else is to be said, as JSON."""


class ValidationInput(Assessed):
    """What came out of a validation."""

    result: str = Field(min_length=1)
    """What came out, such as `pass` or `fail`."""


@tool({"composite": "fraud_scoring", "result": "pass", "actor": "mrm-team"}, role="writer")
def record_validation(ledger: "Ledger", asked: ValidationInput) -> Snapshot:
    """Record that a model or a group was validated, and what came out."""
    return ledger.record_validation(**asked.model_dump())


class ObservationInput(Assessed):
    """What was found."""

    observation_id: str = Field(min_length=1)
    """Its name, unique within the model."""
    observation: str
    """What was found, in words."""
    status: str
    """Its state, such as open."""
    severity: str | None = None
    """How bad it is, such as high."""


FINDING = {"composite": GROUP, "observation_id": "OBS-77", "observation": "Thresholds are not documented", "status": "open",
           "severity": "medium", "actor": "mrm-team"}  # fmt: skip


@tool(FINDING, role="writer")
def record_observation(ledger: "Ledger", asked: ObservationInput) -> Snapshot:
    """Issue a finding against a model or a group; issued again after it was resolved, it is open again."""
    return ledger.record_observation(**asked.model_dump())


class ResolutionInput(Assessed):
    """How a finding was resolved."""

    observation_id: str = Field(min_length=1)
    """Its name."""
    resolution: str
    """How, in words."""


@tool({"composite": GROUP, "observation_id": "OBS-77", "resolution": "Documented", "actor": "mrm-team"}, role="writer")
def resolve_observation(ledger: "Ledger", asked: ResolutionInput) -> Snapshot:
    """Resolve a finding."""
    return ledger.resolve_observation(**asked.model_dump())


class OpenObservationsInput(Dated):
    """Of which model or group."""

    composite: str | None = Field(default=None, min_length=1)
    """The model or group: its key, a bare name that one model has, or its hash. Left out: all."""


class OpenObservations(Value):
    """Findings that are open."""

    observations: tuple[OpenObservation, ...]
    """The oldest first."""


@tool({})
def open_observations(ledger: "Ledger", asked: OpenObservationsInput) -> OpenObservations:
    """List the findings that are open, of one model or group or of all, oldest first."""
    return OpenObservations(observations=tuple(ledger.open_observations(asked.composite, **asked.moment)))


class SummaryInput(Dated):
    """Of which groups."""

    composite: str | None = Field(default=None, min_length=1)
    """One group, with a line for each of its members."""
    model_types: tuple[str, ...] | None = None
    """Instead: every model of these types. Left out both: every group."""


class Summaries(Value):
    """How groups stand."""

    summaries: tuple[CompositeSummary, ...]
    """By name."""


@tool({"composite": GROUP})
def composite_summary(ledger: "Ledger", asked: SummaryInput) -> Summaries:
    """Sum up groups: members, last validation and what came out, open findings; one group by name also member by member."""
    if asked.composite is not None:
        if asked.model_types is not None:
            raise ValidationError("model_types: one group by name has no types; ask for one of the two")
        return Summaries(summaries=(ledger.composite_summary(asked.composite, **asked.moment),))
    return Summaries(summaries=tuple(ledger.composite_summary(asked.model_types, **asked.moment)))
