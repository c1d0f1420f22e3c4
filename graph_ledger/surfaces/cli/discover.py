"""``graph-ledger discover``: read a source and take in what it says."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph_ledger.errors import RemovalGuardError
from graph_ledger.surfaces.cli.options import NOW, a_past_date, example
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3

    from graph_ledger.values.add_result import RunReport

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_ERRORS = 20
DAY = re.compile(r"\d{4}-\d\d-\d\d")
STDIN, STDIN_SCOPE = "-", "stdin"
SCOPE = "What one run covers. What an earlier run of this name and scope listed, and this one does not, is gone. Left out: "
NAME = "Who says so. It signs whatever the run says, and no run touches what another name has said."
OTHER_WAREHOUSE = "if {folder} is another warehouse than the one read before, give each a --scope of its own"


def run_options(command: Command) -> Command:
    """Give a connector's command what every run takes."""
    for option in (
        click.option("--allow-removals", is_flag=True, help="Let a complete listing remove more than the guard allows."),
        click.option("--observed-at", callback=a_past_date, metavar="DATE", help="When the source was read, or `now`; now when left out."),
    ):
        command = option(command)
    return output(command)


def coverage_option(command: Command) -> Command:
    """Give a connector that reads SQL a report."""
    text = "Write what was read of each statement, as JSON lines, the totals last."
    return click.option("--coverage", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE", help=text)(command)


@click.group(epilog=example("discover warehouse warehouse/2026-06-30 --observed-at 2026-06-30", "discover files estate.yaml"))
def discover() -> None:
    """Read a source and take in what it says."""


@discover.command(epilog=example("discover warehouse warehouse/2026-06-30 --observed-at 2026-06-30 --coverage coverage.jsonl"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--scope", help=f"{SCOPE}`default`, for all dates of one warehouse; give a second warehouse a scope of its own.")
@click.option("--alias", "aliases", multiple=True, metavar="A=B", help="Project A mirrors project B; may be given again.")
@coverage_option
@run_options
@pass_session
def warehouse(
    session: Session, /, folder: Path, scope: str | None, aliases: tuple[str, ...], coverage: Path | None, **run: Any
) -> "RunReport":
    """Read FOLDER, a warehouse's query repository as of one date, with sql/ in it."""
    from graph_ledger.connectors.warehouse import WarehouseConnector

    connector = WarehouseConnector(folder, aliases=dict(map(_alias, aliases)), **({"scope": scope} if scope else {}))
    day = _day(folder)
    if day and run["observed_at"] is None:
        raise click.UsageError(f"{folder} has a date for a name: say --observed-at {day} if it was so then, else --observed-at {NOW}")
    other = "" if scope else OTHER_WAREHOUSE.format(folder=folder)
    try:
        report = _run(session, connector, coverage, **run)
    except RemovalGuardError:
        if other:
            note(other)
        raise
    if other and report.gone and not report.skipped + report.changed:
        note(f"nothing of what {report.source} listed before was there: {other}")
    return report


@discover.command(epilog=example("discover files estate.yaml --observed-at 2026-06-30", "discover files - < estate.json"))
@click.argument("path", type=click.Path(exists=True, allow_dash=True))
@click.option("--name", default="files", show_default=True, help=NAME)
@click.option("--scope", help=f"{SCOPE}the full path; for - it is `{STDIN_SCOPE}`, and then nothing is ever gone.")
@run_options
@pass_session
def files(session: Session, /, path: str, name: str, scope: str | None, **run: Any) -> "RunReport":
    """Read PATH: a JSON or YAML file, a folder of them, or - for standard input."""
    from graph_ledger.connectors.files import FilesConnector

    anyhow = STDIN_SCOPE if path == STDIN else _full(path)
    return _run(session, FilesConnector(path, name=name, scope=scope or anyhow, partial=path == STDIN and not scope), None, **run)


@discover.command(epilog=example("discover sql jobs.db --query 'SELECT job, code FROM jobs' --name-column job --sql-column code"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
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
    observed_at: str | None,
    *,
    allow_removals: bool,
    **columns: Any,
) -> "RunReport":
    """Read FILE, an SQLite database: every row of the query is a node."""
    from graph_ledger.connectors.sql import sql_connector
    from graph_ledger.values.canonical import short_digest

    with _read_only(file) as connection:
        connector = sql_connector(name, connection, query, columns.pop("name_column"), **columns)
        connector.scope = scope or f"{_full(file)}#{short_digest(' '.join(query.split()))[:8]}"
        return _run(session, connector, coverage, observed_at=observed_at, allow_removals=allow_removals)


def _run(session: Session, connector: Any, coverage: Path | None, *, observed_at: str | None, allow_removals: bool) -> "RunReport":
    ledger = session.ledger  # a database that does not answer is said before a long reading
    note(f"reading {connector.name}")
    try:
        report = ledger.discover(connector, observed_at=None if observed_at == NOW else observed_at, allow_removals=allow_removals)
    finally:
        if coverage is not None:
            _write_coverage(connector, coverage)
    for error in report.errors[:MOST_ERRORS]:
        note(f"{error.where}: {error.reason}")
    if len(report.errors) > MOST_ERRORS:
        note(f"and {len(report.errors) - MOST_ERRORS} more: --json shows all")
    return report


def _write_coverage(connector: Any, file: Path) -> None:
    from graph_ledger.connectors.sql_reading import report

    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{line}\n" for line in report(connector.coverage, connector.totals))


def _full(path: str | Path) -> str:
    """Return the one path of a file, as text that any database takes."""
    return str(Path(path).resolve()).encode(errors="backslashreplace").decode()


def _day(folder: Path) -> str | None:
    """Return the day that a folder is named after, where it is."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100  # resolve() would name what a link leads to
    name = (here.parent if here.name == "sql" else here).name
    try:
        return date.fromisoformat(name).isoformat() if DAY.fullmatch(name) else None
    except ValueError:
        return None


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
