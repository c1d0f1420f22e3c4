"""The words of a version: where it is in its life, and what it was made with."""

from enum import Enum
from typing import Any

from typing_extensions import Self

from graph_ledger.errors import ValidationError


class Word(str, Enum):
    """A word of a closed list, which prints as itself."""

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def of(cls, given: Any) -> Self:
        """Return the member that is meant; a text in capitals will do.

        Raises:
            ValidationError: There is no such word.
        """
        for each in cls:
            if given is each or (isinstance(given, str) and given.strip().lower() == each.value):
                return each
        raise ValidationError(f"{given!r} is no {cls.called()}: it is one of {', '.join(each.value for each in cls)}")

    @classmethod
    def called(cls) -> str:
        """Return what such a word tells."""
        return cls.__name__.removeprefix("Model").lower()


class ModelStage(Word):
    """Where a version is in its life.

    >>> ModelStage.of("production")
    <ModelStage.PRODUCTION: 'production'>
    """

    DEVELOPMENT = "development"
    STAGING = "staging"
    PRODUCTION = "production"
    ARCHIVED = "archived"


class ModelFramework(Word):
    """What a version was made with."""

    SKLEARN = "sklearn"
    PYTORCH = "pytorch"
    TENSORFLOW = "tensorflow"
    ONNX = "onnx"
    CUSTOM = "custom"
