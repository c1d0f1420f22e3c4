"""Naive answers about groups: plain sets over letters, sharing no code with the room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Edges = frozenset[tuple[str, str]]
"""Writer, reader."""
Inside = Mapping[str, set[str]]
"""Who is directly in each group."""


@dataclass
class Estate:
    """What is so on one day; the order of names is that in which they came."""

    names: str
    edges: Edges
    inside: Inside = field(default_factory=dict)

    def members(self, group: str) -> set[str]:
        """However deep."""
        found: set[str] = set()
        while more := {name for each in found | {group} for name in self.inside.get(each, ())} - found:
            found |= more
        return found

    def reached(self, group: str, direction: str) -> dict[str, int]:
        """Each node with its steps from the nearest start; members are starts, and belong to what the group stands on alone."""
        starts = self.members(group) | {group}
        found, step = dict.fromkeys(starts, 0), 0
        while edge := {name for name, depth in found.items() if depth == step}:
            step += 1
            found |= {name: step for each in edge for name in self.next(each, direction) if name not in found}
        return {name: depth for name, depth in found.items() if name != group and not (direction == "downstream" and name in starts)}

    def next(self, name: str, direction: str) -> set[str]:
        if direction == "downstream":
            return {reader for writer, reader in self.edges if writer == name and reader != name}
        return {writer for writer, reader in self.edges if reader == name and writer != name}

    def trace(self, group: str) -> str:
        """Writers before readers, members before the group they are in; a cycle is one; then by arrival; the group itself last."""
        among = {*self.reached(group, "upstream")}
        nested = self.members(group) & self.inside.keys()
        edges = {pair for pair in self.edges if set(pair) <= among | {group}} | {
            (name, each) for each in nested for name in self.inside[each]
        }
        after = {name: self.behind(name, edges) for name in among}
        told = ""
        while left := among - set(told):
            rings = [{other for other in left if other == name or (other in after[name] and name in after[other])} for name in left]
            free = [ring for ring in rings if not any(each in after[name] for name in left - ring for each in ring)]
            told += "".join(sorted(min(free, key=lambda ring: min(map(self.names.index, ring))), key=self.names.index))
        return told + group

    def behind(self, name: str, edges: Iterable[tuple[str, str]]) -> set[str]:
        found: set[str] = set()
        while more := {reader for writer, reader in edges if writer in found | {name}} - found:
            found |= more
        return found

    def groups(self, names: Iterable[str]) -> list[str]:
        """Which groups some of these are directly in."""
        return sorted(f"x/{group}" for group, inside in self.inside.items() if inside & set(names))

    def frontier(self, group: str, answer: Iterable[str], direction: str) -> set[str]:
        """The group, where a start that is not listed is missing or leads out, and each node of the answer that leads out of it."""
        listed, starts = set(answer), self.members(group) | {group}
        known = listed | (starts if direction == "downstream" else {group})
        leading = {name for name in listed | starts if self.next(name, direction) - known}
        missing = direction == "upstream" and not starts - {group} <= listed
        return {f"x/{name}" for name in leading & listed} | ({f"x/{group}"} if missing or leading - listed else set())
