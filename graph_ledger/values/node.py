"""DataNode: anything that reads some things and writes others."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.errors import ValidationError
from graph_ledger.values.column import ColumnFlow, column_flows
from graph_ledger.values.port import DataPort, check_text, folded, normal
from graph_ledger.values.value import Value

__all__ = ["MAX_PLATFORM", "DataNode", "PortLike", "check_name", "check_platform", "key_of", "normal"]

PortLike = DataPort | str | Mapping[str, Any]
MAX_PLATFORM = 256


class DataNode(Value):
    """A model, rule, job, queue or table, with the ports it reads and writes.

    A node may be made with any name; `Ledger.add` refuses a bad one by itself and goes on with the others.

    Raises:
        ValidationError: A port is neither a text, a DataPort nor a mapping with an ``identifier``, or a column no ColumnFlow.
    Source: ``docs/concepts.md``, nodes and ports.

    >>> DataNode("fraud_scorer", platform="ml", inputs=["Features"], outputs=["scores"]).inputs
    (DataPort('features'),)
    """

    name: str
    """Name as given; Unicode normalization form C when it is stored."""
    platform: str = ""
    """Where it runs; part of its identity, compared lower-cased, without a slash."""
    inputs: tuple[DataPort, ...] = ()
    """What it reads."""
    outputs: tuple[DataPort, ...] = ()
    """What it writes."""
    metadata: dict[str, Any] = {}
    """Whatever else is known, as JSON: owner, tier, purpose, model_type and status update the model."""
    columns: tuple[ColumnFlow, ...] = ()
    """Which columns of the outputs come from which columns of the inputs, as far as it is known."""

    def __init__(
        self,
        name: str,
        platform: str = "",
        inputs: Iterable[PortLike] = (),
        outputs: Iterable[PortLike] = (),
        metadata: Mapping[str, Any] | None = None,
        columns: Iterable[ColumnFlow | Mapping[str, Any]] = (),
    ) -> None:
        # Built without a second validation: a load makes these by the ten thousand.
        if not isinstance(name, str) or not isinstance(platform, str):
            raise ValidationError(f"name and platform are texts, not {name!r} and {platform!r}")
        fields = {
            "name": name,
            "platform": platform,
            "inputs": _ports(inputs, name),
            "outputs": _ports(outputs, name),
            "metadata": dict(metadata or {}),
            "columns": column_flows(columns, name) if columns else (),
        }
        object.__setattr__(self, "__dict__", fields)
        object.__setattr__(self, "__pydantic_fields_set__", _ALL_FIELDS)
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)


_ALL_FIELDS = set(DataNode.model_fields)
"""Given is always every field; nodes are frozen, so all share one set: of 100,000 nodes that is 70 MB."""


def check_name(name: str) -> str:
    """Refuse a name that no model can have; return it in Unicode normalization form C."""
    return check_text(normal(check_text(name, "name")), "name")


def check_platform(platform: str) -> str:
    """Refuse a platform that no key can hold; return it lower-cased."""
    if not platform:
        return ""
    if "/" in platform:
        raise ValidationError(f"the platform {platform!r} holds a slash, which divides platform and name in a key: use another character")
    return check_text(folded(check_text(platform, "platform", MAX_PLATFORM)), "platform", MAX_PLATFORM)


def key_of(platform: str, name: str) -> str:
    """Return the key of a model: ``platform/name``.

    >>> key_of("ETL", "features")
    'etl/features'
    """
    return f"{folded(platform)}/{name}"


def _ports(given: Iterable[PortLike], node: str) -> tuple[DataPort, ...]:
    if isinstance(given, (str, Mapping)):
        raise ValidationError(f"the ports of {node!r} are a list, not {given!r}: write [{given!r}]")
    return tuple(DataPort.of(port) for port in given)
