"""Everything of the package that is public, as the package itself says it."""

import inspect
import re
from importlib import import_module

import graph_ledger
from graph_ledger import Ledger, connectors, errors
from graph_ledger.connectors import registry

VERBS = [name for name in dir(Ledger) if not name.startswith("_")]


def offered() -> list[type]:
    """Return the classes and functions that the package and the room of connectors list, apart from Ledger."""
    listed = [getattr(graph_ledger, name) for name in graph_ledger.__all__ if name != "Ledger"]
    return [*listed, *(getattr(connectors, name) for name in connectors.__all__)]


def raised() -> list[type]:
    """Return every error."""
    return [each for each in vars(errors).values() if inspect.isclass(each) and each.__module__ == errors.__name__]


def values() -> list[type]:
    """Return the values that a signature of the ledger names."""
    told = " ".join(str(inspect.signature(getattr(Ledger, name))) for name in VERBS if callable(getattr(Ledger, name)))
    named = sorted(set(re.findall(r"(graph_ledger\.values\.\w+)\.([A-Z]\w+)", told)))
    return [getattr(import_module(module), name) for module, name in named]


def paths() -> set[str]:
    """Return where each public name is, Ledger's verbs and the factories of the connectors included."""
    classes = [*offered(), *raised(), *values()]
    factories = {target.replace(":", ".") for target in registry.OURS.values()}
    return {f"graph_ledger.Ledger.{name}" for name in VERBS} | {f"{each.__module__}.{each.__qualname__}" for each in classes} | factories
