"""ModelRef: what a thing is called, whose it is, how risky, what for."""

from datetime import datetime, timezone
from functools import cache
from typing import Any

from pydantic import Field, model_validator
from typing_extensions import Self

from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.node import key_of
from graph_ledger.values.value import Value

NOBODY = "unknown"
"""The owner of what nobody said one of."""
STATUSES = ("development", "review", "active", "deprecated", "retired")
"""Words that a source may use for a status; any other is no opinion."""


class ModelRef(Value):
    """The identity of a model, as of one moment.

    Source: ``docs/concepts.md``, identity.

    >>> ModelRef(name="fraud", platform="ml", owner="risk", model_type="ml_model", tier="high", purpose="Cards").key
    'ml/fraud'
    """

    name: str
    """Name as given, in Unicode normalization form C."""
    platform: str = ""
    """Where it runs, lower-cased; empty when it was registered without one."""
    owner: str
    """Who answers for it; `unknown` where nobody said."""
    model_type: str
    """What kind of thing it is, such as ml_model, heuristic, etl_job."""
    model_origin: str = "internal"
    """Where it came from, such as internal or vendor."""
    tier: str
    """How risky it is, such as high, medium, low; `unclassified` where nobody said."""
    purpose: str
    """What it is for."""
    status: str = "active"
    """Where it is in its life, such as active or deprecated."""
    present: bool = True
    """False once no source that listed it sees it any more."""
    created_at: datetime = Field(default_factory=lambda: datetime.now(timezone.utc))
    """When it first was: the time of its earliest event, UTC."""
    last_seen: datetime | None = None
    """When a source last saw it, UTC; None where none did."""
    metadata: dict[str, Any] = {}
    """Whatever else is known, as JSON."""
    key: str = ""
    """Its name in the graph: `platform/name`."""
    model_hash: str = ""
    """Its identity for ever: 32 hex digits over platform and name at first registration."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "name" not in given:
            return given
        platform, name = given.get("platform", ""), given["name"]
        filled = dict(given)
        filled["key"] = given.get("key") or key_of(platform, name)
        filled["model_hash"] = given.get("model_hash") or model_hash(platform, name)
        return filled

    @classmethod
    def of_fields(cls, fields: dict[str, Any]) -> Self:
        """Make one of all its fields as the database has them, without a second validation: an inventory holds ten thousand."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", fields)
        object.__setattr__(made, "__pydantic_fields_set__", _all_fields(cls))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


@cache
def _all_fields(cls: type[ModelRef]) -> set[str]:
    """Given is always every field; models are frozen, so all of a kind share one set."""
    return set(cls.model_fields)


ModelLike = str | ModelRef
"""Wherever a model is asked for: its key, its `model_hash`, a bare name that one model has, or a ModelRef."""


def model_hash(platform: str, name: str) -> str:
    """Return the identity of what is first registered as ``platform`` and ``name``.

    >>> model_hash("etl", "features")
    '78441d699c10950ea70eb11a72fa7572'
    """
    return short_digest(canonical_json([platform.lower(), name]))


def identity_hash(identity: str) -> str:
    """Return the identity of what has one of its own, a URI, so that its name may change.

    >>> identity_hash("http://ns.example/concepts/0")
    '79dfd6274bad87d4c23909c1f5d38031'
    """
    return short_digest(canonical_json([identity]))
