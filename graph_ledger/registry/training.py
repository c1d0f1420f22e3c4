"""Training: what a version was trained on, as people name it: models, ports, elements of a data contract."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from graph_ledger.database.database import Database
from graph_ledger.errors import AmbiguousModelError, ValidationError
from graph_ledger.models.resolve import platform_first
from graph_ledger.values.asked import name_of
from graph_ledger.values.model import ModelRef
from graph_ledger.values.port import DataPort
from graph_ledger.values.registry.reference import Reference


@dataclass(frozen=True, slots=True)
class Trained:
    """What it was trained on, found."""

    said: tuple[str, ...] = ()
    """Keys of models, URIs of contracts and identifiers of ports, in the order given."""
    ports: tuple[DataPort, ...] = ()
    """What the version reads."""
    models: tuple[str, ...] = ()
    """Keys of models that write nothing: the version depends on them by declaration."""
    contracts: tuple[str, ...] = ()
    """URIs that were named themselves."""
    named: tuple[str, ...] = ()
    """Keys of all models that were named."""


def found(database: Database, references: Iterable[Reference] | Reference) -> Trained:
    """Find what people named; what is no model is a port, whether or not anybody writes it yet.

    Raises:
        AmbiguousModelError: Several models have that name.
        ValidationError: Something is neither a model nor a port.
    """
    given = [references] if isinstance(references, (str, ModelRef, DataPort)) else list(references)
    asked = [_asked(each) for each in given]
    if not asked:
        return Trained()
    row = database.read("registry/training", asked=asked, platform_first=[platform_first(each) for each in asked])
    said: list[str] = []
    ports: dict[str, DataPort] = {}
    models: list[str] = []
    named: list[str] = []
    contracts: list[str] = []
    for each, text, keys, written, elements in zip(given, asked, row["keys"], row["ports"], row["elements"], strict=True):
        if isinstance(each, DataPort) or not (keys or elements):
            port = each if isinstance(each, DataPort) else DataPort(text)
            own = [port]
            said.append(port.identifier)
        elif keys:
            if len(keys) > 1:
                raise AmbiguousModelError(text, keys)
            own = [DataPort(identifier, **(json.loads(schema) if schema else {})) for identifier, schema in written]
            models += [] if own else keys
            named += keys
            said += keys
        else:
            own = [DataPort(identifier) for identifier in elements]
            contracts.append(text)
            said.append(text)
        ports |= {port.key: port for port in own}
    return Trained(tuple(dict.fromkeys(said)), tuple(ports.values()), tuple(dict.fromkeys(models)), tuple(contracts), tuple(named))


def _asked(reference: Reference) -> str:
    if isinstance(reference, DataPort):
        return reference.identifier
    if not isinstance(reference, (str, ModelRef)):
        raise ValidationError(f"trained_on names models and ports, not {reference!r}")
    return name_of(reference)
