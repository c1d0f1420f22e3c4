"""``graph-ledger discover``: read a source and take in what it says."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3

    from graph_ledger.values.add_result import RunReport

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_ERRORS = 20


def run_options(command: Command) -> Command:
    """Give a connector's command what every run takes."""
    for option in (
        click.option("--allow-removals", is_flag=True, help="Let a complete listing remove more than the guard allows."),
        click.option("--observed-at", metavar="DATE", help="When the source was read; now when left out."),
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
@click.option("--scope", help="What one run covers, where several repositories are read; never the folder of one date.")
@click.option("--alias", "aliases", multiple=True, metavar="A=B", help="Project A mirrors project B; may be given again.")
@coverage_option
@run_options
@pass_session
def warehouse(
    session: Session, /, folder: Path, scope: str | None, aliases: tuple[str, ...], coverage: Path | None, **run: Any
) -> "RunReport":
    """Read FOLDER, a warehouse's query repository as of one date, with sql/ in it."""
    from graph_ledger.connectors.warehouse import WarehouseConnector

    given = {"scope": scope} if scope else {}
    return _run(session, WarehouseConnector(folder, aliases=dict(map(_alias, aliases)), **given), coverage, **run)


@discover.command(epilog=example("discover files estate.yaml --observed-at 2026-06-30", "discover files - < estate.json"))
@click.argument("path", type=click.Path(exists=True, allow_dash=True))
@click.option("--name", default="files", show_default=True, help="Signs every claim.")
@click.option("--scope", help="What one run covers, where several are read.")
@run_options
@pass_session
def files(session: Session, /, path: str, name: str, scope: str | None, **run: Any) -> "RunReport":
    """Read PATH: a JSON or YAML file, a folder of them, or - for standard input."""
    from graph_ledger.connectors.files import files_connector

    return _run(session, files_connector(path, name, **({"scope": scope} if scope else {})), None, **run)


@discover.command(epilog=example("discover sql jobs.db --query 'SELECT job, code FROM jobs' --name-column job --sql-column code"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--query", required=True, metavar="SQL", help="What to ask the database.")
@click.option("--name-column", required=True, metavar="COLUMN", help="The column that names the node.")
@click.option("--sql-column", metavar="COLUMN", help="The column with the SQL that the job runs.")
@click.option("--input-column", "input_columns", multiple=True, metavar="COLUMN", help="A column that names what is read.")
@click.option("--output-column", "output_columns", multiple=True, metavar="COLUMN", help="A column that names what is written.")
@click.option("--dialect", metavar="NAME", help="How the SQL is written, as sqlglot names it.")
@click.option("--name", default="sql", show_default=True, help="Signs every claim; the platform of the nodes.")
@coverage_option
@run_options
@pass_session
def sql(
    session: Session, /, file: Path, name: str, coverage: Path | None, observed_at: str | None, *, allow_removals: bool, **columns: Any
) -> "RunReport":
    """Read FILE, an SQLite database: every row of the query is a node."""
    from graph_ledger.connectors.sql import sql_connector

    with _read_only(file) as connection:
        connector = sql_connector(name, connection, columns.pop("query"), columns.pop("name_column"), **columns)
        return _run(session, connector, coverage, observed_at=observed_at, allow_removals=allow_removals)


def _run(session: Session, connector: Any, coverage: Path | None, *, observed_at: str | None, allow_removals: bool) -> "RunReport":
    ledger = session.ledger  # a database that does not answer is said before a long reading
    note(f"reading {connector.name}")
    try:
        report = ledger.discover(connector, observed_at=observed_at, allow_removals=allow_removals)
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
