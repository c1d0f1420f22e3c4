"""Cuts: lists that are longer than a caller may have, shortened where they stand, with a word on each."""

from dataclasses import dataclass, field
from typing import Any

FIELD = "cut"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Which lists were longer than this server hands out, and how many entries of each stand here. "
    "Absent where everything stands here.",
    "additionalProperties": {
        "type": "object",
        "properties": {
            "shown": {"type": "integer", "description": "How many entries stand here, the first ones."},
            "of": {"type": ["integer", "null"], "description": "How many there are; null where nobody counted beyond those."},
        },
        "required": ["shown", "of"],
        "additionalProperties": False,
    },
}


@dataclass
class Cuts:
    """Shortens lists to a number of entries, and remembers which."""

    most: int
    made: dict[str, dict[str, int | None]] = field(default_factory=dict)
    """By the place of the list: its field, inside of others with dots between."""

    def shorten(self, value: Any, place: str = "") -> Any:
        """Return a value of JSON with every list in it shortened.

        >>> cuts = Cuts(2)
        >>> cuts.shorten({"nodes": [1, 2, 3], "owners": ["risk-team"]}), cuts.made
        ({'nodes': [1, 2], 'owners': ['risk-team']}, {'nodes': {'shown': 2, 'of': 3}})
        """
        if isinstance(value, dict):
            return {name: self.shorten(each, f"{place}.{name}" if place else name) for name, each in value.items()}
        if not isinstance(value, list):
            return value
        if len(value) > self.most:
            self.made[place] = {"shown": self.most, "of": len(value)}
        return [self.shorten(each, f"{place}.{number}") for number, each in enumerate(value[: self.most])]

    def uncounted(self, place: str) -> None:
        """Say of a list that was asked for one entry too many that there are more, and nobody knows how many."""
        if place in self.made:
            self.made[place]["of"] = None
