"""A naive replay of complete listings, in plain dictionaries: what a walk over the graph must agree with.

It shares no code with the ledger: for every source the listing that was loaded last for a moment counts, and holds until the next.
"""

from dataclasses import dataclass, field

Said = tuple[frozenset[str], str | None]
"""What a listing says of a node: the ports it reads, and its owner or nothing."""


@dataclass
class Replay:
    """Listings by source and time, the last one loaded for a moment counting."""

    loaded: dict[str, dict[int, tuple[int, dict[str, Said]]]] = field(default_factory=dict)
    listed: dict[str, set[int]] = field(default_factory=dict)
    """When each node was ever listed, also by listings that another replaced: from then on it exists."""
    count: int = 0

    def load(self, source: str, time: int, listing: dict[str, Said]) -> None:
        """Take in one complete listing."""
        self.count += 1
        self.loaded.setdefault(source, {})[time] = (self.count, listing)
        for node in listing:
            self.listed.setdefault(node, set()).add(time)

    def says(self, source: str, node: str, time: int) -> Said | None:
        """What a source says of a node at a time."""
        times = [each for each in self.loaded.get(source, {}) if each <= time]
        return self.loaded[source][max(times)][1].get(node) if times else None

    def reads(self, node: str, time: int) -> set[tuple[str, str]]:
        """Every (source, port) that is claimed at a time."""
        return {(source, port) for source in self.loaded if (said := self.says(source, node, time)) for port in said[0]}

    def present(self, node: str, time: int) -> bool | None:
        """Whether some source sees it; None before any did."""
        if min(self.listed[node]) > time:
            return None
        return any(self.says(source, node, time) for source in self.loaded)

    def owner(self, node: str, time: int) -> str:
        """The opinion that changed last; a repeated one is no change, and silence keeps the last."""
        changes = []
        for times in self.loaded.values():
            before = None
            for at in sorted(times):
                number, listing = times[at]
                said = listing.get(node, (frozenset(), None))[1]
                if said is not None and said != before:
                    before = said
                    if at <= time:
                        changes.append((at, number, said))
        return max(changes)[2] if changes else "unknown"
