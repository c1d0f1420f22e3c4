"""``graph-ledger``: the group of all commands, and the one place where an error becomes an exit code."""

import sys
from io import TextIOWrapper
from typing import Any

import click

from graph_ledger.errors import GraphLedgerError
from graph_ledger.surfaces.cli.browse import browse
from graph_ledger.surfaces.cli.changelog import changelog
from graph_ledger.surfaces.cli.check import check
from graph_ledger.surfaces.cli.completion import completion
from graph_ledger.surfaces.cli.composite import composite
from graph_ledger.surfaces.cli.connectors import connectors
from graph_ledger.surfaces.cli.contract.group import contract
from graph_ledger.surfaces.cli.cypher import cypher
from graph_ledger.surfaces.cli.demo import demo
from graph_ledger.surfaces.cli.discover import discover
from graph_ledger.surfaces.cli.doctor import doctor
from graph_ledger.surfaces.cli.history import history
from graph_ledger.surfaces.cli.inventory import inventory
from graph_ledger.surfaces.cli.keys import keys
from graph_ledger.surfaces.cli.lineage import impact, path, trace
from graph_ledger.surfaces.cli.links import connect, dependencies, link, unlink
from graph_ledger.surfaces.cli.mcp import mcp
from graph_ledger.surfaces.cli.models import list_models, show
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import answer
from graph_ledger.surfaces.cli.overview import investigate, overview
from graph_ledger.surfaces.cli.prove import prove
from graph_ledger.surfaces.cli.query import query
from graph_ledger.surfaces.cli.record import record
from graph_ledger.surfaces.cli.register import register, update
from graph_ledger.surfaces.cli.registry.group import registry
from graph_ledger.surfaces.cli.runs import coverage, runs
from graph_ledger.surfaces.cli.seal import seal
from graph_ledger.surfaces.cli.serve import serve
from graph_ledger.surfaces.cli.server import server
from graph_ledger.surfaces.cli.session import Session
from graph_ledger.surfaces.cli.silent import silent
from graph_ledger.surfaces.cli.tag import tag, tags
from graph_ledger.surfaces.cli.verify import verify
from graph_ledger.surfaces.version import installed_version
from graph_ledger.values.printable import printable

UNEXPECTED = 70
"""Exit code of what nobody foresaw, a fault of the program itself."""


class Commands(click.Group):
    """A group whose commands fail with one line on stderr and the exit code of the error."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error is said, never shown as a traceback."""
        try:
            return super().invoke(ctx)
        except GraphLedgerError as error:
            code, said = error.exit_code, str(error)
        except ModuleNotFoundError as error:
            if ctx.params["debug"]:
                raise
            code, said = GraphLedgerError.exit_code, str(error)
        except click.NoSuchOption as error:
            if not any(error.option_name in option.opts for option in self.params):
                raise
            said = f"{error.option_name} goes before the command: graph-ledger {error.option_name} {ctx.invoked_subcommand} ..."
            raise click.UsageError(said, error.ctx) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                raise
            code, said = UNEXPECTED, f"unexpected {type(error).__name__}: {error} (--debug before the command shows where)"
        click.echo(f"Error: {printable(said)}", err=True)
        return ctx.exit(code)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  # click's own order
    if wanted and not context.resilient_parsing:
        click.echo(f"graph-ledger {installed_version() or 'of a source folder'}")
        context.exit()


@click.group(cls=Commands, epilog=example("demo", "--demo impact customer_features", "--uri neo4j://graph.example list --json"))
@click.option(
    "--uri", metavar="ADDRESS", help="Address of the database, or of a service (https://...); else GRAPH_LEDGER_URI, else the local server."
)
@click.option("--database", metavar="NAME", help="Name of the database on that server; else GRAPH_LEDGER_DATABASE, else neo4j.")
@click.option("--demo", is_flag=True, help="Ask the demo estate, which `graph-ledger demo` loads.")
@click.option("--debug", is_flag=True, help="Show where the program went wrong, should it ever.")
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Say the version.")
@click.pass_context
def cli(context: click.Context, uri: str | None, database: str | None, *, demo: bool, debug: bool) -> None:
    """Ask what breaks, as of any date.

    User and password come from GRAPH_LEDGER_USER and GRAPH_LEDGER_PASSWORD or from graph-ledger.toml, never from an argument; so does the
    key of a service, from GRAPH_LEDGER_KEY.
    Exit codes: 0 fine, 1 a finding or a source that failed, 2 wrong usage, 3 the database.
    """
    del debug
    context.obj = context.with_resource(Session(uri, database, demo=demo))


for command in (
    browse, changelog, check, completion, composite, connect, connectors, contract, coverage, cypher, demo, dependencies, discover, doctor,
    history, impact, inventory, investigate, keys, link, list_models, mcp, overview, path, prove, query, record, register, registry, runs,
    seal, serve, server, show, silent, tag, tags, trace, unlink, update, verify,
):  # fmt: skip
    cli.add_command(command)
cli.result_callback()(answer)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    cli(prog_name="graph-ledger")
