"""What directives tell of an element: aspects, former labels, and what is left out of instances."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from graph_ledger.contracts.adapters.graphql_parse import place_of
from graph_ledger.contracts.adapters.plain import plain

if TYPE_CHECKING:
    from graphql import DirectiveNode

FLAT = ("range", "metadata")
"""Their arguments are aspects themselves: ``min``, ``max``, ``comment``."""
INSTANCES, FORMER, WRITTEN_BACK = "instanceTag", "renamedFrom", "modl"
NO_ASPECTS = (INSTANCES, FORMER, WRITTEN_BACK)


def told_by(directives: "Iterable[DirectiveNode]", aspects: dict[str, Any]) -> dict[str, Any]:
    """Return aspects with those that directives tell: each by its name, with its arguments, or true without any.

    Raises:
        ReportError: Two tell the same aspect.
    """
    found = dict(aspects)
    for each in directives:
        name, arguments = each.name.value, arguments_of(each)
        if name in NO_ASPECTS:
            continue
        told = {name: arguments or True}
        if name == "deprecated":
            told = {"deprecation": arguments.get("reason", True)}
        elif name in FLAT:
            told = arguments
        for key, value in told.items():
            if key in found:
                raise place_of(each).refuse(f"@{name} tells {key!r}, which was told already")
            found[key] = value
    return found


def former_by(directives: "Iterable[DirectiveNode]") -> list[str]:
    """Return the labels that ``@renamedFrom(label: "Vehicle.velocity")`` tells; a list of them will do, too."""
    return _texts(directives, FORMER, "label")


def excluded_by(directives: "Iterable[DirectiveNode]") -> list[str]:
    """Return the instances that ``@instanceTag(exclude: ["ROW1.MIDDLE"])`` leaves out."""
    return _texts(directives, INSTANCES, "exclude")


def has(directives: "Iterable[DirectiveNode]", name: str) -> bool:
    """Say whether a directive stands here."""
    return any(each.name.value == name for each in directives)


def arguments_of(directive: "DirectiveNode") -> dict[str, Any]:
    """Return the arguments of a directive as plain values.

    Raises:
        ReportError: JSON has no such value.
    """
    from graphql import value_from_ast_untyped

    return {each.name.value: plain(value_from_ast_untyped(each.value), place_of(each)) for each in directive.arguments or ()}


def _texts(directives: "Iterable[DirectiveNode]", name: str, argument: str) -> list[str]:
    found: list[str] = []
    for each in directives:
        if each.name.value == name:
            told = arguments_of(each).get(argument) or []
            said = told if isinstance(told, list) else [told]
            if not all(isinstance(text, str) and text.strip() for text in said):
                raise place_of(each).refuse(f"@{name}: {argument} is a text, or a list of them")
            found.extend(said)
    return found
