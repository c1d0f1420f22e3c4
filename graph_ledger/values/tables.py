"""Tables: answers that are rows show themselves in a notebook, and become DataFrames."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from graph_ledger.values.extra import extra
from graph_ledger.values.printable import cell, printable

if TYPE_CHECKING:
    from IPython.lib.pretty import PrettyPrinter

ROWS = 200
"""Most rows of a table in a notebook."""
LINES = 20
"""Most rows of a table on a terminal."""
LONGEST = 120
"""Most characters of a cell; the DataFrame has them all."""
UNSEEN = {"metadata", "coverage", "members", "statements", "payload", "tags", "holder", "run_id"}
"""Columns that are long or for programs: the DataFrame has them, a table has not."""
SAID_BY_KEY = {"name", "platform"}


class Table(NamedTuple):
    """A title, columns, and rows: values, or mappings of columns."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Any]
    best: tuple[str, ...] = ()
    """The columns that a person reads; none: all that are short and not for programs."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that a person reads."""
        if self.best:
            return self.best
        unseen = UNSEEN | (SAID_BY_KEY if "key" in self.columns else set())
        seen = (name for name in self.columns if name not in unseen and not name.endswith("_hash"))
        return tuple(sorted(seen, key=lambda name: name != "key"))

    def texts(self, most: int) -> Iterator[list[str]]:
        """Yield the cells of each of the first rows."""
        for row in map(_mapping, self.rows[:most]):
            yield [_text(row[name]) for name in self.shown]

    def rest(self, most: int) -> str:
        """Say how many rows are left out; nothing where none are."""
        return f"and {len(self.rows) - most:,} more" if len(self.rows) > most else ""


class Tabled:
    """An answer that is a table."""

    def to_frame(self) -> Any:
        """Return the rows as a pandas DataFrame, with its columns even where there is no row."""
        told = self._table()
        return frame(map(_mapping, told.rows), told.columns)

    def _repr_html_(self) -> str:
        return table(self._table())

    def _repr_pretty_(self, printer: "PrettyPrinter", cycle: bool) -> None:  # noqa: ARG002, FBT001  # as IPython calls it
        printer.text(plain(self._table()))  # type: ignore[no-untyped-call]

    def _table(self) -> Table:
        raise NotImplementedError


def frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    """Return the rows as a pandas DataFrame, with its columns even where there is no row.

    Raises:
        ModuleNotFoundError: pandas is not there; the extra ``notebook`` brings it.
    """
    return extra("pandas").DataFrame(list(rows), columns=list(columns))


def table(told: Table) -> str:
    """Return an HTML table; what it leaves out is said below it."""
    head = "".join(f"<th>{escape(column)}</th>" for column in told.shown)
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in told.texts(ROWS))
    rest = f"<p>{told.rest(ROWS)}</p>" if told.rest(ROWS) else ""
    whole = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>" if told.rows else ""
    return f"<table><caption>{escape(printable(told.title))}</caption>{whole}</table>{rest}"


def plain(told: Table) -> str:
    """Return the table as lines of a terminal; what it leaves out is said below it."""
    from graph_ledger.values.drawn import columns, padded

    rows = [list(told.shown), *told.texts(LINES)] if told.rows else []
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(padded, row, widths)).rstrip() for row in rows]
    return "\n".join([printable(told.title), *lines, *filter(None, [told.rest(LINES)])])


def count(number: int, noun: str) -> str:
    """Return a number and what it counts.

    >>> count(1, "node"), count(1200, "node")
    ('1 node', '1,200 nodes')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def fields(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of the fields of a kind of value."""
    return tuple(kind.model_fields)


def _mapping(row: Any) -> Mapping[str, Any]:
    return row if isinstance(row, Mapping) else dict(row)


def _text(value: Any) -> str:
    many = isinstance(value, tuple) and bool(value) and isinstance(value[0], BaseModel)
    text = f"{len(value):,}" if many else cell(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
