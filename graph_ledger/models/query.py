"""Query: which models fit, by what they are, by when they changed, and by whether anybody has validated them since."""

from collections.abc import Sequence
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.event_types import INTERNAL, VALIDATED
from graph_ledger.lineage.clocks import clocks
from graph_ledger.models.get import parameters_of
from graph_ledger.models.words import checked, meant, narrowed, words_of
from graph_ledger.values.bound import check_bound
from graph_ledger.values.moment import OPEN_END, Moment, When, from_microseconds, point_in_time
from graph_ledger.values.query import ORDERS, ModelPage, ModelSummary, Order

NO_CHANGE = sorted(INTERNAL - {"registered"})
"""Events after which a model is what it was; to be registered is to become something."""


def query(
    database: Database,
    moment: Moment,
    *,
    text: str | None = None,
    changed_since: When | None = None,
    validated: bool | None = None,
    order: Order = "name",
    limit: int = 50,
    offset: int = 0,
    **filters: Any,
) -> ModelPage:
    """Return one page of the models that fit, and how many fit in all.

    ``text``: every word of it stands in key, purpose or owner, in any order and within longer words, upper or lower case.
    Only where that finds nothing, a word that no model of the moment has is read as those one slip away (two from eight
    characters on); ``read_as`` of the page says which. ``validated=False``: no validation was recorded since the model last
    changed, whatever an earlier one said.

    Raises:
        ValidationError: A filter is unknown, a bound is no number of things, ``validated`` is neither True, False nor None,
            the order is unknown, or the text holds NUL or is too long.
    Source: ``cypher/models/query.cypher``; proved by ``tests/models/test_query.py`` and ``tests/models/test_search.py``.
    """
    if validated is not None and not isinstance(validated, bool):
        raise ValidationError(f"validated is True, False or None, not {validated!r}")
    if order not in ORDERS:
        raise ValidationError(f"models are ordered by {' or '.join(ORDERS)}, not by {order!r}")
    since = None if changed_since is None else point_in_time(changed_since, bound="start", name="changed_since")
    text = checked(text)
    parameters = parameters_of(filters, None) | {
        "changed_since": since, "validated": validated, "quiet": NO_CHANGE, "validation": VALIDATED,
        "skip": check_bound(offset, "offset", least=0), "most": check_bound(limit, "limit", least=1),
        "believed": OPEN_END if moment.known_at is None else None,
        "relevant": text if order == "relevance" else None,
    }  # fmt: skip

    def work(transaction: Transaction) -> ModelPage:
        return _found(transaction, text, moment, parameters | clocks(transaction, moment))

    return database.reading(work)


def _found(transaction: Transaction, text: str | None, moment: Moment, parameters: dict[str, Any]) -> ModelPage:
    """Search for the words as they stand, and where nothing has them all, for those near to the unknown ones."""
    if text is None:
        return _page(transaction, None, moment, parameters)
    words = words_of(text)
    page = _page(transaction, [[word] for word in words], moment, parameters)
    if page.total:
        return page
    known = transaction.run("models/words", as_of=parameters["as_of"], known_at=parameters["known_at"])["words"]
    near = meant(words, known)
    if not near:
        return page
    found = _page(transaction, [near.get(word, [word]) for word in words], moment, parameters)
    return found.model_copy(update={"read_as": near}) if found.total else page


def _page(transaction: Transaction, words: Sequence[Sequence[str]] | None, moment: Moment, parameters: dict[str, Any]) -> ModelPage:
    index = narrowed(words) if words and moment.is_today else None  # it knows no other state than today's
    row = transaction.run("models/query", words=words, narrowed=index, **parameters)
    return ModelPage(total=row["total"], models=tuple(map(_summary, row["rows"])), offset=parameters["skip"])


def _summary(columns: list[Any]) -> ModelSummary:
    *fields, changed, validated = columns
    names = tuple(ModelSummary.model_fields)
    times = [None if each is None else from_microseconds(each) for each in (changed, validated)]
    return ModelSummary.model_construct(**dict(zip(names, [*fields, *times], strict=True)))
