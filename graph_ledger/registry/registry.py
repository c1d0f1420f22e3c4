"""ModelRegistry: versions of models, their stages, their bytes, what they come from and where they run."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import TracebackType
from typing import Any, BinaryIO, Protocol

from typing_extensions import Self

from graph_ledger.database.database import Database
from graph_ledger.errors import ConflictError
from graph_ledger.models.resolve import resolve
from graph_ledger.registry import artifacts, read, stage_history
from graph_ledger.registry.compare import compare
from graph_ledger.registry.delete import delete
from graph_ledger.registry.deploy import deploy, retire
from graph_ledger.registry.keeping import keeping
from graph_ledger.registry.lineage import lineage
from graph_ledger.registry.register import register
from graph_ledger.registry.said import Said, metrics_said, names_of, parameters_said, tags_said, text_said
from graph_ledger.registry.sources import Artifact
from graph_ledger.registry.stages import Move, rollback, transition
from graph_ledger.registry.stores.paths import check_segment
from graph_ledger.registry.stores.store import ModelStore
from graph_ledger.registry.training import found
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When, moment
from graph_ledger.values.port import check_text
from graph_ledger.values.registry.comparison import VersionComparison
from graph_ledger.values.registry.lineage import Deployment, VersionLineage
from graph_ledger.values.registry.metrics import ModelMetrics
from graph_ledger.values.registry.moves import ArtifactCheck, StageMove
from graph_ledger.values.registry.reference import Reference
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel
from graph_ledger.values.registry.words import ModelFramework, ModelStage


class Graph(Protocol):
    """What a registry needs of a ledger."""

    @property
    def database(self) -> Database:
        """The database room."""
        ...

    @property
    def registry(self) -> Any:
        """The registry with the configured store."""
        ...


class ModelRegistry:
    """Versions of models in the graph, their bytes in a store.

    Args:
        store: Where the bytes lie; None: the configured one, by default a folder beside the ledger's data.
        ledger: Whose graph it is; None: one is opened as ``Ledger()`` does, and closed with this.

    Source: ``docs/registry.md``; proved by ``tests/registry/``.

    >>> from graph_ledger.registry import InMemoryModelStore
    >>> with Ledger() as ledger:
    ...     registry = ModelRegistry(InMemoryModelStore(), ledger=ledger)
    ...     registry.register("clf", "1.0.0", metrics={"accuracy": 0.93}, artifact=b"weights").full_name
    'clf:1.0.0'
    """

    def __init__(self, store: ModelStore | None = None, *, ledger: Graph | None = None) -> None:
        self._own: Any = None
        if ledger is None:
            # It knows this class: by name, as the room above.
            ledger = self._own = import_module("graph_ledger.ledger").Ledger()
        self._database = ledger.database
        self.store: ModelStore = ledger.registry.store if store is None else store

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
        """Register a version, and its model on first use: all of it, or nothing.

        Args:
            name: The model, one segment of a path: letters, digits, ``. _ - +`` and spaces inside.
            version: The version, likewise.
            framework: What it was made with.
            metrics: How good it is; a mapping of names to numbers will do.
            parameters: What it was made with, as JSON.
            description: What it is.
            tags: Names and values of your own.
            artifact: Its bytes, a path of a file, or a file open in binary mode; hashed and stored in parts.
            actor: Who registers it.
            owner: Who answers for it; left out: who answers for the model.
            tier: How risky it is; left out: as the model.
            purpose: What it is for.
            trained_on: Models, ports, ``PREFIX:LABEL`` of a data contract, or URIs of contracts.
            created_at: When it was made; None: now.
            description_of_model: What the model is.
            model_tags: Names and values of the model's own.

        Raises:
            ConflictError: There is, or was, such a version: ``already exists``; or other bytes are in the store.
            ValidationError: Something of it cannot be said.
        """
        name, version = names_of(name, version)
        identity = {field: text_said(text, field) for field, text in (("owner", owner), ("tier", tier), ("purpose", purpose)) if text}
        said = Said(
            name, version, ModelFramework.of(framework), metrics_said(metrics), parameters_said(parameters), tags_said(tags, "tags"),
            text_said(description, "description"), check_text(actor, "actor"), identity, found(self._database, trained_on), created_at,
            None if description_of_model is None else text_said(description_of_model, "description of the model"),
            None if model_tags is None else tags_said(model_tags, "tags of the model"),
        )  # fmt: skip
        if read.was_registered(self._database, name, version):  # before bytes are taken in that nobody wants
            raise ConflictError(f"{said.full_name} already exists")
        with keeping(self._database, self.store, artifact, name) as kept:
            self._database.write(lambda transaction: register(transaction, said, kept))
        return self._known(name, version)

    def store_artifact(self, name: str, version: str, artifact: Artifact, *, actor: str = "system") -> ModelVersion | None:
        """Give bytes to a version that was registered without; the same bytes again are silent. None where it is unknown.

        Raises:
            ConflictError: It has others.
        """
        return artifacts.attach(self._database, self.store, *names_of(name, version), artifact, actor)

    def get_model(self, name: str) -> RegisteredModel | None:
        """Return a model with its versions; None where it is unknown."""
        return read.model(self._database, check_segment(name, "name"))

    def get_version(self, name: str, version: str) -> ModelVersion | None:
        """Return a version; None where it is unknown, or was deleted."""
        return read.version(self._database, *names_of(name, version))

    def get_latest(self, name: str) -> ModelVersion | None:
        """Return the version that was made last, by time and not by text; None where there is none."""
        return read.latest(self._database, check_segment(name, "name"))

    def get_production_model(self, name: str) -> ModelVersion | None:
        """Return the version in production; None where none is."""
        return read.in_production(self._database, check_segment(name, "name"))

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
        """Move a version to a stage; to production archives what is there. Being there already is silent; None where it is unknown.

        Raises:
            ConflictError: It is not in the stage ``expected``.
            ValidationError: There is no such stage, or it was moved after ``timestamp``.
        """
        wanted = None if expected is None else ModelStage.of(expected)
        return transition(self._database, Move(name, version, ModelStage.of(stage), actor, reason, wanted, timestamp))

    def rollback(self, name: str, *, actor: str, reason: str | None = None, expected: str | None = None) -> ModelVersion:
        """Let the version be in production again that was before; the present one is archived. Each rollback goes one further back.

        With ``expected``, the version that is to go, it can be asked again where nobody knows whether the first time went through.

        Raises:
            ConflictError: None was, or another one than ``expected`` is in production.
        """
        expected = None if expected is None else check_segment(expected, "expected")
        return rollback(self._database, check_segment(name, "name"), actor, reason, expected)

    def stage_history(self, name: str, version: str | None = None) -> Listed[StageMove]:
        """Return every move of a model's versions, or of one, newest first; those who had to make room too."""
        name = check_segment(name, "name")
        return listed(stage_history.stage_history(self._database, name, version), StageMove, "move")

    def production_at(self, name: str, when: When | None = None, *, known_at: When | None = None) -> ModelVersion | None:
        """Return the version that was in production at a date, also one that was deleted since; None where none was. No date: now."""
        return stage_history.production_at(self._database, check_segment(name, "name"), moment(when, known_at))

    def list_models(self) -> list[str]:
        """Return the names of all models of which versions were registered."""
        return read.model_names(self._database)

    def models(self) -> Listed[RegisteredModel]:
        """Return all models of which versions were registered, with their versions, by name."""
        return listed(read.models(self._database), RegisteredModel, "model")

    def list_versions(self, name: str) -> Listed[ModelVersion]:
        """Return the versions of a model in the order in which they were registered; none where it is unknown."""
        return listed(read.versions_of(self._database, check_segment(name, "name")), ModelVersion, "version")

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
        """Return the versions of all models that fit: ``search(stage="production", tag="env=eu", metric="accuracy>=0.9")``.

        Raises:
            ValidationError: A stage, a framework, a condition or a bound is none.
        """
        asked = {"stage": stage, "framework": framework, "tag": tag, "metric": metric, "text": text}
        return listed(read.search(self._database, **asked, limit=limit, offset=offset), ModelVersion, "version")

    def compare(self, name: str, a: str, b: str) -> VersionComparison:
        """Return what differs between two versions: metrics, parameters, what they read, and under which contracts.

        Raises:
            ConflictError: One of them is not there.
        """
        name, a = names_of(name, a)
        return compare(self._database, name, a, check_segment(b, "version"))

    def delete_version(self, name: str, version: str, *, actor: str = "system", reason: str | None = None, force: bool = False) -> bool:
        """Delete a version and its bytes; its events stay, and its number stays taken. False where it is unknown.

        Raises:
            ConflictError: It is in production, runs somewhere, or its bytes lie in another store, and ``force`` is not set.
        """
        return delete(self._database, self.store, *names_of(name, version), actor=actor, reason=reason, force=force)

    def load_artifact(self, name: str, version: str) -> bytes | None:
        """Return the bytes of a version; None where it is unknown, or has none.

        Raises:
            ArtifactGoneError: They are gone from the store; a FileNotFoundError, too.
            ArtifactError: They are not those that were registered.
        """
        return artifacts.load(self._database, self.store, *names_of(name, version))

    def open_artifact(self, name: str, version: str) -> tuple[BinaryIO, str, int] | None:
        """Open the bytes of a version to be read in parts, with the SHA-256 and the size that were registered."""
        return artifacts.opened_at(self._database, self.store, *names_of(name, version))

    def verify_artifact(self, name: str, version: str) -> ArtifactCheck | None:
        """Recompute the hash of a version's bytes: not ok where they differ or are gone. None where the version is unknown."""
        return artifacts.check(self._database, self.store, *names_of(name, version))

    def deploy(self, name: str, version: str, target: ModelLike, *, actor: str) -> Deployment:
        """Let a model read a version: from then on it is downstream of it. Reading it already is silent.

        Raises:
            ConflictError: There is no such version.
        """
        return deploy(self._database, *names_of(name, version), resolve(self._database, target), actor)

    def retire(self, name: str, version: str, target: ModelLike, *, actor: str) -> bool:
        """Let a model read a version no longer; False where it did not."""
        return retire(self._database, *names_of(name, version), resolve(self._database, target), actor)

    def lineage(self, name: str, version: str) -> VersionLineage | None:
        """Return the chain from the data through a version to where it runs; None where it is unknown."""
        return lineage(self._database, *names_of(name, version))

    def close(self) -> None:
        """Close the ledger that this opened itself."""
        if self._own is not None:
            own, self._own = self._own, None
            own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<ModelRegistry with {self.store!r}>"

    def _known(self, name: str, version: str) -> ModelVersion:
        known = read.version(self._database, name, version)
        if known is None:
            raise ConflictError(f"{name}:{version} was registered, and deleted by somebody else since")
        return known
