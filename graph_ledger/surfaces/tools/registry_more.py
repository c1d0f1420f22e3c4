"""The other tools about model versions, which a service has and agents do not."""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.surfaces.open_artifact import store_read
from graph_ledger.surfaces.tools.registry import MODEL, VERSION, OneVersion, RegisteredInput, VersionInput
from graph_ledger.surfaces.tools.tool import Asked, tool
from graph_ledger.values.registry.comparison import VersionComparison
from graph_ledger.values.registry.lineage import Deployment, VersionLineage
from graph_ledger.values.registry.moves import ArtifactCheck
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel
from graph_ledger.values.registry.words import ModelFramework
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


class Acted(Asked):
    """Something that is to be written now."""

    actor: str = "user"
    """Who did it. A service that was asked with a key signs with the key's name, and keeps this one as `on_behalf_of`."""


class RegistryModelsInput(Asked):
    """Nothing is asked."""


class RegisteredNames(Value):
    """Names of models."""

    models: tuple[str, ...]
    """By name."""


@tool({})
def registry_models(ledger: "Ledger", asked: RegistryModelsInput) -> RegisteredNames:
    """List the models of which versions were registered."""
    del asked
    return RegisteredNames(models=tuple(ledger.registry.list_models()))


@tool({"name": MODEL, "version": VERSION})
def registry_version(ledger: "Ledger", asked: VersionInput) -> OneVersion:
    """Show one version of a model."""
    return OneVersion(version=ledger.registry.get_version(asked.name, asked.version))


class RegisteredModels(Value):
    """Models with their versions."""

    models: tuple[RegisteredModel, ...]
    """By name."""


@tool({})
def registry_list(ledger: "Ledger", asked: RegistryModelsInput) -> RegisteredModels:
    """List all models of which versions were registered, each with its versions."""
    del asked
    return RegisteredModels(models=tuple(ledger.registry.models()))


class VersionRegisterInput(VersionInput, Acted):
    """What a version is; its bytes are sent apart."""

    framework: ModelFramework = ModelFramework.CUSTOM
    """What it was made with."""
    metrics: dict[str, float] | None = None
    """How good it is, by name of the metric."""
    parameters: dict[str, Any] | None = None
    """What it was made with, as JSON."""
    description: str = ""
    """What it is."""
    tags: dict[str, str] | None = None
    """Names and values of your own."""
    owner: str = ""
    """Who answers for it. Left out: who answers for the model."""
    tier: str = ""
    """How risky it is. Left out: as the model."""
    purpose: str = ""
    """What it is for."""
    trained_on: tuple[str, ...] = Field(default=(), max_length=1_000)
    """Models, ports, `PREFIX:LABEL` of a data contract, or URIs of contracts."""
    created_at: str | None = None
    """When it was made; a date is its end. Left out: now."""
    description_of_model: str | None = None
    """What the model is."""
    model_tags: dict[str, str] | None = None
    """Names and values of the model's own."""


TRIED = {"name": MODEL, "version": "9.0.0", "framework": "sklearn", "metrics": {"auc_roc": 0.91}, "trained_on": ["customer_features"],
         "actor": "mrm-team"}  # fmt: skip


@tool(TRIED, role="writer")
def registry_register(ledger: "Ledger", asked: VersionRegisterInput) -> ModelVersion:
    """Register a version of a model, and the model on first use; a version is registered once."""
    return ledger.registry.register(**asked.model_dump())


class VersionRollbackInput(RegisteredInput, Acted):
    """Of which model."""

    reason: str | None = None
    """Why."""
    expected: str | None = Field(default=None, min_length=1)
    """The version that must be in production now; else nothing is written. Left out: any."""


@tool({"name": MODEL, "actor": "mrm-team"}, role="writer")
def registry_rollback(ledger: "Ledger", asked: VersionRollbackInput) -> ModelVersion:
    """Let the version be in production again that was before; the present one is archived."""
    return ledger.registry.rollback(**asked.model_dump())


class VersionProductionInput(RegisteredInput):
    """Of which model, and when."""

    when: str | None = None
    """The date; its end. Left out: now."""
    known_at: str | None = None
    """As the ledger knew it at this date or time. Left out: now."""


@tool({"name": MODEL, "when": "2099-12-31"})
def registry_production_at(ledger: "Ledger", asked: VersionProductionInput) -> OneVersion:
    """Say which version of a model is in production, or was at a date."""
    if asked.when is None and asked.known_at is None:
        return OneVersion(version=ledger.registry.get_production_model(asked.name))
    return OneVersion(version=ledger.registry.production_at(asked.name, asked.when, known_at=asked.known_at))


class VersionCompareInput(RegisteredInput):
    """Which two versions."""

    a: str = Field(min_length=1)
    """The first."""
    b: str = Field(min_length=1)
    """The second."""


@tool({"name": MODEL, "a": VERSION, "b": "2.0.0"})
def registry_compare(ledger: "Ledger", asked: VersionCompareInput) -> VersionComparison:
    """Say what differs between two versions: metrics, parameters, what they read, and under which contracts."""
    return ledger.registry.compare(asked.name, asked.a, asked.b)


class VersionDeleteInput(VersionInput, Acted):
    """Which version."""

    reason: str | None = None
    """Why."""
    force: bool = False
    """Whether a version in production goes too."""


class RegistryDone(Value):
    """Whether it was done."""

    done: bool
    """False where there was nothing to do."""


@tool({"name": MODEL, "version": VERSION, "actor": "mrm-team"}, role="writer")
def registry_delete(ledger: "Ledger", asked: VersionDeleteInput) -> RegistryDone:
    """Delete a version and its bytes; its events stay, and its number stays taken."""
    said = asked.model_dump(exclude={"name", "version"})
    with store_read(ledger, "written"):
        return RegistryDone(done=ledger.registry.delete_version(asked.name, asked.version, **said))


class ArtifactChecked(Value):
    """What checking came to, or nothing."""

    check: ArtifactCheck | None
    """Whether the bytes are those registered; null where there is no such version."""


@tool({"name": MODEL, "version": VERSION})
def registry_verify(ledger: "Ledger", asked: VersionInput) -> ArtifactChecked:
    """Recompute the hash of a version's bytes, and say whether they are those that were registered."""
    with store_read(ledger):
        return ArtifactChecked(check=ledger.registry.verify_artifact(asked.name, asked.version))


class VersionDeployInput(VersionInput, Acted):
    """Which version, and where."""

    target: str = Field(min_length=1)
    """The model that runs it: its key, a bare name that one model has, or its hash."""


@tool({"name": MODEL, "version": VERSION, "target": "alert_engine", "actor": "ops"}, role="writer")
def registry_deploy(ledger: "Ledger", asked: VersionDeployInput) -> Deployment:
    """Let a model read a version: from then on it is downstream of it."""
    return ledger.registry.deploy(asked.name, asked.version, asked.target, actor=asked.actor)


@tool({"name": MODEL, "version": VERSION, "target": "alert_engine", "actor": "ops"}, role="writer")
def registry_retire(ledger: "Ledger", asked: VersionDeployInput) -> RegistryDone:
    """Let a model read a version no longer."""
    return RegistryDone(done=ledger.registry.retire(asked.name, asked.version, asked.target, actor=asked.actor))


class VersionChain(Value):
    """The chain of a version, or none."""

    lineage: VersionLineage | None
    """Null where there is no such version."""


@tool({"name": MODEL, "version": VERSION})
def registry_lineage(ledger: "Ledger", asked: VersionInput) -> VersionChain:
    """Show the chain from the data through a version to where it runs, with the contracts that it stands on."""
    return VersionChain(lineage=ledger.registry.lineage(asked.name, asked.version))
