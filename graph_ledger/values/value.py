"""What every value shares: frozen, closed, described by the sentence under each field."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; the sentence under a field is its description everywhere."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
