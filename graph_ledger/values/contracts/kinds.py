"""The words of a contract: what an element is, where a row stands, what was done, whose behaviour counts."""

from enum import Enum
from typing import Literal


class Text(str, Enum):
    """A word of a closed list, which prints as itself."""

    def __str__(self) -> str:
        return str(self.value)


class Kind(Text):
    """What an element of a model is; set once."""

    ENTITY = "ENTITY"
    PROPERTY = "PROPERTY"
    ENUMERATION_SET = "ENUMERATION_SET"
    ENUM_VALUE = "ENUM_VALUE"

    @property
    def is_container(self) -> bool:
        """Whether it holds others, and belongs to none."""
        return self in {Kind.ENTITY, Kind.ENUMERATION_SET}

    @property
    def container(self) -> "Kind | None":
        """The kind of what holds it; None where it holds others itself."""
        return {Kind.PROPERTY: Kind.ENTITY, Kind.ENUM_VALUE: Kind.ENUMERATION_SET}.get(self)


class Status(Text):
    """Where a row of the ledger stands; no row is ever deleted."""

    ACTIVE = "ACTIVE"
    SUPERSEDED = "SUPERSEDED"
    REMOVED = "REMOVED"


class ChangeType(Text):
    """What an event did to an element."""

    ADDED = "ADDED"
    MODIFIED = "MODIFIED"
    REMOVED = "REMOVED"


Profile = Literal["seed", "head"]
"""Whose behaviour counts where the two differ: that of ModL's first description, or of its newest state."""
PROFILES: tuple[Profile, ...] = ("seed", "head")
ANY: Literal["ANY"] = "ANY"
"""What is asked for in place of a status where every one counts."""
