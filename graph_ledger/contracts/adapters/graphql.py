"""GraphQL SDL: a snapshot out of a schema, with the directives that s2dm gives it. An object type is an entity, a field its property."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_ledger.contracts.adapters.combine import combine
from graph_ledger.contracts.adapters.former import former_labels
from graph_ledger.contracts.adapters.graphql_directives import INSTANCES, excluded_by, former_by, has, told_by
from graph_ledger.contracts.adapters.graphql_fields import aspects_of_field, named_type
from graph_ledger.contracts.adapters.graphql_parse import OPERATIONS, parse_files, place_of

if TYPE_CHECKING:
    from graphql import (
        DefinitionNode,
        DirectiveNode,
        EnumTypeDefinitionNode,
        EnumTypeExtensionNode,
        FieldDefinitionNode,
        ObjectTypeDefinitionNode,
        ObjectTypeExtensionNode,
    )

    Objects = list[ObjectTypeDefinitionNode | ObjectTypeExtensionNode]
    Enums = list[EnumTypeDefinitionNode | EnumTypeExtensionNode]


def graphql_snapshot(files: list[Path]) -> dict[str, Any]:
    """Return the snapshot that the files of one schema hold; the types of its operations are no part of a model.

    Raises:
        ReportError: They are not valid; the message says where.
        ModuleNotFoundError: graphql-core is not installed.
    """
    schema = _Schema(parse_files(files))
    return {label: schema.entity(label) for label in schema.objects} | {label: schema.set_of(label) for label in schema.enums}


class _Schema:
    """The object types and enums of a schema, each with what extends it."""

    def __init__(self, definitions: "Iterable[DefinitionNode]") -> None:
        from graphql import (
            EnumTypeDefinitionNode,
            EnumTypeExtensionNode,
            ObjectTypeDefinitionNode,
            ObjectTypeExtensionNode,
            SchemaDefinitionNode,
            SchemaExtensionNode,
        )

        self.objects: dict[str, Objects] = {}
        self.enums: dict[str, Enums] = {}
        named: dict[str, str] = {}
        # Stable, so that a definition stands before what extends it, wherever that was written.
        for each in sorted(definitions, key=lambda node: node.kind.endswith("extension")):
            if isinstance(each, (ObjectTypeDefinitionNode, ObjectTypeExtensionNode)):
                self.objects.setdefault(each.name.value, []).append(each)
            elif isinstance(each, (EnumTypeDefinitionNode, EnumTypeExtensionNode)):
                self.enums.setdefault(each.name.value, []).append(each)
            elif isinstance(each, (SchemaDefinitionNode, SchemaExtensionNode)):
                named |= {one.operation.value: one.type.name.value for one in each.operation_types or ()}
        for root in named.values() or OPERATIONS:
            self.objects.pop(root, None)

    def entity(self, label: str) -> dict[str, Any]:
        """Return an object type with its fields."""
        nodes = self.objects[label]
        former = former_by(_directives(nodes))
        bases = list(dict.fromkeys(each.name.value for node in nodes for each in node.interfaces or ()))
        aspects = _described(nodes) | ({"implements": bases} if bases else {})
        return {
            "kind": "ENTITY",
            "renamed_from": former,
            "instances": self._instances(label),
            "aspects": told_by(_directives(nodes), aspects),
            "properties": {
                (own := f"{label}.{field.name.value}"): {
                    "renamed_from": former_labels(own, label, former_by(field.directives or ()), former),
                    "aspects": aspects_of_field(field),
                }
                for field in self._fields(label)
            },
        }

    def set_of(self, label: str) -> dict[str, Any]:
        """Return an enum with its values."""
        nodes = self.enums[label]
        former = former_by(_directives(nodes))
        return {
            "kind": "ENUMERATION_SET",
            "renamed_from": former,
            "aspects": told_by(_directives(nodes), _described(nodes)),
            "values": {
                (own := f"{label}.{value.name.value}"): {
                    "renamed_from": former_labels(own, label, former_by(value.directives or ()), former),
                    "aspects": told_by(value.directives or (), _described([value])),
                }
                for node in nodes
                for value in node.values or ()
            },
        }

    def _fields(self, label: str) -> "list[FieldDefinitionNode]":
        return [field for node in self.objects[label] for field in node.fields or ()]

    def _instances(self, label: str) -> list[str]:
        """Return the instances that the field with ``@instanceTag`` gives a type, but those that are left out."""
        field = next((each for each in self._fields(label) if has(each.directives or (), INSTANCES)), None)
        if field is None:
            return []
        tag = named_type(field.type) or ""
        node = (self.objects.get(tag) or self.enums.get(tag) or [None])[0]
        dimensions = (
            [tag] if tag in self.enums else [named_type(each.type) or "" for each in self._fields(tag)] if tag in self.objects else []
        )
        if node is None or not dimensions or any(each not in self.enums for each in dimensions):
            raise place_of(field).refuse(f"@{INSTANCES}: {tag or 'a list'!r} is no enum, and no type whose fields are all enums")
        found = combine([tuple(self._names(each)) for each in dimensions], place_of(field))
        without = [*excluded_by(field.directives or ()), *excluded_by(_directives([node]))]
        unknown = next((each for each in without if each not in found), None)
        if unknown is not None:
            raise place_of(field).refuse(f"@{INSTANCES}: exclude: there is no instance {unknown!r}")
        return [each for each in found if each not in without]

    def _names(self, enum: str) -> list[str]:
        return [value.name.value for node in self.enums[enum] for value in node.values or ()]


def _directives(nodes: "Iterable[Any]") -> "list[DirectiveNode]":
    return [each for node in nodes for each in node.directives or ()]


def _described(nodes: "Iterable[Any]") -> dict[str, Any]:
    """Return the description of what is defined; an extension has none."""
    return next(({"description": text.value} for node in nodes if (text := getattr(node, "description", None))), {})
