"""Read: models and versions as they are now."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.registry.holding import version_key
from graph_ledger.registry.rows import rows
from graph_ledger.registry.said import full_name
from graph_ledger.values.bound import MOST, check_bound
from graph_ledger.values.collecting import not_collecting
from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.port import check_text, normal
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel, tags_of
from graph_ledger.values.registry.words import ModelFramework, ModelStage

CONDITION = re.compile(r"\s*(?P<name>[^<>=\s][^<>=]*?)\s*(?P<comparison>>=|<=|==|=|>|<)\s*(?P<bound>[^<>=]+?)\s*")
ANY = dict.fromkeys(("stage", "framework", "tag", "metric", "comparison", "bound", "text"))


class Condition(NamedTuple):
    """What a metric must be."""

    metric: str | None = None
    comparison: str | None = None
    bound: float | None = None


@not_collecting()
def versions_of(database: Database, name: str) -> list[ModelVersion]:
    """Return the versions of one model, in the order in which they were registered."""
    return database.reading(lambda transaction: list(rows(transaction, "registry/versions_of", {"name": name})))


def version_in(transaction: Transaction, name: str, version: str, *, deleted: bool = False) -> ModelVersion | None:
    """Return one version, within a transaction; one that was deleted without its bytes, and only where it is asked for."""
    key = version_key(full_name(name, version))
    return next(rows(transaction, "registry/version", {"key": key, "name": name, "deleted": deleted}), None)


def version(database: Database, name: str, version: str) -> ModelVersion | None:
    """Return one version; None where there is none of that name."""
    return database.reading(lambda transaction: version_in(transaction, name, version))


def was_registered(database: Database, name: str, version: str) -> bool:
    """Say whether there is, or was, a version of that name."""
    return database.reading(lambda transaction: version_in(transaction, name, version, deleted=True)) is not None


def latest(database: Database, name: str) -> ModelVersion | None:
    """Return the version that was made last; None where there is none."""
    return _picked(database, name, "registry/newest")


def in_production(database: Database, name: str) -> ModelVersion | None:
    """Return the version in production; None where none is."""
    return _picked(database, name, "registry/in_production")


def _picked(database: Database, name: str, statement: str) -> ModelVersion | None:
    def work(transaction: Transaction) -> ModelVersion | None:
        number = transaction.run(statement, name=name)["version"]
        return None if number is None else version_in(transaction, name, number)

    return database.reading(work)


@not_collecting()
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
    asked: dict[str, Any] = ANY | condition(metric)._asdict()
    asked |= {
        "skip": check_bound(offset, "offset", least=0), "most": MOST if limit is None else check_bound(limit, "limit", least=0),
        "stage": None if stage is None else ModelStage.of(stage).value,
        "framework": None if framework is None else ModelFramework.of(framework).value,
        "tag": None if tag is None else normal(tag), "text": None if text is None else check_text(text, "text").lower(),
    }  # fmt: skip
    return database.reading(lambda transaction: list(rows(transaction, "registry/versions", asked)))


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
    return Condition(f"metric_{normal(found['name'])}", found["comparison"].replace("==", "="), bound)


def model(database: Database, name: str) -> RegisteredModel | None:
    """Return a model with its versions; None where no version of it was ever registered."""

    def work(transaction: Transaction) -> RegisteredModel | None:
        found = transaction.run("registry/model", name=name)["models"]
        return _model(found[0], rows(transaction, "registry/versions_of", {"name": name})) if found else None

    return database.reading(work)


@not_collecting()
def models(database: Database) -> list[RegisteredModel]:
    """Return all models with their versions, by name."""

    def work(transaction: Transaction) -> list[RegisteredModel]:
        found = transaction.run("registry/model", name=None)["models"]
        kept: dict[str, list[ModelVersion]] = {columns[1]: [] for columns in found}
        for each in rows(transaction, "registry/versions", {**ANY, "skip": 0, "most": MOST}):
            if (mine := kept.get(each.model_name)) is not None:  # a model may have come between the two statements
                mine.append(each)
        return [_model(columns, kept[columns[1]]) for columns in found]

    return database.reading(work)


def _model(columns: Sequence[Any], versions: Iterable[ModelVersion]) -> RegisteredModel:
    key, name, description, tags, owner, created = columns
    return RegisteredModel.model_construct(
        name=name, description=description, tags=tags_of(tags), versions=tuple(versions), owner=owner, key=key,
        created_at=from_microseconds(created),
    )  # fmt: skip


def model_names(database: Database) -> list[str]:
    """Return the names of all models of which versions were registered."""
    return [columns[1] for columns in database.read("registry/model", name=None)["models"]]
