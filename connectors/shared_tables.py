"""Tables that many models share: which rows of them a statement reads and writes, told apart by ``model_name``."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph_ledger.connectors.sql_reading.literals import carried, compared
from graph_ledger.connectors.sql_reading.statements import Statement
from graph_ledger.connectors.sql_reading.targets import target_of
from graph_ledger.errors import ValidationError
from graph_ledger.values.port import DataPort

COLUMN = "model_name"
Fallback = Mapping[str, str]


class SharedTables:
    """Turns the tables of a statement into ports, with a discriminator where one is known.

    A read has it where the table is a shared one and the statement names literals. A write has it only where the
    written rows carry the literal: a job that reads ``WHERE model_name = 'x'`` writes rows like any other.
    """

    def __init__(self, patterns: Sequence[str], fallback: Fallback | None = None) -> None:
        self.patterns = tuple(pattern.lower() for pattern in ([patterns] if isinstance(patterns, str) else patterns))
        self.fallback = fallback
        if fallback is not None and "source_column" not in fallback:
            raise ValidationError('shared_table_fallback needs a "source_column"')

    def shares(self, table: str) -> bool:
        """Whether many models share the table."""
        return any(pattern in table.lower() for pattern in self.patterns)

    def reads(self, statement: Statement) -> list[DataPort]:
        """Return the ports that a statement reads."""
        names = list(dict.fromkeys(name for tree in statement.trees for name in compared(tree, COLUMN)))
        return [port for table in statement.inputs for port in _ports(table, names if self.shares(table) else [])]

    def writes(self, statement: Statement, row: Mapping[str, Any]) -> list[DataPort]:
        """Return the ports that a statement writes."""
        found = [carried(tree, COLUMN) for tree in statement.trees if (target := target_of(tree)) is not None and target.tables]
        names = list(dict.fromkeys(name for part in found for name in part.values))
        derived = self._derived(row)
        ports: list[DataPort] = []
        for table in statement.outputs:
            if not names and derived and self.shares(table):
                ports.append(DataPort(table, model_name=derived))
                continue
            ports.extend(_ports(table, names))
            if names and any(part.others for part in found):
                ports.append(DataPort(table))
        return ports

    def _derived(self, row: Mapping[str, Any]) -> str:
        if self.fallback is None:
            return ""
        wanted = self.fallback["source_column"].lower()
        value = next((value for column, value in row.items() if column.lower() == wanted), None)
        return "" if value is None else str(value).removeprefix(self.fallback.get("strip_prefix") or "")


def _ports(table: str, names: Sequence[str]) -> list[DataPort]:
    return [DataPort(table, model_name=name) for name in names] or [DataPort(table)]
