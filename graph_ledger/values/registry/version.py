"""ModelVersion and RegisteredModel: what was registered, as it stands at one moment."""

from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache
from typing import Any

from pydantic import Field
from typing_extensions import Self

from graph_ledger.values.registry.metrics import ModelMetrics
from graph_ledger.values.registry.words import ModelFramework, ModelStage
from graph_ledger.values.value import Value


def _now() -> datetime:
    return datetime.now(timezone.utc)


class ModelVersion(Value):
    """One version of a model.

    Source: ``docs/registry.md``.

    >>> version = ModelVersion(version="1.0.0", model_name="clf")
    >>> version.full_name, version.stage.value
    ('clf:1.0.0', 'development')
    """

    version: str
    """Which version, as it was registered."""
    model_name: str
    """Of which model."""
    stage: ModelStage = ModelStage.DEVELOPMENT
    """Where it is in its life."""
    framework: ModelFramework = ModelFramework.CUSTOM
    """What it was made with."""
    artifact_path: str | None = None
    """Where its bytes lie in the store; None where it was registered without."""
    metrics: ModelMetrics = Field(default_factory=ModelMetrics)
    """How good it is."""
    parameters: dict[str, Any] = {}
    """What it was made with, as JSON."""
    tags: dict[str, str] = {}
    """Names and values of the user's own."""
    description: str = ""
    """What it is."""
    created_at: datetime = Field(default_factory=_now)
    """When it was made, UTC."""
    updated_at: datetime = Field(default_factory=_now)
    """When something last happened to it, UTC."""
    artifact_sha256: str | None = None
    """SHA-256 of its bytes, 64 hex digits."""
    artifact_size: int | None = None
    """How many bytes it has."""
    owner: str = ""
    """Who answers for it."""
    key: str = ""
    """Its name in the graph."""

    @property
    def full_name(self) -> str:
        """Model and version: ``name:version``."""
        return f"{self.model_name}:{self.version}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {
            "version": self.version,
            "model_name": self.model_name,
            "stage": self.stage.value,
            "framework": self.framework.value,
            "artifact_path": self.artifact_path,
            "metrics": self.metrics.to_dict(),
            "parameters": dict(self.parameters),
            "tags": dict(self.tags),
            "description": self.description,
            "created_at": self.created_at.isoformat(),
            "updated_at": self.updated_at.isoformat(),
        }

    @classmethod
    def of_fields(cls, fields: dict[str, Any]) -> Self:
        """Make one of all its fields as the database has them, without a second validation: a search finds ten thousand."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", fields)
        object.__setattr__(made, "__pydantic_fields_set__", _all_fields(cls))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


@cache
def _all_fields(cls: type[ModelVersion]) -> set[str]:
    return set(cls.model_fields)


class RegisteredModel(Value):
    """A model and its versions.

    >>> RegisteredModel(name="clf", versions=(ModelVersion(version="1", model_name="clf"),)).latest_version.full_name
    'clf:1'
    """

    name: str
    """What it is called."""
    description: str = ""
    """What it is."""
    tags: dict[str, str] = {}
    """Names and values of the user's own."""
    versions: tuple[ModelVersion, ...] = ()
    """In the order in which they were registered, without those that were deleted."""
    created_at: datetime = Field(default_factory=_now)
    """When it first was, UTC."""
    owner: str = ""
    """Who answers for it."""
    key: str = ""
    """Its name in the graph."""

    @property
    def latest_version(self) -> ModelVersion | None:
        """The version that was made last; of several made at one time the one registered last. None without versions."""
        newest = max(enumerate(self.versions), key=lambda each: (each[1].created_at, each[0]), default=None)
        return None if newest is None else newest[1]

    @property
    def production_version(self) -> ModelVersion | None:
        """The version in production; None where none is."""
        return next((each for each in self.versions if each.stage is ModelStage.PRODUCTION), None)

    def get_version(self, version: str) -> ModelVersion | None:
        """Return a version; None where there is none of that name."""
        return next((each for each in self.versions if each.version == version), None)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON, its versions among it."""
        return {
            "name": self.name,
            "description": self.description,
            "tags": dict(self.tags),
            "versions": [each.to_dict() for each in self.versions],
            "created_at": self.created_at.isoformat(),
        }


def lines_of(tags: Mapping[str, str]) -> list[str]:
    """Return tags as ``name=value``, by name: as they stand in the graph."""
    return [f"{name}={tags[name]}" for name in sorted(tags)]


def tags_of(lines: list[str]) -> dict[str, str]:
    """Return tags out of their lines."""
    return dict([line.partition("=")[::2] for line in lines])
