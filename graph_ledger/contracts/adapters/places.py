"""Places: where in a file something stands, so that what is refused can be found."""

from pathlib import Path
from typing import NamedTuple

from graph_ledger.errors import ReportError


class Place(NamedTuple):
    """A place in a file, from 1."""

    file: Path
    line: int
    column: int

    def refuse(self, message: str) -> ReportError:
        """Return what to raise about this place."""
        return ReportError(message, file=self.file, line=self.line, column=self.column)
