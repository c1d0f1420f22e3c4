"""Identity: what a model is, now and at any date."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.models.find import find
from graph_ledger.models.get import get, list_models
from graph_ledger.models.inventory import inventory_at, inventory_diff
from graph_ledger.models.overview import overview
from graph_ledger.models.query import query
from graph_ledger.models.register import register, registration, update
from graph_ledger.values.inventory import InventoryDiff
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import Moment, When, moment
from graph_ledger.values.overview import Overview
from graph_ledger.values.query import ModelPage, Order
from graph_ledger.verbs.base import Verbs

# The class has a verb called list, so what its verbs return is named here.
Models = Listed[ModelRef]


class Identity(Verbs):
    """What models are."""

    def register(
        self,
        *,
        name: str,
        owner: str,
        model_type: str,
        tier: str,
        purpose: str,
        model_origin: str | None = None,
        status: str | None = None,
        actor: str = "system",
        platform: str = "",
        metadata: Mapping[str, Any] | None = None,
        payload: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> ModelRef:
        """Give a model its identity; on a known one, record what differs. Left out: ``internal``, ``active``."""
        given = {"owner": owner, "model_type": model_type, "tier": tier, "purpose": purpose}
        said = registration(name, platform, given, actor, payload, model_origin=model_origin, status=status, metadata=metadata)
        return get(self._database, register(self._database, said, timestamp), Moment())

    def update(self, model: ModelLike, *, actor: str, reason: str | None = None, timestamp: When | None = None, **fields: Any) -> ModelRef:
        """Change identity fields of a model by one event that carries old and new; equal values are silent."""
        key = self._key(model)
        update(self._database, key, actor=actor, reason=reason, timestamp=timestamp, given=fields)
        return get(self._database, key, Moment())

    def get(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> ModelRef:
        """Return a model, every field as of the moment asked for.

        Raises:
            ModelNotFoundError: None fits (``.near``), it did not exist yet (``.first_seen``), or nobody knew yet (``.first_known``).
        """
        times = moment(as_of, known_at)
        return find(self._database, model) if times.is_today else get(self._database, self._key(model), times)

    def list(
        self,
        *,
        text: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        as_of: When | None = None,
        known_at: When | None = None,
        **filters: Any,
    ) -> Models:
        """Return the models that fit, by name; filters: owner, platform, model_type, tier, status; text: in name or purpose."""
        found = list_models(self._database, moment(as_of, known_at), text=text, limit=limit, offset=offset, **filters)
        return listed(found, ModelRef, "model")

    def query(
        self,
        text: str | None = None,
        *,
        changed_since: When | None = None,
        validated: bool | None = None,
        order: Order = "name",
        limit: int = 50,
        offset: int = 0,
        as_of: When | None = None,
        known_at: When | None = None,
        **filters: Any,
    ) -> ModelPage:
        """Return one page of the models that fit: ``query("fraud scoring", tier="high", changed_since="2026-06-01", validated=False)``.

        Args:
            text: Words that stand in key, purpose or owner: all of them, in any order, within longer words too; case does not
                matter. If nothing fits, unknown words are read as known ones that are a slip away, and ``read_as`` says so.
            changed_since: Only models that changed then or later.
            validated: False: not validated since the last change. True: validated since.
            order: ``"name"``, or ``"relevance"``: nearest to the text first, by name where equally near.
            limit: How many on the page.
            offset: How many before it.
            as_of: Time in the world; None: now.
            known_at: Time in the ledger; None: now.
            filters: owner, platform, model_type, tier, status.

        Raises:
            ValidationError: A text holds NUL or is longer than 1,024 characters; a filter, an order or a bound is none.

        Source: ``cypher/models/query.cypher``; proved by ``tests/models/test_search.py``.
        """
        times, page = moment(as_of, known_at), {"limit": limit, "offset": offset}
        return query(self._database, times, text=text, changed_since=changed_since, validated=validated, order=order, **page, **filters)

    def inventory_at(self, date: When, platform: str | None = None, *, known_at: When | None = None) -> Models:
        """Return the models that were present at a date, by key, every field as it was then; one that was not found is not there."""
        return listed(inventory_at(self._database, date, platform=platform, known_at=known_at), ModelRef, "model")

    def inventory_diff(self, earlier: When, later: When, platform: str | None = None, *, known_at: When | None = None) -> InventoryDiff:
        """Return what appeared, went and changed between two dates, and who changed it."""
        return inventory_diff(self._database, earlier, later, platform=platform, known_at=known_at)

    def overview(self) -> Overview:
        """Count what there is now: models by type, platform, tier and status, events, groups, ports, seals."""
        return overview(self._database)
