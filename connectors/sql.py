"""A table of models or jobs behind SQL: one node per name, its ports from columns or from the SQL it runs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from graph_ledger.connectors.cron import frequency
from graph_ledger.connectors.merging import distinct
from graph_ledger.connectors.metadata_file import plain
from graph_ledger.connectors.rows import Row, read_rows
from graph_ledger.connectors.shared_tables import Fallback, SharedTables
from graph_ledger.connectors.sql_reading import CoverageLine, statuses, totals
from graph_ledger.connectors.sql_reading.column_nodes import column_totals, node_flows
from graph_ledger.connectors.sql_reading.column_order import told_of
from graph_ledger.connectors.sql_reading.reading import Reading
from graph_ledger.connectors.sql_reading.templates import strip_placeholders
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode, check_platform
from graph_ledger.values.port import DataPort

PortSpec = Mapping[str, Any]
Preprocessor = Callable[[str], str] | Literal["default"] | None
PORT_WORDS = frozenset({"column", "fallback"})


def sql_connector(  # the documented order
    name: str,
    connection: Any,
    query: str,
    name_column: str,
    name_prefix: str = "",
    input_columns: Sequence[str] | None = None,
    output_columns: Sequence[str] | None = None,
    sql_column: str | None = None,
    sql_preprocessor: Preprocessor = "default",
    shared_table_patterns: Sequence[str] = ("scores", "alert"),
    shared_table_fallback: Fallback | None = None,
    cron_column: str | None = None,
    input_port: PortSpec | None = None,
    output_port: PortSpec | None = None,
    metadata_columns: Sequence[str] | Mapping[str, str] | None = None,
    dialect: str | None = None,
    *,
    columns: bool = True,
    catalogue: Mapping[str, Sequence[str]] | None = None,
) -> "SqlConnector":
    """Make a connector of one query: every row is a node, or one more part of the node of that name.

    Args:
        name: Signs every claim, and is the platform of the nodes.
        connection: Of DB-API (sqlite3 as it comes) or SQLAlchemy, or anything whose ``execute`` yields mappings.
        query: What to ask.
        name_column: The column that names the node; a row without a name is an error, and the others go on.
        name_prefix: Goes in front of every name.
        input_columns: Columns that hold names of what is read.
        output_columns: Columns that hold names of what is written.
        sql_column: A column that holds the SQL a job runs: what it reads are inputs, what it writes outputs.
        sql_preprocessor: What is done to that SQL first: ``"default"`` puts a placeholder's own name in its place.
        shared_table_patterns: Parts of the names of tables that many models share, told apart by ``model_name``.
        shared_table_fallback: ``{"source_column": ..., "strip_prefix": ...}``: the ``model_name`` of a shared table that
            is written without a literal one.
        cron_column: A column that holds a cron line.
        input_port: ``{"column": ..., "fallback": ..., **schema}``: one port with a schema; the fallback is a column too.
        output_port: The same for what is written.
        metadata_columns: Columns to keep, as a list or as ``{"name in metadata": "column"}``. None: every other one.
        dialect: How the SQL is written, as sqlglot names it. None: any that can read it.
        columns: Whether to follow columns through that SQL, too.
        catalogue: Columns that are known beforehand, in order, by the name of their table as the SQL writes it.

    Raises:
        ValidationError: An argument does not fit.
    Source: ``docs/connectors.md``, SQL databases.

    >>> class Registry:
    ...     def execute(self, query):
    ...         return [{"name": "daily", "code": "INSERT INTO out SELECT * FROM raw"}]
    >>> node = sql_connector("jobs", Registry(), "SELECT name, code FROM jobs", "name", sql_column="code").discover()[0]
    >>> node.inputs, node.outputs
    ((DataPort('raw'),), (DataPort('out'),))
    """
    return SqlConnector(
        name,
        connection,
        query,
        name_column,
        name_prefix=name_prefix,
        input_columns=tuple(input_columns or ()),
        output_columns=tuple(output_columns or ()),
        sql_column=sql_column,
        preprocess=_preprocessor(sql_preprocessor),
        shared=SharedTables(shared_table_patterns, shared_table_fallback),
        cron_column=cron_column,
        ports=(_port_spec(input_port, "input_port"), _port_spec(output_port, "output_port")),
        metadata_columns=metadata_columns,
        dialect=dialect,
        columns=columns,
        catalogue=catalogue,
    )


class SqlConnector:
    """Made by `sql_connector`, which says what each part is."""

    def __init__(
        self,
        name: str,
        connection: Any,
        query: str,
        name_column: str,
        *,
        name_prefix: str,
        input_columns: tuple[str, ...],
        output_columns: tuple[str, ...],
        sql_column: str | None,
        preprocess: Callable[[str], str],
        shared: SharedTables,
        cron_column: str | None,
        ports: tuple[PortSpec | None, PortSpec | None],
        metadata_columns: Sequence[str] | Mapping[str, str] | None,
        dialect: str | None,
        columns: bool,
        catalogue: Mapping[str, Sequence[str]] | None,
    ) -> None:
        self.name, self.scope, self.connection, self.query = name, DEFAULT_SCOPE, connection, query
        self.platform = check_platform(name)
        self.name_column, self.name_prefix = name_column, name_prefix
        self.input_columns, self.output_columns, self.ports = input_columns, output_columns, ports
        self.sql_column, self.cron_column, self.dialect = sql_column, cron_column, dialect
        self.metadata_columns = metadata_columns
        self._preprocess, self._shared = preprocess, shared
        self.columns = columns
        self.catalogue = {table.lower(): tuple(name.lower() for name in names) for table, names in (catalogue or {}).items()}
        self._readings: dict[str, list[Reading]] = {}
        self.coverage: list[CoverageLine] = []
        """One line per statement of the last reading."""
        self.totals: dict[str, Any] = {}
        """The sums of the last reading."""
        self.errors: list[RowError] = []
        """Rows that the last reading could not use."""

    def discover(self) -> Listing:
        """Ask once; the listing is complete when every row was read and none was an error.

        Raises:
            SourceError: The query failed.
            ValidationError: The query does not give a column that was named.
        """
        self.coverage, self.errors, self._readings = [], [], {}
        rows, columns = read_rows(self.connection, self.query, self.name)
        self._check(columns)
        nodes: dict[str, DataNode] = {}
        for number, row in enumerate(rows, 1):
            node = self._tried(row, number)
            if node is not None:
                nodes[node.name] = _merged(nodes[node.name], node) if node.name in nodes else node
        self.totals = totals(self.coverage, len(nodes))
        if self.columns and self.sql_column:
            nodes = self._with_columns(nodes)
        return Listing(
            nodes.values(),
            source=self.name,
            scope=self.scope,
            complete=not self.errors,
            errors=self.errors,
            coverage=self.totals,
            statements=statuses(self.coverage),
        )

    def _check(self, columns: list[str]) -> None:
        """Refuse a reading that lacks a column which was named, where the connection tells its columns."""
        known = {column.lower() for column in columns}
        named = [self.name_column, self.sql_column, self.cron_column, *self.input_columns, *self.output_columns]
        missing = [column for column in named if column and column.lower() not in known]
        twice = [column for column in columns if columns.count(column) > 1 and column.lower() in {each.lower() for each in named if each}]
        if twice:
            raise ValidationError(f"the query of {self.name!r} gives two columns {twice[0]!r}: give one of them another name with AS")
        if columns and missing:
            raise ValidationError(f"the query of {self.name!r} gives no column {missing[0]!r}: it gives {', '.join(columns)}")

    def _tried(self, row: Row, number: int) -> DataNode | None:
        try:
            return self._node(row, number)
        except Exception as error:  # noqa: BLE001  # one row, or what a user's preprocessor does to it
            self.errors.append(RowError(where=f"row {number}", reason=str(error) or type(error).__name__))
            return None

    def _node(self, row: Row, number: int) -> DataNode:
        given = _value(row, self.name_column)
        if given is None or not str(given).strip():
            raise ValidationError(f"the row has no name: {self.name_column!r} is empty")
        name = f"{self.name_prefix}{given}"
        inputs = [DataPort(value) for column in self.input_columns for value in _names(row, column)]
        outputs = [DataPort(value) for column in self.output_columns for value in _names(row, column)]
        for spec, ports in zip(self.ports, (inputs, outputs), strict=True):
            ports.extend(_port(spec, row) if spec else ())
        reading = self._reading(row, name, number)
        for statement in reading.statements if reading else ():
            inputs.extend(self._shared.reads(statement))
            outputs.extend(self._shared.writes(statement, row))
        node = DataNode(name, self.platform, distinct(inputs), distinct(outputs), self._metadata(row))
        if reading:
            self._readings.setdefault(name, []).append(reading)
        return node

    def _with_columns(self, nodes: Mapping[str, DataNode]) -> dict[str, DataNode]:
        """Return the nodes with what their SQL says of columns; a plain query gives what its node writes, where that is one thing."""
        found, sums = {}, []
        for name, node in nodes.items():
            inputs, outputs = ({port.identifier for port in ports} for ports in (node.inputs, node.outputs))
            told = told_of(min(outputs) if len(outputs) == 1 else "", self._readings.get(name, ()), self.catalogue)
            flows = [flow for flow in node_flows(told.flows) if flow.output in outputs and flow.input in inputs]
            found[name] = DataNode(node.name, node.platform, node.inputs, node.outputs, node.metadata, flows) if flows else node
            sums.append(told)
        self.totals |= column_totals(sums)
        return found

    def _reading(self, row: Row, node: str, number: int) -> Reading | None:
        text = _value(row, self.sql_column) if self.sql_column else None
        if text is None:
            return None
        reading = Reading(self._preprocess(str(text)), dialect=self.dialect, templates=False)
        self.coverage.extend(
            CoverageLine(
                node=node,
                file=f"row {number}",
                statement=found.number,
                kind=found.kind,
                rendering=found.rendering,
                status=found.status,
                reason=found.reason,
                inputs=found.inputs,
                outputs=found.outputs,
            )
            for found in reading.statements
        )
        return reading

    def _metadata(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {"node_type": self.name}
        cron = _value(row, self.cron_column) if self.cron_column else None
        if cron is not None and str(cron).strip():
            found["cron"] = str(cron)
            spoken = frequency(str(cron))
            found.update({"run_frequency": spoken} if spoken else {})
        kept = {key: value for key, value in self._kept(row).items() if value is not None}
        return {**found, **plain(kept)}

    def _kept(self, row: Row) -> Row:
        if isinstance(self.metadata_columns, Mapping):
            return {key: _value(row, column) for key, column in self.metadata_columns.items()}
        if self.metadata_columns is not None:
            return {column: _value(row, column) for column in self.metadata_columns}
        return {column: value for column, value in row.items() if column.lower() not in self._reserved()}

    def _reserved(self) -> set[str]:
        specs = [spec[word] for spec in self.ports if spec for word in PORT_WORDS if spec.get(word)]
        named = (self.name_column, self.sql_column, self.cron_column, *self.input_columns, *self.output_columns, *specs)
        return {column.lower() for column in named if column}


def _preprocessor(given: Preprocessor) -> Callable[[str], str]:
    if given == "default":
        return strip_placeholders
    if given is None:
        return str
    if callable(given):
        return given
    raise ValidationError(f'sql_preprocessor is "default", None or a function of a text, not {given!r}')


def _port_spec(given: PortSpec | None, argument: str) -> PortSpec | None:
    if given is not None and not given.get("column"):
        raise ValidationError(f'{argument} needs a "column": {{"column": "queue", "kind": "alert_queue"}}')
    return given


def _port(spec: PortSpec, row: Row) -> list[DataPort]:
    schema = {key: value for key, value in spec.items() if key not in PORT_WORDS}
    found = next((names for word in ("column", "fallback") if spec.get(word) and (names := _names(row, spec[word]))), [])
    return [DataPort(name, **schema) for name in found]


def _names(row: Row, column: str) -> list[str]:
    """Return the names a column holds: one text, or a list of them; empty ones are none."""
    value = _value(row, column)
    values = value if isinstance(value, (list, tuple)) else [value]
    return [str(one) for one in values if one and str(one).strip()]


def _value(row: Row, column: str) -> Any:
    """Return what a row holds in a column; databases differ in how they write its name."""
    if column in row:
        return row[column]
    return next((value for name, value in row.items() if name.lower() == column.lower()), None)


def _merged(first: DataNode, second: DataNode) -> DataNode:
    inputs, outputs = (distinct([*one, *other]) for one, other in ((first.inputs, second.inputs), (first.outputs, second.outputs)))
    return DataNode(first.name, first.platform, inputs, outputs, {**first.metadata, **second.metadata})
