"""The query repository of a warehouse: one folder per table, one node per table."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from graph_ledger.connectors.folders import BACK, leads_back, reason_of
from graph_ledger.connectors.metadata_file import load_yaml, table_metadata
from graph_ledger.connectors.paths import shown
from graph_ledger.connectors.sql_reading import CoverageLine, Home, Statement, statuses, totals
from graph_ledger.connectors.sql_reading.cache import Folder, ParseCache
from graph_ledger.connectors.sql_reading.column_nodes import column_totals, met_flows, node_flows
from graph_ledger.connectors.sql_reading.column_order import Told, follow
from graph_ledger.connectors.sql_reading.reading import Reading
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode

KINDS = {"query.sql": "query", "view.sql": "view", "materialized_view.sql": "materialized view", "script.sql": "script"}
"""The files that make a folder a table, and what they make it."""
MATERIAL = frozenset({"query", "script"})
"""Kinds whose outputs a wildcard meets."""


@dataclass(frozen=True)
class _Table:
    """One folder: its name, what its SQL says, what its metadata says."""

    name: str
    kind: str
    inputs: frozenset[str]
    outputs: frozenset[str]
    metadata: dict[str, Any]
    readings: tuple[Reading, ...]


class WarehouseConnector:
    """Reads one dated folder: ``sql/<project>/<dataset>/<table>/{query,view,materialized_view,script}.sql``.

    All dated folders are one source with one scope, so that a later date closes what it does not have any more.

    Args:
        folder: The dated folder, or the ``sql`` folder in it.
        name: Signs every claim.
        scope: What one run covers; never the folder of one date.
        aliases: Projects that mirror another, ``{"mirror": "original"}``: a read of the mirror is a read of the original.
        platform: The platform of the nodes, and part of their identity.
        dialect: How the SQL is written, as sqlglot names it.
        columns: Whether to follow columns, too.
        catalogue: Columns that are known beforehand, in order, by the full name of their table.
        cache: Where to keep what was parsed: a folder; True, the user's cache folder; False, nowhere.

    Raises:
        ValidationError: There is no such folder, or no ``sql`` in it.
    Cost: 1,713 files of 5 MB in 7 s on one core, 1 s of it for columns; 1 to 2 s where the cache knows them.
    Source: ``docs/connectors.md``, the warehouse.

    >>> [node.name for node in WarehouseConnector("warehouse/2026-06-30").discover()]
    ['my-project.core.clients_daily']
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        *,
        name: str = "warehouse",
        scope: str = DEFAULT_SCOPE,
        aliases: Mapping[str, str] | None = None,
        platform: str = "bigquery",
        dialect: str = "bigquery",
        columns: bool = True,
        catalogue: Mapping[str, Iterable[str]] | None = None,
        cache: Folder | bool = True,
    ) -> None:
        self.name, self.scope, self.platform, self.dialect = name, scope, platform, dialect
        self.aliases = {mirror.lower(): original.lower() for mirror, original in (aliases or {}).items()}
        self.columns, self._cache = columns, ParseCache.of(cache)
        self.catalogue = {table.lower(): tuple(name.lower() for name in names) for table, names in (catalogue or {}).items()}
        self.coverage: list[CoverageLine] = []
        """One line per statement of the last reading."""
        self.totals: dict[str, Any] = {}
        """The sums of the last reading."""
        self.errors: list[RowError] = []
        """What the last reading could not read."""
        self.folder = _sql_folder(Path(folder))

    def discover(self) -> Listing:
        """Read the folder once; the listing is complete when nothing in it was unreadable."""
        self.coverage, self.errors = [], []
        tables = [table for path in self._folders() for table in self._tables(path)]
        told = follow({table.name.lower(): table.readings for table in tables}, self.catalogue) if self.columns else {}
        nodes = [node for table, inputs in _met(tables) for node in self._nodes(table, inputs, told.get(table.name.lower()))]
        self.totals = totals(self.coverage, len(nodes)) | (column_totals(told.values()) if self.columns else {})
        return Listing(
            nodes,
            source=self.name,
            scope=self.scope,
            complete=not self.errors,
            errors=self.errors,
            coverage=self.totals,
            statements=statuses(self.coverage),
        )

    def _folders(self) -> Iterator[Path]:
        """Yield every folder of a table, in order of project, dataset and table."""
        level = [self.folder]
        for _ in ("project", "dataset", "table"):
            level = list(chain.from_iterable(map(self._subfolders, level)))
        return iter(level)

    def _subfolders(self, folder: Path) -> list[Path]:
        try:
            with os.scandir(folder) as entries:
                return sorted(Path(entry.path) for entry in entries if self._is_folder(entry))
        except OSError as error:
            self._refuse(folder, reason_of(error))
            return []

    def _is_folder(self, entry: "os.DirEntry[str]") -> bool:
        """Whether an entry is a folder to look into; a link that has no end is said and left."""
        path = Path(entry.path)
        try:
            looping = entry.is_dir() and entry.is_symlink() and leads_back(path)
            if looping:
                self._refuse(path, BACK)
            return entry.is_dir() and not looping
        except OSError as error:
            self._refuse(path, reason_of(error))
            return False

    def _tables(self, path: Path) -> Iterator[_Table]:
        """Yield the table of a folder, where it is one."""
        files = [file for file in KINDS if (path / file).is_file()]
        if not files:
            return
        name = ".".join(path.parts[-3:])
        readings = [reading for file in files for reading in self._read(path / file, name)]
        statements = [statement for reading in readings for statement in reading.statements]
        yield _Table(
            name,
            kind=KINDS[files[0]],
            inputs=frozenset(chain.from_iterable(statement.inputs for statement in statements)),
            outputs=frozenset(chain.from_iterable(statement.outputs for statement in statements)) | {name.lower()},
            metadata={**self._metadata(path / "metadata.yaml"), **_connections(statements)},
            readings=tuple(readings),
        )

    def _read(self, path: Path, node: str) -> Iterator[Reading]:
        """Yield what one file says, where it can be read."""
        line = partial(CoverageLine, node=shown(node), file=self._place(path))
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = reason_of(error)
            self._refuse(path, reason)
            self.coverage.append(line(statement=0, kind="file", rendering="plain", status="refused", reason=reason, inputs=(), outputs=()))
            return
        home = Home(path.parts[-4], path.parts[-3], self.aliases)
        reading = Reading(text, dialect=self.dialect, home=home, cache=self._cache)
        self.coverage.extend(
            line(
                statement=found.number,
                kind=found.kind,
                rendering=found.rendering,
                status=found.status,
                reason=found.reason,
                inputs=tuple(map(shown, found.inputs)),
                outputs=tuple(map(shown, found.outputs)),
            )
            for found in reading.statements
        )
        yield reading

    def _metadata(self, path: Path) -> dict[str, Any]:
        try:
            return table_metadata(load_yaml(path.read_bytes().decode("utf-8-sig")))
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            self._refuse(path, reason_of(error))
        except ValidationError as error:
            self._refuse(path, str(error))
        return {}

    def _nodes(self, table: _Table, inputs: frozenset[str], told: Told | None) -> Iterator[DataNode]:
        metadata = {**table.metadata, "model_type": table.kind}
        columns = node_flows(met_flows(told.flows, inputs, table.inputs)) if told else ()
        try:
            yield DataNode(table.name, self.platform, sorted(inputs), sorted(table.outputs), metadata, columns)
        except ValidationError as error:
            self.errors.append(RowError(where=shown(table.name), reason=str(error)))

    def _refuse(self, path: Path, reason: str) -> None:
        self.errors.append(RowError(where=self._place(path), reason=reason))

    def _place(self, path: Path) -> str:
        return shown(path.relative_to(self.folder).as_posix())


def _sql_folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise ValidationError(f"there is no folder {str(folder)!r}: name the folder of one date, which holds 'sql'")
    inner = folder / "sql"
    if inner.is_dir():
        return inner
    if folder.name == "sql":
        return folder
    raise ValidationError(f"the folder {str(folder)!r} holds no 'sql': name the folder of one date, which does")


def _met(tables: list[_Table]) -> Iterator[tuple[_Table, frozenset[str]]]:
    """Yield each table with its inputs: a wildcard is one as written, and so is every table that it meets."""
    material = sorted({output for table in tables if table.kind in MATERIAL for output in table.outputs})
    for table in tables:
        prefixes = tuple(name[:-1] for name in table.inputs if name.endswith("*"))
        met = frozenset(name for name in material if name.startswith(prefixes)) - table.outputs if prefixes else frozenset()
        yield table, table.inputs | met


def _connections(statements: list[Statement]) -> dict[str, Any]:
    """Name the other databases that the SQL reads from, which no port can."""
    found = sorted(set(chain.from_iterable(statement.connections for statement in statements)))
    return {"federated_connections": found} if found else {}
