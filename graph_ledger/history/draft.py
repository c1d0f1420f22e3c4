"""Draft: an event that is to be appended, and the name it will have."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph_ledger.history.locked import Locked
from graph_ledger.history.signature import labelled
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import from_microseconds, isoformat
from graph_ledger.values.port import normal
from graph_ledger.values.snapshot import snapshot_hash

MILLION = 1_000_000


@dataclass(slots=True)
class Draft:
    """An event that is to be appended."""

    event_type: str
    actor: str
    at: int
    """When it was so, microseconds."""
    payload: dict[str, Any]
    source: str | None = None
    tags: dict[str, Any] = field(default_factory=dict)
    parent_hash: str | None = None
    changes_state: bool = False
    """Whether it changes an identity field."""
    unheard: str | None = None
    """Key of a group that does not hear of it, as it has an event of its own for many such."""
    payload_text: str = ""
    name: str = ""
    """Payload as canonical JSON, and the hash it will have, where they were worked out beforehand."""
    repetition: int = 0
    """How many events of the model say the very same of the very same time, and were overtaken since."""

    def __post_init__(self) -> None:
        """Take the texts as they are hashed: what is stored could be exchanged for what has the same hash otherwise."""
        self.event_type, self.actor = normal(self.event_type), normal(self.actor)
        self.source = self.source and normal(self.source)
        self.parent_hash = self.parent_hash and normal(self.parent_hash)
        self.tags = labelled(self.tags)


def name_it(model: Locked, draft: Draft) -> str:
    """Work out the ``snapshot_hash`` of an event, where that was not done yet."""
    draft.payload_text = draft.payload_text or canonical_json(draft.payload)
    draft.name = draft.name or named(model.model_hash, draft, draft.payload_text, tags_of(draft))
    return draft.name


def tags_of(draft: Draft) -> str:
    """Return the tags of an event as canonical JSON."""
    return canonical_json(draft.tags) if draft.tags else "{}"


def named(model_hash: str, draft: Draft, payload: str, tags: str) -> str:
    """Return the ``snapshot_hash`` that an event will have; payload and tags as canonical JSON."""
    return snapshot_hash(
        model_hash=model_hash,
        event_type=draft.event_type,
        actor=draft.actor,
        source=draft.source,
        timestamp=text_of(draft.at),
        payload=payload,
        tags=tags,
        parent_hash=draft.parent_hash,
        repetition=draft.repetition,
    )


@lru_cache(maxsize=4096)
def parts(time: int) -> list[int]:
    """Return a time as [seconds, nanoseconds], which the server makes a datetime of; also before 1970."""
    seconds, rest = divmod(time, MILLION)
    return [seconds, rest * 1000]


@lru_cache(maxsize=4096)
def text_of(time: int) -> str:
    """Return the one text of a time; the events of a load share few times."""
    return isoformat(from_microseconds(time))
