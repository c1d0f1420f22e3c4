"""Ports: the named things that nodes write and read; where two ports match, a dependency is."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from graph_ledger.errors import ValidationError
from graph_ledger.values.canonical import canonical_json

MAX_LENGTH = 1024
"""Most characters of an identifier."""

SchemaValue = str | int | float | bool


class DataPort:
    """A named connection point of a node; every keyword is schema that the other side must share.

    Identifiers are compared lower-cased, nothing is trimmed. A port with schema never matches one without; values are
    compared ignoring case, and ``%`` in a value stands for any run of characters, on either side. Every text is taken in
    Unicode normalization form C, so that two spellings of one letter are one.
    ``==`` asks whether two ports match (a plain string: whether the identifier does); ``key`` tells two ports apart.

    Raises:
        ValidationError: The identifier is no text, blank, too long or holds NUL; a schema value is no text or number, or its
            keyword is ``identifier``.
    Source: ``docs/concepts.md``, ports.

    >>> DataPort("APP.Alerts", model_name="tm-%") == DataPort("app.alerts", model_name="tm-m2o")
    True
    """

    __slots__ = ("_key", "identifier", "schema")

    def __init__(self, identifier: str, /, **schema: SchemaValue) -> None:
        if not isinstance(identifier, str):
            raise ValidationError(f"a port is named by a text, not by {identifier!r}")
        self.identifier: str = check_text(folded(identifier), "port")
        self.schema: Mapping[str, SchemaValue] = _schema(identifier, schema) if schema else schema
        self._key: str | None = None if schema else self.identifier

    @property
    def key(self) -> str:
        """What tells ports apart in the graph: the identifier, with the schema where there is one."""
        if self._key is None:
            self._key = f"{self.identifier}\0{canonical_json(self.texts)}"
        return self._key

    @property
    def texts(self) -> dict[str, str]:
        """The schema as it is compared: values as lower-cased text, in order of their names."""
        return {name: folded(_text(value)) for name, value in sorted(self.schema.items())}

    @property
    def kind(self) -> str:
        """``pattern`` when a schema value holds ``%``, else ``data``."""
        return "pattern" if any(isinstance(value, str) and "%" in value for value in self.schema.values()) else "data"

    def matches(self, other: "DataPort") -> bool:
        """Whether an output and an input of these two forms are one dependency; the order does not matter."""
        if self.identifier != other.identifier or self.schema.keys() != other.schema.keys():
            return False
        mine, theirs = self.texts, other.texts
        return all(_like(mine[name], theirs[name]) or _like(theirs[name], mine[name]) for name in mine)

    def as_mapping(self) -> dict[str, Any]:
        """The port as plain JSON: identifier and schema."""
        return {**self.schema, "identifier": self.identifier}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, DataPort):
            return self.matches(other)
        return self.identifier == folded(other) if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.identifier)

    def __repr__(self) -> str:
        return f"DataPort({', '.join([repr(self.identifier), *(f'{name}={value!r}' for name, value in self.schema.items())])})"

    @classmethod
    def of(cls, given: "DataPort | str | Mapping[str, Any]") -> "DataPort":
        """Make a port of what a user gives: a port, an identifier, or a mapping with an ``identifier``."""
        if isinstance(given, DataPort):
            return given
        if isinstance(given, Mapping):
            if "identifier" not in given:
                raise ValidationError(f"the port {dict(given)!r} has no 'identifier'")
            schema = {str(name): value for name, value in given.items() if name != "identifier"}
            if len(schema) + 1 < len(given):
                raise ValidationError(f"two names in the port {dict(given)!r} are the same text")
            return cls(given["identifier"], **schema)
        return cls(given)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        mapping = core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema())
        return core_schema.no_info_before_validator_function(
            cls.of,
            core_schema.is_instance_schema(cls),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.as_mapping, return_schema=mapping),
            json_schema_input_schema=mapping,
        )


def check_text(text: str, what: str, longest: int = MAX_LENGTH) -> str:
    """Return a text in the one normal form in which texts are kept; refuse what cannot name anything: blank, NUL, too long."""
    if not isinstance(text, str):
        raise ValidationError(f"the {what} is a text, not {text!r}")
    if not text.strip():
        raise ValidationError(f"the {what} is blank: give it a name")
    if "\0" in text:
        raise ValidationError(f"the {what} {text[:40]!r} holds the character NUL, which no name can")
    if len(text) > longest:
        raise ValidationError(f"the {what} {text[:40]!r}... has {len(text):,} characters; {longest:,} is the most")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValidationError(f"the {what} {text[:40]!r} holds half a character (a lone surrogate)") from None
    return normal(text)


def texts(given: object, what: str) -> list[str]:
    """Return texts in their normal form.

    Raises:
        ValidationError: They are none.
    """
    if not isinstance(given, Iterable):
        raise ValidationError(f"{what} are texts, not {given!r}")
    return [check_text(each, f"text in {what}") for each in given]


def normal(text: str) -> str:
    """Return a text in Unicode normalization form C."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return a text as it is compared: lower-cased, in Unicode normalization form C; once more changes nothing."""
    # Lower case has letters that upper case lacks: H with a line below is two characters, h with one is one.
    return text.lower() if text.isascii() else normal(normal(text).lower())


def like_expression(pattern: str) -> str:
    """Return the regular expression of a schema value for the database: ``%`` any run, all else literal.

    Each piece between two ``%`` is taken at its first place and never looked for again (an atomic group): that is exact, as
    nothing but order binds the pieces, and a pattern of many ``%`` costs no more than a few readings of the text.
    """
    first, *rest = (_literal(piece) for piece in pattern.split("%"))
    if not rest:
        return f"(?s){first}"
    *inner, last = rest
    return f"(?s){first}{''.join(f'(?>.*?{piece})' for piece in inner if piece)}.*{last}"


def _literal(text: str) -> str:
    # Java reads a pair of surrogates after a backslash apart, so only ASCII is escaped.
    return "".join(f"\\{c}" if c.isascii() and c.isprintable() and not c.isalnum() else c for c in text)


def _like(pattern: str, text: str) -> bool:
    """Read ``%`` as `like_expression` does, without an expression: Python knows atomic groups from 3.11 on."""
    first, *rest = pattern.split("%")
    if not rest:
        return pattern == text
    *inner, last = rest
    place, end = len(first), len(text) - len(last)
    if end < place or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in inner:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _schema(identifier: str, given: Mapping[str, SchemaValue]) -> dict[str, SchemaValue]:
    for name, value in given.items():
        if not isinstance(value, (str, int, float)):
            raise ValidationError(f"port {identifier!r}: the schema value {name}={value!r} is no text, number, true or false")
    schema = {normal(name): normal(value) if isinstance(value, str) else value for name, value in given.items()}
    if "identifier" in schema:
        raise ValidationError(f"port {identifier!r}: 'identifier' is what a port's own name is called: give the schema another keyword")
    if len(schema) < len(given):
        raise ValidationError(f"port {identifier!r}: two schema keywords are the same text in Unicode normal form")
    return schema


def _text(value: SchemaValue) -> str:
    return value if isinstance(value, str) else canonical_json(value)
