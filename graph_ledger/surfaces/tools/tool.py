"""Tool: one function over a ledger, with what it asks for and what it answers, described field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

import pydantic
from pydantic import BaseModel, ConfigDict

from graph_ledger.errors import ValidationError
from graph_ledger.history.signature import signed
from graph_ledger.surfaces.tools.allowed import Source
from graph_ledger.surfaces.tools.caller import Caller, Role

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

A = TypeVar("A", bound="Asked")
B = TypeVar("B", bound=BaseModel)
Work = Callable[["Ledger", A], B]


class Asked(BaseModel):
    """What a tool is asked: closed, so that nothing is asked in vain; the sentence under a field is its description everywhere."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def takes(self, usual: Role) -> Role:
        """Return what it takes to ask this, where that is more than usual."""
        return usual


class Dated(Asked):
    """Asked of a moment."""

    as_of: str | None = None
    """As it was at this date or time: `2026-06-30` is the end of that day, a time without a zone is UTC. Left out: now."""
    known_at: str | None = None
    """As the ledger knew it at this date or time. Left out: now."""

    @property
    def moment(self) -> dict[str, Any]:
        """The two clocks, as the client's verbs take them."""
        return {"as_of": self.as_of, "known_at": self.known_at}


class Told(Asked):
    """Something that is to be written."""

    actor: str = "user"
    """Who did it. A service that was asked with a key signs with the key's name, and keeps this one as `on_behalf_of`."""
    timestamp: str | None = None
    """When it was so; a date is its end. Left out: now."""


@dataclass(frozen=True)
class Tool(Generic[A, B]):
    """One tool; call it with a ledger and what is asked."""

    name: str
    work: Work[A, B]
    asks: type[A]
    answers: type[B]
    example: Mapping[str, Any]
    """A question that the demo estate answers."""
    role: Role = "reader"
    """What a key must at least be allowed."""
    writes: bool = False
    subject: str | None = None
    """The field that may stand in the address: the model that is meant."""
    address: str = ""
    """What it is called in an address."""
    documented: bool = False
    """Whether it is one of the eight that agents know by name."""

    @property
    def title(self) -> str:
        """The first sentence of its description, without a full stop."""
        return self.description.partition("\n")[0].rstrip(".")

    @property
    def description(self) -> str:
        """What it does."""
        return cleandoc(self.work.__doc__ or "")

    @property
    def method(self) -> Literal["GET", "POST"]:
        """How it is asked over HTTP: what only reads, and fits into an address, by GET."""
        return "POST" if self.writes or any(_is_nested(field.annotation) for field in self.asks.model_fields.values()) else "GET"

    def __call__(self, ledger: "Ledger", asked: A) -> B:
        return self.work(ledger, asked)

    def read(self, given: Mapping[str, Any]) -> A:
        """Take what somebody asks.

        Raises:
            ValidationError: It does not fit; the message names the field.
        """
        try:
            return self.asks.model_validate(given)
        except pydantic.ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ValidationError(f"{where}: {first['msg']}" if where else first["msg"]) from None

    def call(self, ledger: "Ledger", asked: A, caller: Caller) -> B:
        """Do it for somebody, within what they may, signed by whom it is known to be.

        Raises:
            NotAllowedError: The role of the caller does not suffice, or it may not read what it names.
        """
        caller.check(asked.takes(self.role))
        if isinstance(asked, Sourced):
            caller.allowed.check(asked.reads())
        if not self.writes or caller.name is None:
            return self.work(ledger, asked)
        said = getattr(asked, "actor", None) if "actor" in asked.model_fields_set else None
        if "actor" in type(asked).model_fields:
            asked = asked.model_copy(update={"actor": caller.name})
        with signed(caller.name, None if said == caller.name else said):
            return self.work(ledger, asked)


class Sourced(Asked):
    """Asked to read a source that the asker names."""

    def reads(self) -> Source:
        """Return what would be read."""
        raise NotImplementedError


def _is_nested(kind: Any) -> bool:
    """Say whether what a field holds has fields of its own, for which an address has no place."""
    own = get_origin(kind) or kind
    return own is dict or (isinstance(own, type) and issubclass(own, BaseModel)) or any(map(_is_nested, get_args(kind)))


def tool(
    example: Mapping[str, Any],
    *,
    role: Role = "reader",
    subject: str | None = None,
    address: str = "",
    documented: bool = False,
) -> Callable[[Work[A, B]], Tool[A, B]]:
    """Make a tool of a function ``(ledger, asked) -> answer``; whatever needs more than to read also writes."""

    def made(work: Work[A, B]) -> Tool[A, B]:
        hints = get_type_hints(work, localns={"Ledger": object})
        name = getattr(work, "__name__", "").rstrip("_")
        return Tool(
            name, work, hints["asked"], hints["return"], example, role, role != "reader", subject, address or name, documented
        )  # fmt: skip

    return made
