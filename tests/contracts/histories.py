"""Histories: any sequence of events that fit one another, and what a ledger must look like after them, told by a model without tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.contracts.said import Event, added, modified, removed

INSTANCES = st.lists(st.sampled_from(["L", "R", "C", "ä"]), unique=True, max_size=4)
LEAF = {"ENTITY": "PROPERTY", "ENUMERATION_SET": "ENUM_VALUE"}


@dataclass
class Thing:
    """What an element is, without serials, rows or URIs."""

    label: str
    kind: str
    parent: "Thing | None" = None
    instances: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    revisions: int = 1
    contracts: int = 1
    alive: bool = True

    @property
    def owner(self) -> str | None:
        """The label of what holds it."""
        return None if self.parent is None else self.parent.label

    def change(self, *, breaking: bool) -> None:
        """Take one change."""
        self.revisions += 1
        self.contracts += breaking


@dataclass
class History:
    """A model, and the events that made it what it is."""

    profile: str
    draw: st.DrawFn
    things: list[Thing] = field(default_factory=list)
    fresh: Iterator[int] = field(default_factory=count)

    def start(self) -> list[Event]:
        """Return the events of a first release: containers, and leaves of them."""
        containers = [self._add(self.draw(st.sampled_from(sorted(LEAF))), None) for _ in range(self.draw(st.integers(1, 3)))]
        leaves = [self._add(LEAF[each.kind], each) for each in containers for _ in range(self.draw(st.integers(0, 2)))]
        self.things += [*containers, *leaves]
        return [
            added(each.label, each.kind, each.owner, **({"instances": each.instances} if each.kind == "ENTITY" else {}))
            for each in self.things
        ]

    def step(self) -> list[Event]:
        """Return the events of one change of something that is alive."""
        alive = [each for each in self.things if each.alive]
        if not alive:
            return []
        thing = self.draw(st.sampled_from(alive))
        acts = ["aspect", "breaking", "rename", "list", "remove"]
        return getattr(self, f"_{self.draw(st.sampled_from(acts))}")(thing)  # type: ignore[no-any-return]

    def _add(self, kind: str, parent: Thing | None) -> Thing:
        instances = self.draw(INSTANCES) if kind == "ENTITY" else parent.instances if parent is not None and kind == "PROPERTY" else []
        return Thing(f"n{next(self.fresh)}", kind, parent, list(instances))

    def _aspect(self, thing: Thing) -> list[Event]:
        thing.change(breaking=False)
        return [modified(thing.label, thing.kind, thing.owner, harmless=1)]

    def _breaking(self, thing: Thing) -> list[Event]:
        thing.change(breaking=True)
        return [modified(thing.label, thing.kind, thing.owner, breaks=1)]

    def _rename(self, thing: Thing) -> list[Event]:
        if thing.names:  # once: a second time in one report would begin at a label that was not there at its start
            return self._aspect(thing)
        thing.names.insert(0, thing.label)
        thing.label = f"n{next(self.fresh)}"
        thing.change(breaking=False)
        return [modified(thing.label, thing.kind, thing.owner, was=thing.names[0])]

    def _list(self, thing: Thing) -> list[Event]:
        if thing.kind != "ENTITY":
            return self._breaking(thing)
        new = self.draw(INSTANCES)
        came, went = [each for each in new if each not in thing.instances], [each for each in thing.instances if each not in new]
        in_parts = self.draw(st.booleans())
        new = [each for each in thing.instances if each in new] + came if in_parts else new
        breaking = bool(came)  # the rule of these tests: what comes breaks, what goes does not
        changed, thing.instances = thing.instances != new, new
        thing.change(breaking=breaking)
        for child in self.things:
            if child.parent is thing and child.alive:
                child.instances = new
                if changed and self.profile == "seed":
                    child.change(breaking=breaking)
        told: dict[str, Any] = {"instances_added": came, "instances_removed": went} if in_parts else {"instances": new}
        return [modified(thing.label, thing.kind, **told)]

    def _remove(self, thing: Thing) -> list[Event]:
        gone = [*(child for child in self.things if child.parent is thing and child.alive), thing]
        for each in gone:
            each.alive = False
            each.revisions += 1
        return [removed(each.label, each.kind, each.owner) for each in gone]


@st.composite
def histories(draw: st.DrawFn, profile: str) -> tuple[list[Event], list[list[Event]], list[Thing]]:
    """Draw a first release, some steps after it, and the model that they leave."""
    history = History(profile, draw)
    first = history.start()
    steps = [step for _ in range(draw(st.integers(0, 8))) if (step := history.step())]
    return first, steps, history.things
