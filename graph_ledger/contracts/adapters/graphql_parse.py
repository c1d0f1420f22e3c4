"""The definitions of GraphQL files, parsed and checked by graphql-core, which is imported only when there are such files."""

from pathlib import Path
from typing import TYPE_CHECKING

from graph_ledger.contracts.adapters.places import Place
from graph_ledger.contracts.inputs import text_of
from graph_ledger.errors import ReportError

if TYPE_CHECKING:
    from graphql import DefinitionNode, DocumentNode, Node

COMMAND = 'pip install "graph-ledger[graphql]"'
RULES = (
    "LoneSchemaDefinitionRule", "UniqueOperationTypesRule", "UniqueTypeNamesRule", "UniqueEnumValueNamesRule", "PossibleTypeExtensionsRule",
    "UniqueFieldDefinitionNamesRule", "UniqueArgumentDefinitionNamesRule", "UniqueDirectiveNamesRule", "UniqueArgumentNamesRule",
)  # fmt: skip
"""What a schema is checked for. Scalars and directives need no definition: s2dm keeps those that it knows outside of a model."""
OPERATIONS = ("Query", "Mutation", "Subscription")


def parse_files(files: list[Path]) -> "list[DefinitionNode]":
    """Return the definitions of one schema, whose parts the files are; a file without any is valid.

    Raises:
        ReportError: It is no GraphQL, or no schema; the message says where.
        ModuleNotFoundError: graphql-core is not installed.
    """
    try:
        from graphql import DocumentNode, GraphQLError, validation
        from graphql.validation.validate import validate_sdl
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"{error}: {COMMAND} brings graphql-core, which reads {files[0]}") from None
    try:
        definitions = _without_operations([each for file in files for each in _parsed(file).definitions])
        document = DocumentNode(definitions=tuple(definitions))
        faults = validate_sdl(document, rules=[getattr(validation, rule) for rule in RULES])
        if faults:
            raise faults[0]
    except GraphQLError as error:
        where = error.locations[0] if error.locations else None
        file = error.source.name if error.source else files[0]
        said = error.message.removeprefix("Syntax Error: ")
        raise ReportError(f"not GraphQL SDL: {said}", file=file, line=where and where.line, column=where and where.column) from None
    except RecursionError:
        raise ReportError("not GraphQL SDL that can be read: nested too deep", file=files[0]) from None
    return definitions


def place_of(node: "Node") -> Place:
    """Return where a node stands."""
    from graphql import get_location

    if node.loc is None:
        raise AssertionError(f"a {node.kind} without a place: it was not parsed here")
    found = get_location(node.loc.source, node.loc.start)
    return Place(Path(node.loc.source.name), found.line, found.column)


def _without_operations(definitions: "list[DefinitionNode]") -> "list[DefinitionNode]":
    """Leave out what extends the type of an operation that another schema defines: it is no part of a model."""
    from graphql import ObjectTypeDefinitionNode, ObjectTypeExtensionNode

    away = set(OPERATIONS) - {each.name.value for each in definitions if isinstance(each, ObjectTypeDefinitionNode)}
    return [each for each in definitions if not (isinstance(each, ObjectTypeExtensionNode) and each.name.value in away)]


def _parsed(file: Path) -> "DocumentNode":
    from graphql import DocumentNode, Lexer, Source, TokenKind, TypeSystemDefinitionNode, TypeSystemExtensionNode, parse

    source = Source(text_of(file, ReportError), str(file))
    if Lexer(source).advance().kind is TokenKind.EOF:
        return DocumentNode(definitions=())
    document = parse(source)
    for each in document.definitions:
        if not isinstance(each, (TypeSystemDefinitionNode, TypeSystemExtensionNode)):
            raise place_of(each).refuse("not GraphQL SDL: a query defines no model")
    return document
