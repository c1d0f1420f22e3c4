"""The tools about model versions that agents have: find them, look at one model, who moved what, and move a version."""

from typing import TYPE_CHECKING

from pydantic import Field

from graph_ledger.surfaces.tools.tool import Asked, Told, tool
from graph_ledger.values.bound import MOST
from graph_ledger.values.registry.moves import StageMove
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel
from graph_ledger.values.registry.words import ModelFramework, ModelStage
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

MODEL, VERSION = "fraud_scoring", "1.0.0"


class RegisteredInput(Asked):
    """Of which model."""

    name: str = Field(min_length=1)
    """Name of the model, as its versions were registered."""


class VersionInput(RegisteredInput):
    """Of which version."""

    version: str = Field(min_length=1)
    """The version, as it was registered."""


class Versions(Value):
    """Versions."""

    versions: tuple[ModelVersion, ...]
    """In order of model and registration."""


class OneVersion(Value):
    """A version, or none."""

    version: ModelVersion | None
    """The version; null where there is none."""


class VersionSearchInput(Asked):
    """What the versions are like; what is left out does not matter."""

    stage: ModelStage | None = None
    """The stage that they are in."""
    framework: ModelFramework | None = None
    """What they were made with."""
    tag: str | None = None
    """A tag that they carry, as `name=value`."""
    metric: str | None = None
    """What a metric of them is, such as `accuracy>=0.9`; one of >=, >, <=, <, =."""
    text: str | None = None
    """What their name or description holds."""
    limit: int | None = Field(default=None, ge=0, le=MOST)
    """Most versions of the answer."""
    offset: int = Field(default=0, ge=0)
    """How many to leave out."""


@tool({"stage": "production", "metric": "auc_roc>=0.8"})
def registry_search(ledger: "Ledger", asked: VersionSearchInput) -> Versions:
    """Find versions of models by stage, framework, tag, metric or text."""
    return Versions(versions=tuple(ledger.registry.search(**asked.model_dump())))


class ShownModel(Value):
    """A model with its versions, or none."""

    model: RegisteredModel | None
    """The model; null where no version of it was ever registered."""


@tool({"name": MODEL}, subject="name")
def registry_show(ledger: "Ledger", asked: RegisteredInput) -> ShownModel:
    """Show a registered model with all its versions: stages, metrics, parameters, artifacts."""
    return ShownModel(model=ledger.registry.get_model(asked.name))


class StageHistoryInput(RegisteredInput):
    """Of which model, or of which version."""

    version: str | None = Field(default=None, min_length=1)
    """The version. Left out: all of the model."""


class StageMoves(Value):
    """How versions came from stage to stage."""

    moves: tuple[StageMove, ...]
    """The newest first."""


@tool({"name": MODEL}, subject="name")
def registry_history(ledger: "Ledger", asked: StageHistoryInput) -> StageMoves:
    """List who moved which version of a model to which stage, when and why; those that had to make room too."""
    return StageMoves(moves=tuple(ledger.registry.stage_history(asked.name, asked.version)))


class VersionStageInput(VersionInput, Told):
    """Which version is to come where."""

    stage: ModelStage
    """The stage."""
    reason: str | None = None
    """Why."""
    expected: ModelStage | None = None
    """The stage that it must be in now; else nothing is written. Left out: any."""


@tool({"name": MODEL, "version": VERSION, "stage": "staging", "reason": "passed review", "actor": "mrm-team"}, role="writer")
def registry_stage(ledger: "Ledger", asked: VersionStageInput) -> OneVersion:
    """Move a version to another stage; to production archives the version that is there, and being there already is silent."""
    given = asked.model_dump(exclude={"name", "version", "stage"})
    return OneVersion(version=ledger.registry.transition_stage(asked.name, asked.version, asked.stage, **given))
