"""What a table is called in full."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

SYSTEM_PARTS = frozenset({"information_schema", "__tables__", "__tables_summary__"})
"""Parts that make a name a view of the warehouse on itself."""

FULL = 3


@dataclass(frozen=True)
class Home:
    """Where a statement stands: what a short name is short for."""

    project: str = ""
    """Goes in front of a two-part name; empty: short names stay short."""
    dataset: str = ""
    """Goes, after the project, in front of a one-part name."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Projects that mirror another: ``{"mirror": "original"}``, lower-cased."""

    def full_name(self, parts: list[str]) -> str:
        """Return the name lower-cased, in full, without any ``$partition``.

        >>> Home("p", "d").full_name(["T$20260101"])
        'p.d.t'
        """
        parts = [part.lower() for part in parts]
        parts[-1] = parts[-1].partition("$")[0] or parts[-1]
        if self.project:
            missing = [self.project.lower(), self.dataset.lower()][: max(0, FULL - len(parts))]
            parts = [*missing, *parts][:FULL]
        if len(parts) >= FULL and parts[0] in self.aliases:
            parts[0] = self.aliases[parts[0]]
        return ".".join(parts)


def name_parts(table: exp.Table) -> list[str] | None:
    """Return the parts of a table's name as written, split at every dot; None where it is no plain name."""
    found = [_pieces(part) for part in (table.args.get("catalog"), table.args.get("db"), table.this) if part]
    parts = [piece for pieces in found if pieces is not None for piece in pieces]
    return parts if parts and None not in found else None


def is_system(parts: list[str]) -> bool:
    """Whether the name is a view of the warehouse on itself, such as INFORMATION_SCHEMA."""
    return any(part.lower() in SYSTEM_PARTS for part in parts)


def _pieces(part: object) -> list[str] | None:
    if isinstance(part, exp.Identifier):
        return [piece for piece in part.name.split(".") if piece.strip()]
    if isinstance(part, exp.Dot):
        front, back = _pieces(part.this), _pieces(part.expression)
        return None if front is None or back is None else front + back
    return None
