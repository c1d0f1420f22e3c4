"""Documents: values that are written to a file, handed on, and read where there is no ledger."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

import pydantic
from pydantic import ConfigDict
from typing_extensions import Self

from graph_ledger.errors import ValidationError
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
            raise ValidationError(f"{str(path)!r} cannot be read: {_reason(error)}") from None
        return cls.of_json(data)

    @classmethod
    def of(cls, given: "Self | Mapping[str, Any] | str | Path") -> Self:
        """Return it of whatever form a person has it in: the value, its dictionary, or its file."""
        if isinstance(given, cls):
            return given
        if isinstance(given, Mapping):
            return cls.of_json(json.dumps(given, default=str))
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
            return cls.model_validate_json(data)
        except pydantic.ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
            raise ValidationError(f"no {cls.__name__.lower()}: {f'{where}: ' if where else ''}{first['msg']}{more}") from None


@contextmanager
def replacing(path: str | Path) -> Iterator[TextIO]:
    """Open a file that takes the place of ``path`` when all is well, and leaves no trace when it is not.

    Raises:
        ValidationError: Nothing can be written there; found out before anything else is done.
    """
    target = Path(path)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part") if target.name else target
    try:
        if target.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        file = beside.open("w", encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise ValidationError(f"{str(path)!r} cannot be written: {_reason(error)}") from None
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise ValidationError(f"{str(path)!r} cannot be written: {_reason(error)}") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
