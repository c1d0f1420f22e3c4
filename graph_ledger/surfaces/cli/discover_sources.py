"""The sources that ``graph-ledger discover`` reads one by one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.connectors.paths import day_of
from graph_ledger.errors import RemovalGuardError
from graph_ledger.surfaces.cli.discover_run import coverage_option, run, run_options
from graph_ledger.surfaces.cli.options import NOW, example
from graph_ledger.surfaces.cli.output import note
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3

    from graph_ledger.values.add_result import RunReport
    from graph_ledger.values.plan import Plan

STDIN, STDIN_SCOPE = "-", "stdin"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SCOPE = "What one run covers. What an earlier run of this name and scope listed, and this one does not, is gone. Left out: "
NAME = "Who says so. It signs whatever the run says, and no run touches what another name has said."
COLUMNS = ("name_column", "sql_column", "input_columns", "output_columns", "dialect")
OTHER_WAREHOUSE = "if {folder} is another warehouse than the one read before, give each a --scope of its own"


@click.command(epilog=example("discover warehouse warehouse/2026-06-30 --observed-at 2026-06-30 --coverage coverage.jsonl"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--scope", help=f"{SCOPE}`default`, for all dates of one warehouse; give a second warehouse a scope of its own.")
@click.option("--catalogue", type=FILE, help="JSON or YAML: the columns of tables that nothing here makes, {table: [column, ...]}.")
@click.option("--no-columns", is_flag=True, help="Read tables alone; how their columns come about is left out.")
@click.option("--no-cache", is_flag=True, help="Parse every text anew; else what did not change is taken from the cache folder.")
@click.option("--alias", "aliases", multiple=True, metavar="A=B", help="Project A mirrors project B; may be given again.")
@coverage_option
@run_options
@pass_session
def warehouse(
    session: Session,
    /,
    folder: Path,
    scope: str | None,
    aliases: tuple[str, ...],
    coverage: Path | None,
    catalogue: Path | None,
    *,
    no_columns: bool,
    no_cache: bool,
    **how: Any,
) -> "RunReport | Plan":
    """Read FOLDER, a warehouse's query repository as of one date, with sql/ in it."""
    from graph_ledger.connectors.base import DEFAULT_SCOPE
    from graph_ledger.connectors.warehouse import WarehouseConnector

    connector = WarehouseConnector(
        folder,
        aliases=dict(map(_alias, aliases)),
        scope=scope or DEFAULT_SCOPE,
        columns=not no_columns,
        catalogue=None if catalogue is None else _catalogue(catalogue),
        cache=not no_cache,
    )
    day = day_of(folder)
    if day and how["observed_at"] is None:
        raise click.UsageError(f"{folder} has a date for a name: say --observed-at {day} if it was so then, else --observed-at {NOW}")
    from graph_ledger.values.add_result import RunReport

    other = "" if scope else OTHER_WAREHOUSE.format(folder=folder)
    try:
        report = run(session, connector, coverage, **how)
    except RemovalGuardError:
        if other:
            note(other)
        raise
    if other and isinstance(report, RunReport) and report.gone and not report.skipped + report.changed:
        note(f"nothing of what {report.source} listed before was there: {other}")
    return report


@click.command(epilog=example("discover files estate.yaml --observed-at 2026-06-30", "discover files - < estate.json"))
@click.argument("path", type=click.Path(exists=True, allow_dash=True))
@click.option("--name", default="files", show_default=True, help=NAME)
@click.option("--scope", help=f"{SCOPE}the full path; for - it is `{STDIN_SCOPE}`, and then nothing is ever gone.")
@run_options
@pass_session
def files(session: Session, /, path: str, name: str, scope: str | None, **how: Any) -> "RunReport | Plan":
    """Read PATH: a JSON or YAML file, a folder of them, or - for standard input."""
    from graph_ledger.connectors.files import FilesConnector

    anyhow = STDIN_SCOPE if path == STDIN else full_path(path)
    return run(session, FilesConnector(path, name=name, scope=scope or anyhow, partial=path == STDIN and not scope), None, **how)


@click.command(epilog=example("discover sql jobs.db --query 'SELECT job, code FROM jobs' --name-column job --sql-column code"))
@click.argument("file", type=FILE)
@click.option("--query", required=True, metavar="SQL", help="What to ask the database.")
@click.option("--name-column", required=True, metavar="COLUMN", help="The column that names the node.")
@click.option("--sql-column", metavar="COLUMN", help="The column with the SQL that the job runs.")
@click.option("--input-column", "input_columns", multiple=True, metavar="COLUMN", help="A column that names what is read.")
@click.option("--output-column", "output_columns", multiple=True, metavar="COLUMN", help="A column that names what is written.")
@click.option("--dialect", metavar="NAME", help="How the SQL is written, as sqlglot names it.")
@click.option("--name", default="sql", show_default=True, help=f"{NAME} Also the platform of the nodes.")
@click.option("--scope", help=f"{SCOPE}the full path and a hash of the query, so that an edited query is another source.")
@coverage_option
@run_options
@pass_session
def sql(  # every option of the command
    session: Session,
    /,
    file: Path,
    query: str,
    name: str,
    scope: str | None,
    coverage: Path | None,
    **given: Any,
) -> "RunReport | Plan":
    """Read FILE, an SQLite database: every row of the query is a node."""
    from graph_ledger.connectors.sql import sql_connector
    from graph_ledger.values.canonical import short_digest

    with _read_only(file) as connection:
        columns = {option: given.pop(option) for option in COLUMNS}
        connector = sql_connector(name, connection, query, columns.pop("name_column"), **columns)
        connector.scope = scope or f"{full_path(file)}#{short_digest(' '.join(query.split()))[:8]}"
        return run(session, connector, coverage, **given)


def full_path(path: str | Path) -> str:
    """Return the one path of a file, as text that any database takes."""
    return str(Path(path).resolve()).encode(errors="backslashreplace").decode()


def _catalogue(file: Path) -> dict[str, list[str]]:
    """Read which columns tables have."""
    from graph_ledger.connectors.metadata_file import load_yaml
    from graph_ledger.errors import ValidationError

    try:
        found = load_yaml(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, ValidationError) as error:
        raise click.UsageError(f"--catalogue {file} cannot be read: {error}") from None
    if not isinstance(found, dict) or not all(
        isinstance(names, list) and all(isinstance(n, str) for n in names) for names in found.values()
    ):
        raise click.UsageError(f"--catalogue {file} holds no tables: write {{table: [column, ...]}}")
    return found


def _alias(given: str) -> tuple[str, str]:
    mirror, divided, original = given.partition("=")
    if not (mirror and divided and original):
        raise click.BadParameter(f"{given!r} is no alias: write --alias mirror=original")
    return mirror, original


@contextmanager
def _read_only(file: Path) -> "Iterator[sqlite3.Connection]":
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise click.UsageError(f"{file} cannot be read: {error}") from None
