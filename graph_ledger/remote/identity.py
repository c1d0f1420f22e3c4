"""Identity: what a model is, now and at any date; asked of a service."""

import builtins
from collections.abc import Mapping
from typing import Any

from graph_ledger.errors import ValidationError
from graph_ledger.remote.answers import models
from graph_ledger.remote.base import Asking
from graph_ledger.remote.plain import filters_of, json_of, time_of, times_of
from graph_ledger.values.asked import name_of
from graph_ledger.values.bound import MOST, check_bound
from graph_ledger.values.inventory import InventoryDiff
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import When
from graph_ledger.values.overview import Overview
from graph_ledger.values.query import ModelPage, Order

# The class has a verb called list, so what its verbs return is named here.
Models = Listed[ModelRef]
FILTERS = ("text", "owner", "platform", "model_type", "tier", "status")


class RemoteIdentity(Asking):
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
        """Give a model its identity; on a known one, record what differs."""
        return self._value(
            "register", ModelRef,
            name=name, owner=owner, model_type=model_type, tier=tier, purpose=purpose, model_origin=model_origin, status=status,
            actor=actor, platform=platform, metadata=json_of(metadata), payload=json_of(payload), timestamp=time_of(timestamp, "timestamp"),
        )  # fmt: skip

    def update(self, model: ModelLike, *, actor: str, reason: str | None = None, timestamp: When | None = None, **fields: Any) -> ModelRef:
        """Change identity fields of a model by one event that carries old and new; equal values are silent."""
        if unsaid := sorted(name for name, value in fields.items() if value is None):
            raise ValidationError(f"{', '.join(unsaid)}: None is no value to set; leave out what is to stay")
        said = {name: json_of(value) if name == "metadata" else value for name, value in fields.items()}
        when = time_of(timestamp, "timestamp")
        return self._value("update", ModelRef, model=name_of(model), actor=actor, reason=reason, timestamp=when, **said)

    def get(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> ModelRef:
        """Return a model, every field as of the moment asked for."""
        return self._value("get", ModelRef, model=name_of(model), **times_of(as_of, known_at))

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
        """Return the models that fit, by name, page after page; a model that comes in between two pages may be missing or stand twice."""
        asked = {**times_of(as_of, known_at), **filters_of({"text": text, **filters}, FILTERS)}
        most = MOST if limit is None else check_bound(limit, "limit", least=0)
        check_bound(offset, "offset", least=0)
        found: builtins.list[ModelRef] = []
        while len(found) < most:
            told, page = self._rows("list", models, most - len(found), offset=offset + len(found), **asked)
            found += told
            if len(told) < page:
                break
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
        """Return one page of the models that fit; a long one is put together of several."""
        since = time_of(changed_since, "changed_since")
        if validated is not None and not isinstance(validated, bool):
            raise ValidationError(f"validated is True, False or None, not {validated!r}")
        asked = {"changed_since": since, "validated": validated, "order": order, **times_of(as_of, known_at)}
        asked |= filters_of({"text": text, **filters}, FILTERS)
        check_bound(limit, "limit", least=1)
        check_bound(offset, "offset", least=0)
        page = self._page(limit, offset=offset, **asked)
        while len(page.models) < limit and page.has_more:
            more = self._page(limit - len(page.models), offset=offset + len(page.models), **asked)
            if not more.models:
                break
            page = page.model_copy(update={"models": page.models + more.models})
        return page

    def inventory_at(self, date: When, platform: str | None = None, *, known_at: When | None = None) -> Models:
        """Return the models that were present at a date, by key, every field as it was then; one that was not found is not there."""
        times = {"date": time_of(date, "date"), "known_at": time_of(known_at, "known_at")}
        return listed(self._ask("inventory_at", models, platform=platform, **times), ModelRef, "model")

    def inventory_diff(self, earlier: When, later: When, platform: str | None = None, *, known_at: When | None = None) -> InventoryDiff:
        """Return what appeared, went and changed between two dates, and who changed it."""
        dates = {"earlier": time_of(earlier, "earlier"), "later": time_of(later, "later")}
        return self._value("inventory_diff", InventoryDiff, platform=platform, known_at=time_of(known_at, "known_at"), **dates)

    def overview(self) -> Overview:
        """Count what there is now: models by type, platform, tier and status, events, groups, ports, seals."""
        return self._value("overview", Overview)

    def _page(self, wanted: int, **asked: Any) -> ModelPage:
        fields = tuple(ModelPage.model_fields)
        return self._rows("query", lambda told: ModelPage.model_validate({name: told[name] for name in fields}), wanted, **asked)[0]
