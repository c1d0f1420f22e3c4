"""``graph-ledger mcp``: the tools for agents."""

import gc
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph_ledger.surfaces.cli.hosts import check_keys, on_loopback
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    from graph_ledger.surfaces.mcp.http import Known
    from graph_ledger.surfaces.mcp.service import Service

Command = TypeVar("Command", bound=Callable[..., Any])
MISSING = "this command needs more packages: pip install 'graph-ledger[mcp]'"
OVER_HTTP = (
    click.option("--http", is_flag=True, help="Listen over HTTP (streamable HTTP, at /mcp), for several clients."),
    click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen; elsewhere it takes keys."),
    click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="On which port; 0 for a free one."),
    click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name under which it is asked, besides localhost."),
    click.option("--allow-folder", "folders", multiple=True, type=click.Path(path_type=Path), help="Let files below it be read."),
    click.option("--allow-connector", "connectors", multiple=True, metavar="TYPE", help="Let connectors of this type be run; * for all."),
    click.option("--allow-address", "addresses", multiple=True, metavar="START", help="Let connectors ask addresses that begin so."),
)
BUDGET = (
    click.option("--max-rows", default=200, show_default=True, type=click.IntRange(1, 10_000), help="Entries of any list of an answer."),
    click.option("--max-depth", type=click.IntRange(min=1), help="Steps of a walk; no bound when left out."),
    click.option("--max-seconds", default=30.0, show_default=True, type=click.FloatRange(min=0.1), help="How long an answer may take."),
)


def _with(options: tuple[Callable[[Any], Any], ...]) -> Callable[[Command], Command]:
    def given(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return given


@click.command(epilog=example("mcp --demo", "mcp --read-only", "mcp --url https://ledger.example", "mcp --http --port 8001"))
@click.option("--demo", is_flag=True, help="Serve the demo estate, loaded when it is first asked for; never your own graph.")
@click.option("--url", metavar="ADDRESS", help="Ask this graph-ledger service, with the key in GRAPH_LEDGER_KEY, instead of a database.")
@click.option("--read-only", is_flag=True, help="Leave out every tool that writes.")
@click.option("--allow-cypher", is_flag=True, help="Offer a tool that runs the agent's own Cypher, where it only reads.")
@_with(BUDGET)
@_with(OVER_HTTP)
@pass_session
@click.pass_context
def mcp(context: click.Context, session: Session, /, *, demo: bool, url: str | None, http: bool, **given: Any) -> None:
    """Offer the ledger to agents, over standard input and output or over HTTP (Model Context Protocol)."""
    demo = demo or session.demo
    if demo and url:
        raise click.UsageError("--demo and --url exclude each other")
    if demo or url:
        session = context.with_resource(Session(url, demo=demo, loading=demo))
    _check(session, url, **given)
    serve = _over_http if http else _over_stdio
    serve(session, **given)


def _check(session: Session, url: str | None, *, allow_cypher: bool, **_: Any) -> None:
    if url and not session.is_service:
        raise click.UsageError(f"--url {url}: a service is asked at https://host; a database is named by --uri, before the command")
    if allow_cypher:
        session.check_database("--allow-cypher")
    gc.disable()  # what is loaded here stays: to look through it again and again is a tenth of the time until the handshake
    try:
        import_module("mcp.server")
    except ImportError:
        raise click.UsageError(MISSING) from None
    finally:
        gc.freeze()
        gc.enable()


def _over_stdio(session: Session, **given: Any) -> None:
    from graph_ledger.surfaces.mcp.server import make_server
    from graph_ledger.surfaces.mcp.stdio import serve

    service = _service(session, **given)
    serve(make_server(service), service.opened)


def _over_http(session: Session, *, host: str, port: int, hosts: tuple[str, ...], **given: Any) -> None:
    from graph_ledger.surfaces.listening import listening
    from graph_ledger.surfaces.mcp.http import PATH, check_names, make_app
    from graph_ledger.surfaces.mcp.run import run
    from graph_ledger.surfaces.mcp.server import make_server

    check_names(host, hosts)
    service = _service(session, **given)
    known = _known(session, service, host, given)
    with listening(host, port) as listener:
        app = make_app(make_server(service), (host, *hosts), known)
        shown = f"[{host}]" if ":" in host else host
        run(app, listener, lambda: note(f"listening on http://{shown}:{listener.getsockname()[1]}{PATH}"))
    service.opened.close()


def _known(session: Session, service: "Service", host: str, given: Mapping[str, Any]) -> "Known":
    """Return who says who asks; refuse to listen to others while nobody could be told from anybody."""
    from graph_ledger.errors import ValidationError
    from graph_ledger.surfaces.mcp.known import KnownKeys, OwnKey
    from graph_ledger.surfaces.tools.caller import Allowed, Caller

    allowed, here = Allowed(given["folders"], frozenset(given["connectors"]), given["addresses"]), on_loopback(host)
    if here and session.demo:
        return lambda _: Caller(allowed=allowed)  # nobody's graph
    if here and session.is_service:
        return OwnKey(session.settings.key, allowed)
    if session.is_service:
        raise ValidationError(f"{host} is not this machine alone, and the keys are with the service: let it be asked itself")
    if not here:
        check_keys(host, service.opened.ledger().database)
    return KnownKeys(service.opened, allowed, needed=not here)


def _service(session: Session, *, read_only: bool, allow_cypher: bool, max_rows: int, max_seconds: float, **given: Any) -> "Service":
    from graph_ledger.surfaces.mcp.budget import Budget
    from graph_ledger.surfaces.mcp.chosen import chosen
    from graph_ledger.surfaces.mcp.opened import Opened
    from graph_ledger.surfaces.mcp.service import Service
    from graph_ledger.surfaces.mcp.where import open_demo, open_here, told

    opened = Opened(partial(open_demo if session.demo else open_here, session))
    tools = partial(chosen, read_only=read_only, cypher_rows=max_rows if allow_cypher else None)
    return Service(opened, tools, Budget(rows=max_rows, depth=given["max_depth"], seconds=max_seconds), told(session))
