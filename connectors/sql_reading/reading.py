"""One text of SQL as a connector reads it: its statements, and what they say of columns once the columns of other tables are known."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from graph_ledger.connectors.sql_reading.cache import ParseCache, key_of
from graph_ledger.connectors.sql_reading.column_scopes import Catalogue
from graph_ledger.connectors.sql_reading.columns import StatementColumns, read_columns
from graph_ledger.connectors.sql_reading.coverage import STATUSES, Status
from graph_ledger.connectors.sql_reading.names import Home
from graph_ledger.connectors.sql_reading.statements import Statement, read_sql

FIELDS = ("number", "kind", "rendering", "status", "reason", "inputs", "outputs", "connections")
KEPT = 4
"""So many answers about columns are kept of one text, one for each state of the tables it reads."""


class Reading:
    """A text that is parsed when that is needed, and not at all where the cache knows it."""

    def __init__(
        self, text: str, *, dialect: str | None = None, home: Home | None = None, templates: bool = True, cache: ParseCache | None = None
    ) -> None:
        self._text, self._dialect, self._home, self._templates, self._cache = text, dialect, home or Home(), templates, cache
        aliases = json.dumps(sorted(self._home.aliases.items()))
        self._key = key_of([text, repr(dialect), self._home.project, self._home.dataset, aliases, repr(templates)]) if cache else ""
        self._entry = (cache.get(self._key) if cache else None) or {}
        self._parsed: list[Statement] | None = None
        known = _statements(self._entry)
        if known is None:
            known = self._parse()
            self._entry = {"statements": [[getattr(each, name) for name in FIELDS] for each in known], "columns": []}
            self._keep()
        self.statements = known
        """Every statement, in each of its renderings; without their trees where the cache knew them."""

    def columns(self, catalogue: Catalogue) -> list[list[StatementColumns]]:
        """Return what each statement says of columns, by the columns that are known of the tables it reads and writes."""
        tables = sorted({table for each in self.statements for table in (*each.inputs, *each.outputs) if table in catalogue})
        state = key_of([json.dumps([[table, *catalogue[table]] for table in tables])])
        for kept in self._entry.get("columns", []):
            if (known := _columns(kept, state, len(self.statements))) is not None:
                return known
        found = [[read_columns(tree, catalogue, (self._dialect or "").lower()) for tree in each.trees] for each in self._parse()]
        if self._cache is not None:
            said = [state, [[[each.output, sorted(each.flows), sorted(each.resolved), each.names] for each in told] for told in found]]
            self._entry["columns"] = [said, *self._entry.get("columns", [])][:KEPT]
            self._keep()
        return found

    def _parse(self) -> list[Statement]:
        if self._parsed is None:
            self._parsed = read_sql(self._text, dialect=self._dialect, home=self._home, templates=self._templates)
        return self._parsed

    def forget(self) -> None:
        """Let go of what was parsed: the trees of a whole warehouse fill the memory."""
        self._parsed = None

    def _keep(self) -> None:
        if self._cache is not None:
            self._cache.put(self._key, self._entry)


def _statements(entry: dict[str, Any]) -> list[Statement] | None:
    """Return the statements of an entry; None where it is none of ours."""
    try:
        return [_statement(*row) for row in entry["statements"]]
    except (KeyError, TypeError, ValueError):
        return None


def _statement(number: int, kind: str, rendering: str, status: Status, reason: str | None, *lists: list[str]) -> Statement:
    inputs, outputs, connections = (tuple(map(check, each)) for each in lists)
    if status not in STATUSES or not isinstance(number, int):
        raise ValueError(status)
    return Statement(number, check(kind), check(rendering), status, reason, inputs, outputs, connections)


def check(text: str) -> str:
    """Return a text; refuse what is none."""
    if not isinstance(text, str):
        raise TypeError(text)
    return text


def _columns(kept: Any, state: str, statements: int) -> list[list[StatementColumns]] | None:
    try:
        if kept[0] != state or len(kept[1]) != statements:
            return None
        return [[_told(*each) for each in told] for told in kept[1]]
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _told(output: str, flows: Iterable[Sequence[str]], resolved: Iterable[str], names: Sequence[str] | None) -> StatementColumns:
    rows = frozenset((to, column, of, name, kind, subtype) for to, column, of, name, kind, subtype in (map(check, flow) for flow in flows))
    return StatementColumns(check(output), rows, frozenset(map(check, resolved)), None if names is None else tuple(map(check, names)))
