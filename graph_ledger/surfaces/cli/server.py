"""``graph-ledger server``: the local Neo4j."""

from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    from graph_ledger.server import Status


@click.group(epilog=example("server install", "server start"))
def server() -> None:
    """Install, start and stop the local Neo4j."""


@server.command(epilog=example("server install"))
@pass_session
def install(session: Session, /) -> None:
    """Download the local Neo4j, or check and mend what is there."""
    from graph_ledger import server as local

    local.install(session.settings.cache)
    click.echo(f"installed below {session.settings.cache}")


@server.command(epilog=example("server start"))
@pass_session
def start(session: Session, /) -> None:
    """Start the local Neo4j; it stays up until it is stopped."""
    from graph_ledger import server as local

    click.echo(sentence(local.start(session.settings.home, session.settings.cache), demo=session.demo))


@server.command(epilog=example("server stop", "--demo server stop"))
@pass_session
def stop(session: Session, /) -> None:
    """Stop the local Neo4j with everything written."""
    from graph_ledger import server as local

    if local.status(session.settings.home, session.settings.cache).state == "running":
        click.echo("stopping: this takes a few seconds", err=True)
    click.echo(sentence(local.stop(session.settings.home), demo=session.demo))


@server.command(epilog=example("server status --json"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_session
def status(session: Session, /, *, as_json: bool) -> None:
    """Say whether the local Neo4j runs, and where."""
    from graph_ledger import server as local

    found = local.status(session.settings.home, session.settings.cache)
    click.echo(found.model_dump_json() if as_json else sentence(found, demo=session.demo))


@server.command(epilog=example("server logs --lines 200"))
@click.option("--lines", default=50, show_default=True, type=click.IntRange(min=1), help="How many of the last lines.")
@pass_session
def logs(session: Session, /, lines: int) -> None:
    """Show what the local Neo4j says of itself."""
    from graph_ledger import server as local

    click.echo(local.logs(session.settings.home, lines))


def sentence(found: "Status", *, demo: bool) -> str:
    """Say a status in one line."""
    if found.state == "running":
        where = f"{found.uri}, Browser at {found.browser}, user neo4j, password in {found.home / 'password'}"
        return f"running: Neo4j {found.version} at {where} (process {found.pid})"
    if found.state == "absent":
        return "absent: `graph-ledger server install` installs it"
    return f"stopped: `graph-ledger {'--demo ' if demo else ''}server start` starts it on {found.home}"
