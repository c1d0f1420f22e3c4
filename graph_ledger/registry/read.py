"""Read: models and versions as they are now."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.registry.said import names_of
from graph_ledger.registry.stores.paths import check_segment
from graph_ledger.values.bound import MOST, check_bound
from graph_ledger.values.moment import EPOCH, from_microseconds
from graph_ledger.values.port import check_text
from graph_ledger.values.registry.metrics import STANDARD, ModelMetrics
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel, tags_of
from graph_ledger.values.registry.words import ModelFramework, ModelStage

STAGES = {each.value: each for each in ModelStage}
FRAMEWORKS = {each.value: each for each in ModelFramework}
CONDITION = re.compile(r"\s*(?P<name>[^<>=\s][^<>=]*?)\s*(?P<comparison>>=|<=|==|=|>|<)\s*(?P<bound>[^<>=]+?)\s*")
NONE = dict.fromkeys(("name", "version", "stage", "framework", "tag", "metric", "comparison", "bound", "text"))


class Condition(NamedTuple):
    """What a metric must be."""

    metric: str | None = None
    comparison: str | None = None
    bound: float | None = None


def versions(database: Database, name: str | None = None, *, limit: int | None = None, offset: int = 0, **asked: Any) -> list[ModelVersion]:
    """Return versions that fit, in order of model and registration."""
    page = {"skip": check_bound(offset, "offset", least=0), "most": MOST if limit is None else check_bound(limit, "limit", least=0)}
    return database.reading(lambda transaction: list(_read(transaction, {**NONE, "name": name, **asked, **page})))


def version_in(transaction: Transaction, name: str, version: str) -> ModelVersion | None:
    """Return one version, within a transaction."""
    return next(_read(transaction, {**NONE, "name": name, "version": version, "skip": 0, "most": 1}), None)


def version(database: Database, name: str, version: str) -> ModelVersion | None:
    """Return one version; None where there is none of that name."""
    name, version = names_of(name, version)
    return database.reading(lambda transaction: version_in(transaction, name, version))


def search(
    database: Database,
    *,
    stage: ModelStage | str | None,
    framework: ModelFramework | str | None,
    tag: str | None,
    metric: str | None,
    text: str | None,
    limit: int | None,
    offset: int,
) -> list[ModelVersion]:
    """Return the versions that fit all that is asked.

    Raises:
        ValidationError: A stage, a framework, a condition or a bound is none.
    """
    if tag is not None and (not isinstance(tag, str) or "=" not in tag):
        raise ValidationError(f"tag: {tag!r} is written as name=value")
    return versions(
        database, None, limit=limit, offset=offset,
        stage=None if stage is None else ModelStage.of(stage).value,
        framework=None if framework is None else ModelFramework.of(framework).value,
        tag=tag, text=None if text is None else check_text(text, "text").lower(), **condition(metric)._asdict(),
    )  # fmt: skip


def condition(metric: str | None) -> Condition:
    """Read what a metric must be.

    >>> condition("accuracy>=0.9")
    Condition(metric='metric_accuracy', comparison='>=', bound=0.9)
    """
    if metric is None:
        return Condition()
    found = CONDITION.fullmatch(metric) if isinstance(metric, str) else None
    try:
        bound = float(found["bound"]) if found else None
    except ValueError:
        bound = None
    if found is None or bound is None or bound != bound:  # noqa: PLR0124  # no number equals nothing, itself neither
        raise ValidationError(f"metric: {metric!r} is written as accuracy>=0.9, with one of >=, >, <=, <, =")
    return Condition(f"metric_{found['name']}", found["comparison"].replace("==", "="), bound)


def model(database: Database, name: str) -> RegisteredModel | None:
    """Return a model with its versions; None where no version of it was ever registered."""
    name = check_segment(name, "name")

    def work(transaction: Transaction) -> RegisteredModel | None:
        found = transaction.run("registry/model", name=name)["models"]
        if not found:
            return None
        key, own, description, tags, owner, created = found[0]
        kept = tuple(_read(transaction, {**NONE, "name": name, "skip": 0, "most": MOST}))
        return RegisteredModel.model_construct(
            name=own,
            description=description,
            tags=tags_of(tags),
            versions=kept,
            created_at=from_microseconds(created),
            owner=owner,
            key=key,
        )

    return database.reading(work)


def model_names(database: Database) -> list[str]:
    """Return the names of all models of which versions were registered."""
    return [columns[1] for columns in database.read("registry/model", name=None)["models"]]


def _read(transaction: Transaction, asked: dict[str, Any]) -> Iterator[ModelVersion]:
    for (rows,) in transaction.stream("registry/versions", **asked):
        for columns in rows:
            yield of_columns(columns)


def of_columns(columns: Sequence[Any]) -> ModelVersion:
    """Make a version of the columns that ``registry/versions`` returns."""
    (
        key, name, number, stage, framework, metrics, parameters, tags, description, owner, created, updated, path, sha256, size,
    ) = columns  # fmt: skip
    return ModelVersion.of_fields({
        "version": number, "model_name": name, "stage": STAGES[stage], "framework": FRAMEWORKS[framework], "artifact_path": path,
        "metrics": _metrics(metrics), "parameters": _json(parameters), "tags": tags_of(tags) if tags else {}, "description": description,
        "created_at": _time(created), "updated_at": _time(updated), "artifact_sha256": sha256, "artifact_size": size, "owner": owner,
        "key": key,
    })  # fmt: skip


def _metrics(text: str) -> ModelMetrics:
    told = _json(text)
    own = {name: told.pop(name) for name in STANDARD if name in told} if told else {}
    return ModelMetrics.model_construct(**own, custom=told)


def _json(text: str) -> dict[str, Any]:
    return json.loads(text) if text != "{}" else {}


def _time(number: int) -> datetime:
    return EPOCH + timedelta(microseconds=number)
