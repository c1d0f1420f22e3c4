"""Registry told: a version and a model as their addresses answer: ``to_dict()``, and what the bytes are."""

from typing import Any

from graph_ledger.values.registry.version import ModelVersion, RegisteredModel


def version_told(version: ModelVersion) -> dict[str, Any]:
    """Return a version as plain JSON, with SHA-256 and size of its bytes.

    >>> version_told(ModelVersion(version="1", model_name="clf"))["artifact_sha256"] is None
    True
    """
    return {**version.to_dict(), "artifact_sha256": version.artifact_sha256, "artifact_size": version.artifact_size}


def model_told(model: RegisteredModel) -> dict[str, Any]:
    """Return a model as plain JSON, its versions among it."""
    return {**model.to_dict(), "versions": [version_told(each) for each in model.versions]}
