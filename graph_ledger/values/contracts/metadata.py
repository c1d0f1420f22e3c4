"""Metadata: what a model is called, and the namespace that its identities are minted in."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StrictStr

from graph_ledger.values.contracts.events import label_of
from graph_ledger.values.value import Value


def _namespace(uri: str) -> str:
    if any(character.isspace() for character in uri):
        raise ValueError("must not contain spaces")
    try:
        parts = urlsplit(uri)
    except ValueError as error:
        raise ValueError(f"must be an absolute URI: {error}") from None
    if not parts.scheme or not (parts.netloc or parts.path):
        raise ValueError("must be an absolute URI, with a scheme and an authority or a path")
    label_of(uri)
    if not uri.endswith(("/", "#")):
        raise ValueError("must end with / or #")
    return uri


def _plain_prefix(text: str) -> str:
    if any(character in "/:" or character.isspace() for character in text):
        raise ValueError("must have no slash, no colon and no space")
    return label_of(text)


class Metadata(Value):
    """What the metadata file of a model says.

    >>> Metadata(name="My Model", id="https://example.org/model/").prefix
    'my-model'
    """

    name: Annotated[StrictStr, AfterValidator(label_of)]
    """What the model is called."""
    id: Annotated[StrictStr, AfterValidator(_namespace)]
    """Its namespace: an absolute URI that ends with / or #; every identity begins with it."""
    preferred_prefix: Annotated[StrictStr, AfterValidator(_plain_prefix)] | None = None
    """What stands for the namespace in references; made from the name when left out."""

    @property
    def prefix(self) -> str:
        """What stands for the namespace in references: lower case, as a platform is."""
        spoken = self.preferred_prefix or "".join(each if each.isalnum() else "-" for each in self.name)
        return spoken.lower()
