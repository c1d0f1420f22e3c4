"""What every value shares: frozen, closed, described by the sentence under each field."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; the sentence under a field is its description everywhere. What checks it is built when it is first needed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)


class Row(Value):
    """A value that is also read by name, as the row of a table."""

    def __getitem__(self, name: str) -> Any:
        if name not in type(self).model_fields:
            raise KeyError(name)
        return getattr(self, name)
