"""Query: which models fit, by what they are, by when they changed, and by whether anybody has validated them since."""

from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.event_types import INTERNAL, VALIDATED
from graph_ledger.lineage.clocks import clocks
from graph_ledger.models.get import parameters_of
from graph_ledger.values.bound import check_bound
from graph_ledger.values.moment import OPEN_END, Moment, When, from_microseconds, point_in_time
from graph_ledger.values.query import ModelPage, ModelSummary

NO_CHANGE = sorted(INTERNAL - {"registered"})
"""Events after which a model is what it was; to be registered is to become something."""


def query(
    database: Database,
    moment: Moment,
    *,
    text: str | None = None,
    changed_since: When | None = None,
    validated: bool | None = None,
    limit: int = 50,
    offset: int = 0,
    **filters: Any,
) -> ModelPage:
    """Return one page of the models that fit, by name, and how many fit in all.

    ``validated=False``: no validation was recorded since the model last changed, whatever an earlier one said.

    Raises:
        ValidationError: A filter is unknown, a bound is no number of things, or ``validated`` is neither True, False nor None.
    Source: ``cypher/models/query.cypher``; proved by ``tests/models/test_query.py``.
    """
    if validated is not None and not isinstance(validated, bool):
        raise ValidationError(f"validated is True, False or None, not {validated!r}")
    since = None if changed_since is None else point_in_time(changed_since, bound="start", name="changed_since")
    parameters = parameters_of(filters, text) | {
        "changed_since": since, "validated": validated, "quiet": NO_CHANGE, "validation": VALIDATED,
        "skip": check_bound(offset, "offset", least=0), "most": check_bound(limit, "limit", least=1),
        "believed": OPEN_END if moment.known_at is None else None,
    }  # fmt: skip

    def work(transaction: Transaction) -> ModelPage:
        row = transaction.run("models/query", **parameters, **clocks(transaction, moment))
        return ModelPage(total=row["total"], models=tuple(map(_summary, row["rows"])), offset=offset)

    return database.reading(work)


def _summary(columns: list[Any]) -> ModelSummary:
    *fields, changed, validated = columns
    names = tuple(ModelSummary.model_fields)
    times = [None if each is None else from_microseconds(each) for each in (changed, validated)]
    return ModelSummary.model_construct(**dict(zip(names, [*fields, *times], strict=True)))
