"""The tools about identity: what models are, now and at any date."""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.surfaces.tools.lineage import ModelInput
from graph_ledger.surfaces.tools.tool import Asked, Dated, Told, tool
from graph_ledger.values.check import Check
from graph_ledger.values.inventory import InventoryDiff
from graph_ledger.values.model import ModelRef
from graph_ledger.values.overview import Overview
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

FIELDS = ("owner", "model_type", "tier", "purpose", "model_origin", "status", "metadata")
LARGEST = 10_000
"""Most models of one answer."""


class Nothing(Asked):
    """Nothing is asked but the whole."""


class RegisterInput(Told):
    """What a model is."""

    name: str = Field(min_length=1, pattern=r"\S")
    """Its name."""
    owner: str
    """Who answers for it."""
    model_type: str
    """What kind of thing it is, such as ml_model, heuristic, etl_job."""
    tier: str
    """How risky it is, such as high, medium, low."""
    purpose: str
    """What it is for."""
    platform: str = ""
    """Where it runs."""
    model_origin: str | None = None
    """Where it came from. Left out: internal."""
    status: str | None = None
    """Where it is in its life. Left out: active."""
    actor: str = "system"
    """Who did it. A service that was asked with a key signs with the key's name, and keeps this one as `on_behalf_of`."""
    metadata: dict[str, Any] | None = None
    """Whatever else is known, as JSON."""
    payload: dict[str, Any] | None = None
    """What else the event is to say, as JSON."""


REGISTERED = {"name": "loan_pricing_v2", "owner": "pricing-team", "model_type": "ml_model", "tier": "high", "purpose": "Prices loans"}


@tool(REGISTERED, role="writer")
def register(ledger: "Ledger", asked: RegisterInput) -> ModelRef:
    """Give a model its identity; on a known one, record what differs by one event that carries old and new."""
    return ledger.register(**asked.model_dump())


class UpdateInput(Told):
    """What is not any more as it was."""

    model: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    reason: str | None = None
    """Why."""
    owner: str | None = None
    """Who answers for it from then on."""
    model_type: str | None = None
    """What kind of thing it is."""
    tier: str | None = None
    """How risky it is."""
    purpose: str | None = None
    """What it is for."""
    model_origin: str | None = None
    """Where it came from."""
    status: str | None = None
    """Where it is in its life."""
    metadata: dict[str, Any] | None = None
    """Whatever else is known, as JSON; replaces what was."""


@tool({"model": "fraud_scoring", "tier": "high", "actor": "mrm-team", "reason": "yearly review"}, role="writer")
def update(ledger: "Ledger", asked: UpdateInput) -> ModelRef:
    """Change identity fields of a model by one event that carries old and new; what is left out stays, equal values are silent."""
    fields = {name: value for name in FIELDS if (value := getattr(asked, name)) is not None}
    return ledger.update(asked.model, actor=asked.actor, reason=asked.reason, timestamp=asked.timestamp, **fields)


@tool({"model": "fraud_scoring"}, subject="model", address="models")
def get(ledger: "Ledger", asked: ModelInput) -> ModelRef:
    """Return a model's identity, every field as of the moment asked for."""
    return ledger.get(asked.model, **asked.moment)


class ListInput(Dated):
    """Which models."""

    text: str | None = None
    """Words of the name or the purpose."""
    owner: str | None = None
    """Whose they are."""
    platform: str | None = None
    """Where they run."""
    model_type: str | None = None
    """What kind of thing they are."""
    tier: str | None = None
    """How risky they are."""
    status: str | None = None
    """Where they are in their life."""
    limit: int = Field(default=1_000, ge=1, le=LARGEST)
    """How many at most."""
    offset: int = Field(default=0, ge=0, le=2**31)
    """How many to pass over."""


class Models(Value):
    """Models, in order."""

    models: tuple[ModelRef, ...]
    """Every field of the moment asked for."""


@tool({"platform": "ml", "tier": "high", "limit": 3}, address="list")
def list_(ledger: "Ledger", asked: ListInput) -> Models:
    """List the models that fit every filter, by name, with all that identifies them."""
    given = {name: value for name, value in asked.model_dump().items() if value is not None}
    return Models.model_construct(models=tuple(ledger.list(**given)))


class InventoryInput(Asked):
    """As of when."""

    date: str
    """The date, such as `2026-12-31`: its end."""
    platform: str | None = None
    """Only on this platform."""
    known_at: str | None = None
    """As the ledger knew it at this date or time. Left out: now."""


@tool({"date": "2099-12-31", "platform": "rules"})
def inventory_at(ledger: "Ledger", asked: InventoryInput) -> Models:
    """Return the inventory as it stood at a date: the models present then, every field as it was then."""
    return Models.model_construct(models=tuple(ledger.inventory_at(asked.date, asked.platform, known_at=asked.known_at)))


class InventoryDiffInput(Asked):
    """Between when and when."""

    earlier: str
    """The earlier date."""
    later: str
    """The later date."""
    platform: str | None = None
    """Only on this platform."""
    known_at: str | None = None
    """As the ledger knew it at this date or time. Left out: now."""


@tool({"earlier": "2024-01-01", "later": "2099-12-31", "platform": "bi"})
def inventory_diff(ledger: "Ledger", asked: InventoryDiffInput) -> InventoryDiff:
    """Say what appeared, went and changed between two dates, with old and new, who did it and when."""
    return ledger.inventory_diff(asked.earlier, asked.later, asked.platform, known_at=asked.known_at)


@tool({})
def overview(ledger: "Ledger", asked: Nothing) -> Overview:
    """Count what there is now: models by type, platform, tier and status, events, groups, ports, seals."""
    del asked
    return ledger.overview()


class Doctor(Value):
    """What the doctor saw."""

    ok: bool
    """Whether all is well."""
    checks: tuple[Check, ...]
    """One thing each."""


@tool({})
def doctor(ledger: "Ledger", asked: Nothing) -> Doctor:
    """Look at server, driver, schema, clock and leases; say what is wrong and what to do about it."""
    del asked
    checks = tuple(ledger.doctor())
    return Doctor(ok=all(check.ok for check in checks), checks=checks)
