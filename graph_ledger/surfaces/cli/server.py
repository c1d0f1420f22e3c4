"""``graph-ledger server``: the local Neo4j."""

import click

from graph_ledger import server as local
from graph_ledger.server import Status
from graph_ledger.settings import Settings


@click.group()
def server() -> None:
    """Install, start and stop the local Neo4j."""


@server.command()
def install() -> None:
    """Download the local Neo4j, or check and mend what is there."""
    settings = Settings()
    local.install(settings.cache)
    click.echo(f"installed below {settings.cache}")


@server.command()
def start() -> None:
    """Start the local Neo4j; it stays up until it is stopped."""
    settings = Settings()
    click.echo(sentence(local.start(settings.home, settings.cache)))


@server.command()
def stop() -> None:
    """Stop the local Neo4j with everything written."""
    click.echo("stopping: seconds, or up to two minutes while somebody holds a transaction open", err=True)
    click.echo(sentence(local.stop(Settings().home)))


@server.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def status(*, as_json: bool) -> None:
    """Say whether the local Neo4j runs, and where."""
    settings = Settings()
    found = local.status(settings.home, settings.cache)
    click.echo(found.model_dump_json() if as_json else sentence(found))


@server.command()
@click.option("--lines", default=50, show_default=True, type=click.IntRange(min=1), help="How many of the last lines.")
def logs(lines: int) -> None:
    """Show what the local Neo4j says of itself."""
    click.echo(local.logs(Settings().home, lines))


def sentence(found: Status) -> str:
    """Say a status in one line."""
    if found.state == "running":
        where = f"{found.uri}, Browser at {found.browser}, user neo4j, password in {found.home / 'password'}"
        return f"running: Neo4j {found.version} at {where} (process {found.pid})"
    if found.state == "absent":
        return "absent: `graph-ledger server install` installs it"
    return f"stopped: `graph-ledger server start` starts it on {found.home}"
