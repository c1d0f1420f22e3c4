"""Timelines: what is drawn along the time, as wide as the terminal."""

import shutil
import sys
from collections.abc import Iterator

from rich.console import RenderableType

from graph_ledger.surfaces.cli.tables import tables
from graph_ledger.values.drawn import Drawn
from graph_ledger.values.history import History
from graph_ledger.values.membership import MembershipHistory, Stay


class Timeline(History):
    """A history that was asked for as a drawing; as JSON it is the same."""


@tables.register(Timeline)
@tables.register(MembershipHistory)
def _(drawn: Timeline | MembershipHistory) -> Iterator[RenderableType]:
    if drawn:
        yield from _lines(drawn)


def _lines(drawn: "Drawn[Stay] | History") -> Iterator[RenderableType]:
    letters = "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()
    return drawn.texts(shutil.get_terminal_size().columns, plain=not letters)
