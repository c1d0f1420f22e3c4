"""``graph-ledger browse``: Neo4j Browser, open at a question."""

from urllib.parse import quote, urlsplit

import click

from graph_ledger.surfaces.cli.completion import model_names, statement_names
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note
from graph_ledger.surfaces.cli.session import Session, pass_session
from graph_ledger.surfaces.cli.statements import check_parameters, filled_in, full_name, parameters

OF_ONE_MODEL, OF_ALL = "impact_neighbourhood", "whole_estate"
DATABASE = "neo4j"
"""The database that Browser opens by itself."""
BOLT, HTTP, HTTPS = 7687, 7474, 7473


@click.command(epilog=example("--demo browse customer_features", "--demo browse --query validations_outstanding --param tier=high --print"))
@click.argument("model", required=False, shell_complete=model_names)
@click.option(
    "--query", metavar="NAME", shell_complete=statement_names,
    help=f"A statement of `graph-ledger cypher list`; {OF_ONE_MODEL} of a model, else {OF_ALL}.",
)  # fmt: skip
@click.option("--param", "given", multiple=True, metavar="K=V", help="A text for a parameter of the statement, beside the key of MODEL.")
@click.option("--browser", metavar="ADDRESS", help="Where Neo4j Browser is, when it is not on the server's own port 7474.")
@click.option("--print", "only_print", is_flag=True, help="Print the address, open nothing.")
@pass_session
def browse(
    session: Session, /, model: str | None, query: str | None, given: tuple[str, ...], browser: str | None, *, only_print: bool
) -> str | None:
    """Open Neo4j Browser at a question about MODEL, or about the whole estate; press run there to see it."""
    from graph_ledger.database.statements import question, statement

    session.check_database("browse")
    name = full_name(query or (OF_ONE_MODEL if model else OF_ALL))
    text = statement(name)
    values = dict(map(_parameter, given))
    if "key" in parameters(text) and "key" not in values:
        if model is None:
            raise click.UsageError(f"{name} is a question about one model: name it")
        values["key"] = session.ledger.get(model).key
    check_parameters(click.get_current_context(), text, values)
    text = filled_in(text, values)
    address = _address(session, f"// {question(name)}\n{text}", browser)
    if only_print:
        return address
    import webbrowser

    note(_password(session))
    if not webbrowser.open(address):
        note("no web browser could be opened; this is the address:")
        return address
    return None


def _parameter(given: str) -> tuple[str, str]:
    name, divided, text = given.partition("=")
    if not divided:
        raise click.BadParameter(f"{given!r} has no '=': write --param tier=high")
    return name, text


def _address(session: Session, text: str, browser: str | None) -> str:
    settings = session.settings
    if settings.uri is None:
        found = session.started
        where, database = browser or str(found.browser), str(found.uri)
    else:
        where, database = browser or _browser(settings.uri), settings.uri
    parts = urlsplit(database)
    host = parts.netloc.rpartition("@")[2]
    connection = f"{parts.scheme}://{quote(settings.user, safe='')}@{host if parts.port else f'{host}:{BOLT}'}"
    other = "" if settings.database == DATABASE else f"&db={quote(settings.database, safe='')}"
    return f"{where}?dbms={quote(connection, safe=':/@')}{other}&cmd=edit&arg={quote(text, safe='')}"


def _browser(uri: str) -> str:
    """Guess where the Browser of a server is: the same host, Neo4j's usual port."""
    parts = urlsplit(uri)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"https://{host}:{HTTPS}/browser/" if "+s" in parts.scheme else f"http://{host}:{HTTP}/browser/"


def _password(session: Session) -> str:
    settings = session.settings
    if settings.uri is None:
        return f"Neo4j Browser asks for a password: the one in {settings.home / 'password'}, user {settings.user}"
    return f"Neo4j Browser asks for the password of {settings.user}"
