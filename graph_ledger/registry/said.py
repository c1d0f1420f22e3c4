"""Said: what a person says of a version that is to be registered, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.errors import ValidationError
from graph_ledger.registry.stores.paths import check_segment
from graph_ledger.registry.training import Trained
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import When
from graph_ledger.values.port import check_text, normal
from graph_ledger.values.registry.metrics import ModelMetrics
from graph_ledger.values.registry.words import ModelFramework

PLATFORM = "registry"
"""Where versions stand, and the models that nothing else knew."""
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be registered."""

    name: str
    version: str
    framework: ModelFramework
    metrics: dict[str, float]
    parameters: dict[str, Any]
    tags: dict[str, str]
    description: str
    actor: str
    identity: dict[str, str]
    """Owner, tier and purpose, where they are given."""
    trained: Trained
    created_at: When | None
    model_description: str | None
    model_tags: dict[str, str] | None

    @property
    def full_name(self) -> str:
        """Model and version, the name of the node."""
        return f"{self.name}:{self.version}"

    def facts(self, artifact: Mapping[str, Any] | None) -> dict[str, Any]:
        """What the event of the version tells of it."""
        return {
            "model_name": self.name, "version": self.version, "framework": self.framework.value, "metrics": self.metrics,
            "parameters": self.parameters, "tags": self.tags, "description": self.description, "trained_on": list(self.trained.said),
            "artifact": None if artifact is None else dict(artifact),
        }  # fmt: skip


def names_of(name: str, version: str) -> tuple[str, str]:
    """Check the names of a model and a version.

    Raises:
        ValidationError: One of them is no segment of a path.
    """
    return check_segment(name, "name"), check_segment(version, "version")


def full_name(name: str, version: str) -> str:
    """Return the name of a version's node."""
    return ":".join(names_of(name, version))


def tags_said(tags: Mapping[str, str] | None, what: str) -> dict[str, str]:
    """Check names and values of the user's own.

    Raises:
        ValidationError: They are no texts, or a name holds an equals sign.
    """
    if tags is None:
        return {}
    if not isinstance(tags, Mapping) or not all(isinstance(each, str) for pair in tags.items() for each in pair):
        raise ValidationError(f"{what} are a mapping of texts to texts, not {tags!r}")
    for name, value in tags.items():
        check_text(name, f"name in {what}")
        if "=" in name or "\0" in value:
            raise ValidationError(f"{what}: {name!r} cannot be a name with that value: no '=' in a name, no NUL in either")
    return {normal(name): text_said(value, what) for name, value in tags.items()}


def text_said(text: str, what: str) -> str:
    """Check a text that may be empty."""
    return check_text(text, what, LONGEST) if isinstance(text, str) and text.strip() else _empty(text, what)


def metrics_said(metrics: ModelMetrics | Mapping[str, Any] | None) -> dict[str, float]:
    """Check metrics; return them as one mapping."""
    found = ModelMetrics.of(metrics).to_dict()
    told = {normal(check_text(name, "name of a metric")): value for name, value in found.items()}
    if len(told) < len(found):
        raise ValidationError("metrics: two names are one in Unicode normalization form C")
    return told


def parameters_said(parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    """Check parameters: whatever is JSON."""
    if parameters is None:
        return {}
    if not isinstance(parameters, Mapping):
        raise ValidationError(f"parameters are a mapping, not {parameters!r}")
    canonical_json(dict(parameters))
    return dict(parameters)


def _empty(text: object, what: str) -> str:
    if text != "":
        raise ValidationError(f"the {what} is a text, and not of blanks alone: {text!r}")
    return ""
