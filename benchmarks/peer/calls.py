"""What is asked of the peer's process, one JSON line a call; and of anything else that ours is held against."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the peer."""

    verb: str
    """One of its own verbs, or one of ``peer/process.py``: ``load``, ``empty``, ``chain``, ``memory``."""
    arguments: dict[str, Any] = field(default_factory=dict)
    fresh: bool = False
    """Whether the store is opened anew first, outside the clock."""
    may_fail: bool = False
    """Whether its failure is what the row shows."""

    def as_mapping(self) -> dict[str, Any]:
        """The call as plain JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Here:
    """Something in this process that ours is held against: a library without a server, or another verb of ours."""

    name: str
    work: Callable[[], Any]


Rival = Call | Here


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rival answered."""

    seconds: float
    value: Any = None
    error: str | None = None
