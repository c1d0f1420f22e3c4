"""Drawn: lists that draw themselves, in a terminal as lines, in a notebook as a picture."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from graph_ledger.values.sliced import Sliced

if TYPE_CHECKING:
    from IPython.lib.pretty import PrettyPrinter
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

Item = TypeVar("Item")
Line = list[tuple[str, str]]
"""Texts, each with its style."""
MOST = 200
"""Most items of one drawing; more cannot be read."""
NARROWEST = 40
"""Columns of a drawing at least; a terminal that is narrower wraps its lines itself."""


class Signs(NamedTuple):
    """What lines are drawn with."""

    event: str = "●"
    rail: str = "│"
    gap: str = "┊"
    axis: str = "─"
    bar: str = "━"


PLAIN = Signs("*", "|", ":", "-", "=")
"""For terminals that know no other letters."""


class Drawn(Sliced[Item]):
    """A list that draws itself; it equals any list of the same items, and a slice of it draws itself too."""

    def lines(self, width: int, signs: Signs) -> Iterator[Line]:
        """Yield the drawing for a terminal, no line wider than ``width`` columns."""
        raise NotImplementedError

    def texts(self, width: int, *, plain: bool = False) -> "Iterator[Text]":
        """Yield the drawing as lines of rich; ``plain``: in letters that every terminal has."""
        from rich.text import Text

        for line in self.lines(max(width, NARROWEST), PLAIN if plain else Signs()):
            yield Text.assemble(*line, no_wrap=True, overflow="ignore", end="\n")

    def __str__(self) -> str:
        drawn = self.lines(max(shutil.get_terminal_size().columns, NARROWEST), Signs())
        return "\n".join("".join(text for text, _ in line).rstrip() for line in drawn)

    def _repr_pretty_(self, printer: "PrettyPrinter", cycle: bool) -> None:  # noqa: ARG002, FBT001  # as IPython calls it
        printer.text(str(self))  # type: ignore[no-untyped-call]

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[Text]":
        yield from self.texts(options.max_width, plain=options.ascii_only)


def fold(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many columns, broken at blanks where it has them; nothing is lost.

    >>> fold("one two three", 7)
    ['one two', 'three']
    """
    from rich.cells import chop_cells

    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if columns(longer) <= width:
            lines[-1] = longer
        else:
            pieces = [str(piece) for piece in chop_cells(word, width)]
            lines = [*(lines if lines[-1] else lines[:-1]), *pieces]
    return lines


def padded(text: str, width: int) -> str:
    """Return a text with blanks up to so many columns."""
    return text + " " * (width - columns(text))


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def rest_of(items: list[Any]) -> str:
    """Say how many are not drawn; nothing where all are."""
    return f"and {len(items) - MOST:,} more" if len(items) > MOST else ""
