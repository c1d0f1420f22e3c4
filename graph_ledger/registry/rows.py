"""Rows: versions made of what the database returns, ten thousand at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from pydantic_core import from_json

from graph_ledger.database.database import Transaction
from graph_ledger.registry.said import PLATFORM
from graph_ledger.values.moment import EPOCH
from graph_ledger.values.registry.metrics import ModelMetrics
from graph_ledger.values.registry.version import ModelVersion, tags_of
from graph_ledger.values.registry.words import ModelFramework, ModelStage

STAGES = {each.value: each for each in ModelStage}
FRAMEWORKS = {each.value: each for each in ModelFramework}


def rows(transaction: Transaction, statement: str, asked: Mapping[str, Any]) -> Iterator[ModelVersion]:
    """Yield the versions that a statement finds; each of its rows holds parallel lists of up to a thousand."""
    for columns in transaction.stream(statement, **asked):
        names, numbers, stages, frameworks, metrics, parameters, tags, descriptions, owners, created, updated, paths, hashes, sizes = (
            columns
        )
        # One text of a thousand documents is read in a fraction of the time that a thousand texts take.
        for name, number, stage, framework, measured, made_with, lines, said, owner, made, moved, path, sha256, size in zip(
            names, numbers, stages, frameworks, _documents(metrics), _documents(parameters), tags, descriptions, owners, created, updated,
            paths, hashes, sizes, strict=True,
        ):  # fmt: skip
            created_at = EPOCH + timedelta(microseconds=made)
            yield ModelVersion.of_fields({
                "version": number, "model_name": name, "stage": STAGES[stage], "framework": FRAMEWORKS[framework],
                "artifact_path": path if sha256 else None, "metrics": ModelMetrics.of_flat(measured), "parameters": made_with,
                "tags": tags_of(lines), "description": said, "created_at": created_at,
                "updated_at": created_at if moved == made else EPOCH + timedelta(microseconds=moved),
                "artifact_sha256": sha256 or None,
                "artifact_size": size if sha256 else None, "owner": owner, "key": f"{PLATFORM}/{name}:{number}",
            })  # fmt: skip


def _documents(texts: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = from_json(f"[{','.join(texts)}]")
    return found
