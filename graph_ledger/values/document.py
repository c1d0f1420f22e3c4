"""Documents: values that are written to a file, handed on, and read where there is no ledger."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pydantic
from pydantic import ConfigDict
from typing_extensions import Self

from graph_ledger.errors import ValidationError
from graph_ledger.values.replacing import reason, replacing
from graph_ledger.values.value import Value


class Document(Value):
    """A value with a file of its own; nothing in it is read as anything but what it says."""

    model_config = ConfigDict(strict=True)

    def to_json(self) -> str:
        """Return it as JSON, ASCII alone, so that no editor and no terminal changes it."""
        return json.dumps(self.model_dump(mode="json"), indent=2)

    def write(self, path: str | Path) -> None:
        """Write it to a file, whole or not at all.

        Raises:
            ValidationError: The file cannot be written.
        """
        with replacing(path) as file:
            file.write(self.to_json() + "\n")

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read it from a file.

        Raises:
            ValidationError: The file cannot be read, or is not such a document; the message says what is wrong with it.
        """
        try:
            data = Path(path).read_bytes()
        except (OSError, ValueError) as error:
            raise ValidationError(f"{str(path)!r} cannot be read: {reason(error)}") from None
        return cls.of_json(data)

    @classmethod
    def of(cls, given: "Self | Mapping[str, Any] | str | Path") -> Self:
        """Return it of whatever form a person has it in: the value, its dictionary, or its file."""
        if isinstance(given, cls):
            return given
        if isinstance(given, Mapping):
            return cls.of_json(_as_json(given, cls.__name__.lower()))
        if isinstance(given, (str, Path)):
            return cls.read(given)
        raise ValidationError(f"a {cls.__name__}, its dictionary or its file is needed, not {type(given).__name__}")

    @classmethod
    def of_json(cls, data: str | bytes) -> Self:
        """Read it from JSON.

        Raises:
            ValidationError: It is not such a document.
        """
        try:
            made = cls.model_validate_json(data)
        except pydantic.ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
            raise ValidationError(f"no {cls.__name__.lower()}: {f'{where}: ' if where else ''}{first['msg']}{more}") from None
        _refuse_ambiguous(data, cls.__name__.lower())
        return made


def _as_json(given: Mapping[Any, Any], name: str) -> str:
    try:
        return json.dumps(dict(given), default=str)
    except (ValueError, TypeError, RecursionError) as error:
        raise ValidationError(f"no {name}: {error}") from None


def _refuse_ambiguous(data: str | bytes, name: str) -> None:
    """Refuse what other readers of JSON read otherwise: a name that comes twice, of which the last wins here, and minus zero."""
    try:
        json.loads(data if isinstance(data, str) else data.decode(), object_pairs_hook=_unique, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"no {name}: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for place, (name, _) in enumerate(pairs) if name in dict(pairs[:place]))
        raise ValueError(f"{twice} is there twice")
    return found


def _integer(text: str) -> str:
    if text == "-0":
        raise ValueError("-0 is no number of anything")
    return text
