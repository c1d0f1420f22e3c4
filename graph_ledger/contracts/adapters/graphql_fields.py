"""What a field tells of its property: type, unit, arguments."""

from typing import TYPE_CHECKING, Any

from graph_ledger.contracts.adapters.graphql_directives import told_by

if TYPE_CHECKING:
    from graphql import FieldDefinitionNode, InputValueDefinitionNode, TypeNode

UNIT = "unit"


def aspects_of_field(field: "FieldDefinitionNode") -> dict[str, Any]:
    """Return the aspects of a field: ``[T!]!`` is required, a list, with items that are required, of the type T.

    The default of its argument ``unit`` is its unit, by the label of that value: ``VelocityUnit.KILOM_PER_HR``.
    """
    arguments = {each.name.value: each for each in field.arguments or ()}
    unit = arguments.pop(UNIT, None)
    described = {"description": field.description.value} if field.description else {}
    measured = {"unit": _unit(unit)} if unit else {}
    asked = {"arguments": {name: _printed(each) for name, each in arguments.items()}} if arguments else {}
    return told_by(field.directives or (), described | aspects_of_type(field.type) | measured | asked)


def aspects_of_type(of: "TypeNode") -> dict[str, Any]:
    """Return what a type tells of its field."""
    from graphql import ListTypeNode, print_ast

    inner, is_required = _nullable(of)
    if not isinstance(inner, ListTypeNode):
        return {"output_type": print_ast(inner), "is_list": False, "is_required": is_required}
    item, items_required = _nullable(inner.type)
    return {"output_type": print_ast(item), "is_list": True, "is_required": is_required, "items_required": items_required}


def named_type(of: "TypeNode") -> str | None:
    """Return the name of a type that is no list."""
    from graphql import NamedTypeNode

    inner, _ = _nullable(of)
    return inner.name.value if isinstance(inner, NamedTypeNode) else None


def _nullable(of: "TypeNode") -> "tuple[TypeNode, bool]":
    from graphql import NonNullTypeNode

    return (of.type, True) if isinstance(of, NonNullTypeNode) else (of, False)


def _unit(argument: "InputValueDefinitionNode") -> Any:
    from graphql import EnumValueNode, value_from_ast_untyped

    kind, default = named_type(argument.type), argument.default_value
    if isinstance(default, EnumValueNode):
        return f"{kind}.{default.value}"
    return kind if default is None else value_from_ast_untyped(default)


def _printed(argument: "InputValueDefinitionNode") -> str:
    from graphql import print_ast

    default = "" if argument.default_value is None else f" = {print_ast(argument.default_value)}"
    return f"{print_ast(argument.type)}{default}"
