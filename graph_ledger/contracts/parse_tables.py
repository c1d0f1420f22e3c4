"""CSV text to rows and back: every cell is text, and only the empty one is null."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from graph_ledger.contracts.columns import COLUMNS, LISTS, NULLABLE, file_name, order
from graph_ledger.contracts.uris import TABLES, Table
from graph_ledger.errors import LedgerFilesError
from graph_ledger.values.contracts.kinds import Kind, Profile, Status
from graph_ledger.values.contracts.tables import BindingRow, ConceptRow, ContractRow, RevisionRow, Tables

ROWS: dict[Table, Any] = {"concepts": ConceptRow, "revisions": RevisionRow, "contracts": ContractRow, "bindings": BindingRow}
SERIAL = re.compile(r"0|[1-9][0-9]*")
MOST_DIGITS = 18


class _Lines:
    """Takes the lines of a CSV writer, and ends each as the ledger does."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line.removesuffix("\r\n") + "\n")


def parsed(contents: Mapping[str, bytes], folder: object) -> Tables:
    """Return the tables that four files hold, by the names of the files.

    Raises:
        LedgerFilesError: A file is no such table; the message names file and row.
    """
    found = {table: tuple(_rows(table, contents[file_name(table)], f"{folder}/{file_name(table)}")) for table in TABLES}
    return Tables(**found)


def written(tables: Tables, columns: Profile) -> dict[str, bytes]:
    """Return the four files of tables, by name, with their columns in the order of a profile."""
    return {file_name(table): _csv(getattr(tables, table), table, columns) for table in TABLES}


def _csv(rows: Sequence[tuple[Any, ...]], table: Table, columns: Profile) -> bytes:
    # A writer that ends lines with both characters quotes either of them in a cell, on every version of Python.
    lines, names = _Lines(), order(table, columns)
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(names)
    places = [COLUMNS[table].index(name) for name in names]
    writer.writerows([_cell(row[place]) for place in places] for row in rows)
    return "".join(lines.lines).encode()


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return json.dumps(value) if value else ""
    return "" if value is None else str(value)


def _rows(table: Table, content: bytes, file: str) -> Iterator[Any]:
    lines = _reader(content, file)
    header = next(lines, None)
    if header is None:
        raise LedgerFilesError(f"Missing columns: the file has no bytes{_wanted(table)}", file=file)
    _check_header(header, table, file)
    places = [header.index(column) for column in COLUMNS[table]]
    for number, row in enumerate(lines, start=2):
        if len(row) != len(header):
            raise LedgerFilesError(f"the row has {len(row)} cells, not {len(header)}", file=file, line=number)
        try:
            yield ROWS[table](*(_value(column, row[place]) for column, place in zip(COLUMNS[table], places, strict=True)))
        except ValueError as error:
            raise LedgerFilesError(str(error), file=file, line=number) from None


def _reader(content: bytes, file: str) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LedgerFilesError(f"not UTF-8: {error.reason}", file=file, line=line) from None
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = csv.reader(StringIO(text, newline=""), strict=True)
    while True:
        try:
            row = next(lines, None)
        except csv.Error as error:
            raise LedgerFilesError(f"not CSV: {error}", file=file, line=lines.line_num) from None
        if row is None:
            return
        yield row


def _check_header(header: Sequence[str], table: Table, file: str) -> None:
    missing = [column for column in COLUMNS[table] if column not in header]
    if missing:
        raise LedgerFilesError(f"Missing columns: {', '.join(missing)}{_wanted(table)}", file=file, line=1)
    others = [column for column in header if column not in COLUMNS[table]]
    if others or len(header) > len(COLUMNS[table]):
        twice = sorted({column for column in header if header.count(column) > 1})
        raise LedgerFilesError(f"Unexpected columns: {', '.join(others or twice)}", file=file, line=1)


def _wanted(table: Table) -> str:
    own = ", ".join(COLUMNS[table])
    return f"; {file_name(table)} has all of {own}, in any order: add what is missing, an empty cell where a row has no such thing"


def _value(column: str, cell: str) -> Any:
    if not cell:
        if column not in NULLABLE:
            raise ValueError(f"{column} is empty")
        return () if column in LISTS else None
    if column == "serial":
        return _serial(cell)
    if column == "kind":
        return _word(Kind, column, cell)
    if column == "status":
        return _word(Status, column, cell)
    if column in LISTS:
        return _list(column, cell)
    return cell


def _serial(cell: str) -> int:
    if not SERIAL.fullmatch(cell) or len(cell) > MOST_DIGITS:
        raise ValueError(f"serial is an integer from 0, not {cell[:40]!r}")
    return int(cell)


def _word(words: Any, column: str, cell: str) -> Any:
    try:
        return words(cell)
    except ValueError:
        raise ValueError(f"{column} is one of {', '.join(words)}, not {cell!r}") from None


def _list(column: str, cell: str) -> tuple[str, ...]:
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError(f"{column} is no JSON list of strings: {cell[:80]!r}")
    return tuple(found)
