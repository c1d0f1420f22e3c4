"""Every public name of the package, found by asking the package, so that the reference forgets none."""

import inspect
import typing
from collections.abc import Iterator
from functools import cached_property

from pydantic import BaseModel

import graph_ledger
from graph_ledger import Ledger, connectors, errors
from graph_ledger.connectors.registry import OURS

ROOM = "graph_ledger.values."
BASES = {"Value", "Row", "Document", "Drawn"}
"""What values are made of; nobody is handed one."""


def values() -> list[str]:
    """Return the paths of what verbs take and give, and of the parts of these, by name."""
    found: set[type] = set()
    for function in _verbs(Ledger):
        for hint in typing.get_type_hints(function).values():
            found |= set(_within(hint, found))
    for name in graph_ledger.__all__:
        found |= set(_within(getattr(graph_ledger, name), found))
    return sorted((path(each) for each in found), key=lambda text: text.rpartition(".")[2])


def _verbs(kind: type) -> Iterator[typing.Any]:
    """Yield the public functions of a class, and those of the rooms that it opens."""
    for name in (name for name in dir(kind) if not name.startswith("_")):
        member = inspect.getattr_static(kind, name)
        if isinstance(member, cached_property):
            yield from _verbs(typing.get_type_hints(member.func)["return"])
        elif isinstance(member, (property, classmethod, staticmethod)) or inspect.isfunction(member):
            yield member.fget if isinstance(member, property) else getattr(member, "__func__", member)


def functions() -> list[str]:
    """Return the paths of the functions that the package itself offers, apart from connectors."""
    offered = [getattr(graph_ledger, name) for name in graph_ledger.__all__]
    return [path(each) for each in offered if inspect.isfunction(each) and not path(each).startswith("graph_ledger.connectors")]


def raised(error: type = errors.GraphLedgerError) -> Iterator[str]:
    """Yield the paths of an error and of all below it, from the root on."""
    yield path(error)
    below: list[type] = error.__subclasses__()
    for each in below:
        if each.__module__.startswith("graph_ledger."):
            yield from raised(each)


def read_by() -> list[str]:
    """Return the paths of the contract of connectors, then of every factory; what stands among the values is left out."""
    offered = [path(getattr(graph_ledger, name)) for name in graph_ledger.__all__]
    factories = {name for name in offered if name.startswith("graph_ledger.connectors.")} | {
        name.replace(":", ".") for name in OURS.values()
    }
    contract = [path(getattr(connectors, name)) for name in connectors.__all__]
    told = {*values(), *contract}
    return [name for name in contract if name not in set(values())] + sorted(factories - told)


def path(thing: object) -> str:
    """Return the dotted path of a class or a function."""
    named = typing.cast("type", thing)
    return f"{named.__module__}.{named.__qualname__}"


def _within(hint: object, known: set[type]) -> Iterator[type]:
    for part in typing.get_args(hint):
        yield from _within(part, known)
    kind = typing.get_origin(hint) or hint
    if not isinstance(kind, type) or kind in known or not kind.__module__.startswith(ROOM) or kind.__name__ in BASES:
        return
    known.add(kind)
    yield kind
    for base in [*kind.__bases__, *getattr(kind, "__orig_bases__", ())]:
        yield from _within(base, known)
    if issubclass(kind, BaseModel):
        for field in kind.model_fields.values():
            yield from _within(field.annotation, known)
