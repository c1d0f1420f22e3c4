"""Registry: the room of model versions; asked of a service."""

import io
from collections.abc import Iterable, Mapping
from functools import cached_property
from shlex import quote as quote_word
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import quote

from typing_extensions import Self

from graph_ledger.errors import ConflictError, GraphLedgerError, ModelNotFoundError, ValidationError
from graph_ledger.registry.sources import Artifact, opened
from graph_ledger.registry.stores.paths import check_segment
from graph_ledger.registry.stores.store import PART
from graph_ledger.remote.base import Asking, Kind
from graph_ledger.remote.plain import flag_of, json_of, time_of
from graph_ledger.values.asked import name_of
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import When
from graph_ledger.values.port import DataPort
from graph_ledger.values.registry.comparison import VersionComparison
from graph_ledger.values.registry.lineage import Deployment, VersionLineage
from graph_ledger.values.registry.metrics import ModelMetrics
from graph_ledger.values.registry.moves import ArtifactCheck, StageMove
from graph_ledger.values.registry.reference import Reference
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel
from graph_ledger.values.registry.words import ModelFramework, ModelStage

if TYPE_CHECKING:
    from graph_ledger.remote.service import Service


class RemoteRegistering:
    """Versions of models."""

    _service: "Service"

    @cached_property
    def registry(self) -> Any:  # a RemoteRegistry; beside the database it is a ModelRegistry, with the same verbs
        """Versions of models, their stages and their bytes, in the service's store."""
        return RemoteRegistry(self._service)


class RemoteRegistry(Asking):
    """A `ModelRegistry` behind a service: every verb is asked over HTTP."""

    def __init__(self, service: "Service") -> None:
        self._service = service

    @property
    def store(self) -> Any:
        """There is none here.

        Raises:
            ValidationError: Always.
        """
        raise ValidationError(f"the bytes lie with {self._service.uri}: load_artifact and open_artifact fetch them")

    def register(
        self,
        name: str,
        version: str,
        framework: ModelFramework | str = ModelFramework.CUSTOM,
        metrics: ModelMetrics | Mapping[str, float] | None = None,
        parameters: Mapping[str, Any] | None = None,
        description: str = "",
        tags: Mapping[str, str] | None = None,
        artifact: Artifact | None = None,
        *,
        actor: str = "system",
        owner: str = "",
        tier: str = "",
        purpose: str = "",
        trained_on: Iterable[Reference] | Reference = (),
        created_at: When | None = None,
        description_of_model: str | None = None,
        model_tags: Mapping[str, str] | None = None,
    ) -> ModelVersion:
        """Register a version; its bytes follow in a second request, which `store_artifact` repeats where it did not come through."""
        if artifact is not None:
            with opened(artifact):  # before a version is registered whose bytes cannot be read
                pass
        given = [trained_on] if isinstance(trained_on, (str, ModelRef, DataPort)) else trained_on
        asked = {
            **_named(name, version), "framework": ModelFramework.of(framework).value, "metrics": ModelMetrics.of(metrics).to_dict(),
            "parameters": json_of(parameters), "description": description, "tags": json_of(tags), "actor": actor, "owner": owner,
            "tier": tier, "purpose": purpose, "trained_on": [_reference(each) for each in given],
            "created_at": time_of(created_at, "created_at"), "description_of_model": description_of_model,
            "model_tags": json_of(model_tags),
        }  # fmt: skip
        try:
            said = self._value("registry_register", ModelVersion, **asked)
        except ConflictError as error:
            if artifact is not None and self._lacks_bytes(name, version):
                error.args = (f"{error}; {_advice(name, version)}",)
            raise
        return said if artifact is None else self._with_bytes(said, artifact, actor)

    def _with_bytes(self, said: ModelVersion, artifact: Artifact, actor: str) -> ModelVersion:
        """Send the bytes of a version that was just registered; an error says that it was, and how they are sent again."""
        name, version = said.model_name, said.version
        try:
            return self.store_artifact(name, version, artifact, actor=actor) or said
        except GraphLedgerError as error:
            error.args = (f"{error}; {_advice(name, version, error)}",)
            raise
        except OSError as error:
            raise ValidationError(f"the artifact cannot be read: {error}; {_advice(name, version)}") from error

    def _lacks_bytes(self, name: str, version: str) -> bool:
        known = self.get_version(name, version)
        return known is not None and known.artifact_sha256 is None

    def store_artifact(self, name: str, version: str, artifact: Artifact, *, actor: str = "system") -> ModelVersion | None:
        """Give bytes to a version that was registered without; the service signs for whom it knows."""
        del actor
        if self.get_version(name, version) is None:
            return None
        with opened(artifact) as source:
            self._service.send_bytes(_path(name, version), source)
        return self.get_version(name, version)

    def get_model(self, name: str) -> RegisteredModel | None:
        """Return a model with its versions; None where it is unknown."""
        return self._maybe("registry_show", "model", RegisteredModel, name=check_segment(name, "name"))

    def get_version(self, name: str, version: str) -> ModelVersion | None:
        """Return a version; None where it is unknown, or was deleted."""
        return self._maybe("registry_version", "version", ModelVersion, **_named(name, version))

    def get_latest(self, name: str) -> ModelVersion | None:
        """Return the version that was made last; None where there is none."""
        known = self.get_model(name)
        return None if known is None else known.latest_version

    def get_production_model(self, name: str) -> ModelVersion | None:
        """Return the version in production; None where none is."""
        return self._maybe("registry_production_at", "version", ModelVersion, name=check_segment(name, "name"))

    def transition_stage(
        self,
        name: str,
        version: str,
        stage: ModelStage | str,
        *,
        actor: str = "system",
        reason: str | None = None,
        expected: ModelStage | str | None = None,
        timestamp: When | None = None,
    ) -> ModelVersion | None:
        """Move a version to a stage; to production archives what is there. None where it is unknown."""
        return self._maybe(
            "registry_stage", "version", ModelVersion, **_named(name, version), stage=ModelStage.of(stage).value, actor=actor,
            reason=reason, expected=None if expected is None else ModelStage.of(expected).value, timestamp=time_of(timestamp, "timestamp"),
        )  # fmt: skip

    def rollback(self, name: str, *, actor: str, reason: str | None = None, expected: str | None = None) -> ModelVersion:
        """Let the version be in production again that was before; the present one is archived."""
        asked = {"name": check_segment(name, "name"), "actor": actor, "reason": reason, "expected": expected}
        return self._value("registry_rollback", ModelVersion, **asked)

    def stage_history(self, name: str, version: str | None = None) -> Listed[StageMove]:
        """Return every move of a model's versions, or of one, newest first."""
        found = self._values("registry_history", "moves", StageMove, name=check_segment(name, "name"), version=version)
        return listed(found, StageMove, "move")

    def production_at(self, name: str, when: When | None = None, *, known_at: When | None = None) -> ModelVersion | None:
        """Return the version that was in production at a date; None where none was."""
        asked = {"when": time_of(when, "as_of"), "known_at": time_of(known_at, "known_at")}
        return self._maybe("registry_production_at", "version", ModelVersion, name=check_segment(name, "name"), **asked)

    def list_models(self) -> list[str]:
        """Return the names of all models of which versions were registered."""
        return self._ask("registry_models", lambda told: list(told["models"]))

    def models(self) -> Listed[RegisteredModel]:
        """Return all models of which versions were registered, with their versions, by name."""
        return listed(self._values("registry_list", "models", RegisteredModel), RegisteredModel, "model")

    def list_versions(self, name: str) -> Listed[ModelVersion]:
        """Return the versions of a model in the order in which they were registered."""
        known = self.get_model(name)
        return listed([] if known is None else known.versions, ModelVersion, "version")

    def search(
        self,
        *,
        stage: ModelStage | str | None = None,
        framework: ModelFramework | str | None = None,
        tag: str | None = None,
        metric: str | None = None,
        text: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Listed[ModelVersion]:
        """Return the versions of all models that fit."""
        found = self._values(
            "registry_search", "versions", ModelVersion, stage=None if stage is None else ModelStage.of(stage).value,
            framework=None if framework is None else ModelFramework.of(framework).value, tag=tag, metric=metric, text=text, limit=limit,
            offset=offset,
        )  # fmt: skip
        return listed(found, ModelVersion, "version")

    def compare(self, name: str, a: str, b: str) -> VersionComparison:
        """Return what differs between two versions."""
        return self._value("registry_compare", VersionComparison, name=check_segment(name, "name"), a=a, b=b)

    def delete_version(self, name: str, version: str, *, actor: str = "system", reason: str | None = None, force: bool = False) -> bool:
        """Delete a version and its bytes; False where it is unknown."""
        said = {"actor": actor, "reason": reason, "force": flag_of(force, "force")}
        return self._ask("registry_delete", _done, **_named(name, version), **said)

    def load_artifact(self, name: str, version: str) -> bytes | None:
        """Return the bytes of a version; None where it is unknown, or has none."""
        found = self.open_artifact(name, version)
        if found is None:
            return None
        with found[0] as file:  # which knows what they have to be
            return file.read()

    def open_artifact(self, name: str, version: str) -> tuple[BinaryIO, str, int] | None:
        """Open the bytes of a version to be read in parts, with the SHA-256 and the size that were registered.

        What is read to its end and is something else ends with an ArtifactError.

        Raises:
            FileNotFoundError: They are gone from the service's store.
        """
        try:
            file = self._service.open_bytes(_path(name, version), f"{name}:{version}", lambda: self._found(name, version))
        except ModelNotFoundError:
            return None
        size = file.size
        if size is None:  # something on the way has left it out
            known = self.get_version(name, version)
            size = 0 if known is None else known.artifact_size or 0
        return cast("BinaryIO", io.BufferedReader(file, PART)), file.sha256, size

    def verify_artifact(self, name: str, version: str) -> ArtifactCheck | None:
        """Have the service recompute the hash of a version's bytes. None where the version is unknown."""
        return self._maybe("registry_verify", "check", ArtifactCheck, **_named(name, version))

    def _found(self, name: str, version: str) -> str | None:
        check = self.verify_artifact(name, version)
        return None if check is None else check.sha256

    def deploy(self, name: str, version: str, target: ModelLike, *, actor: str) -> Deployment:
        """Let a model read a version: from then on it is downstream of it."""
        return self._value("registry_deploy", Deployment, **_named(name, version), target=name_of(target), actor=actor)

    def retire(self, name: str, version: str, target: ModelLike, *, actor: str) -> bool:
        """Let a model read a version no longer; False where it did not."""
        return self._ask("registry_retire", _done, **_named(name, version), target=name_of(target), actor=actor)

    def lineage(self, name: str, version: str) -> VersionLineage | None:
        """Return the chain from the data through a version to where it runs; None where it is unknown."""
        return self._maybe("registry_lineage", "lineage", VersionLineage, **_named(name, version))

    def close(self) -> None:
        """Do nothing: the ledger closes the connection."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _maybe(self, tool: str, field: str, kind: type[Kind], **asked: Any) -> Kind | None:
        return self._ask(tool, lambda told: None if told[field] is None else kind.model_validate(told[field]), **asked)


def _named(name: str, version: str) -> dict[str, str]:
    return {"name": check_segment(name, "name"), "version": check_segment(version, "version")}


def _path(name: str, version: str) -> str:
    named = _named(name, version)
    return f"registry/models/{quote(named['name'], safe='')}/versions/{quote(named['version'], safe='')}/artifact"


def _advice(name: str, version: str, error: Exception | None = None) -> str:
    """Say how the bytes come to a version that is registered already."""
    perhaps = "perhaps " if getattr(error, "written", False) else ""
    return (
        f"{name}:{version} is registered {perhaps}without its bytes: store_artifact({name!r}, {version!r}, ...) sends them "
        f"(`graph-ledger registry store-artifact {quote_word(name)} {quote_word(version)} FILE`)"
    )


def _reference(reference: Reference) -> str:
    if isinstance(reference, DataPort):
        if reference.schema:
            raise ValidationError("a port with schema cannot be named to a service: name the model that writes it")
        return reference.identifier
    return name_of(reference)


def _done(told: Mapping[str, Any]) -> bool:
    return bool(told["done"])
