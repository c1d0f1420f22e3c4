"""``graph-ledger serve``: every question and every deed over HTTP."""

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.hosts import check_keys, on_loopback
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    from graph_ledger.settings import Settings
    from graph_ledger.surfaces.rest.options import Options

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
INBOX = "openlineage"
"""Folder of the events of OpenLineage, below the home, where no other is named."""
PER_REQUEST = 64
"""How many connections may be open for each request that is answered at one time: the idle ones among them cost little."""
BOUNDS = ("max_bytes", "max_artifact_bytes", "max_rows", "max_depth", "max_seconds", "max_requests")
"""What the settings bound of a request."""


@click.command(epilog=example("serve --demo", "serve --port 8080 --max-seconds 10", "serve --host 0.0.0.0 --log-format json"))
@click.option("--host", metavar="ADDRESS", help="Where to listen; this machine alone when left out. Elsewhere takes keys.")
@click.option("--port", type=click.IntRange(0, 65_535), help="8000 when left out; 0 is any free one.")
@click.option("--demo", is_flag=True, help="Serve the demo estate, which `graph-ledger demo` loads, never your own graph.")
@click.option("--allow-folder", "allow_folders", type=FOLDER, multiple=True, help="An admin may have files in or below it read.")
@click.option("--allow-connector", "allow_connectors", metavar="TYPE", multiple=True, help="An admin may have it run; * for all.")
@click.option("--allow-address", "allow_addresses", metavar="URL", multiple=True, help="Connectors may ask what begins so; * for all.")
@click.option("--cors", metavar="ORIGIN", multiple=True, help="Web pages of that origin may ask; none when left out.")
@click.option("--inbox", type=click.Path(file_okay=False, path_type=Path), help="Keeps the events of OpenLineage.")
@click.option("--max-bytes", type=click.IntRange(min=1), help="Most bytes of a request.")
@click.option("--max-artifact-bytes", type=click.IntRange(min=1), help="Most bytes of a model version.")
@click.option("--max-rows", type=click.IntRange(min=1), help="Most rows of an answer.")
@click.option("--max-depth", type=click.IntRange(min=1), help="Farthest step of a walk.")
@click.option("--max-seconds", type=click.FloatRange(min=0, min_open=True), help="Longest time in the database for a request.")
@click.option("--max-requests", type=click.IntRange(min=1), help="Most requests at one time.")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="A line a request, on stderr.")
@pass_session
def serve(session: Session, /, *, demo: bool, log_format: str, **given: Any) -> None:
    """Serve the ledger over HTTP until told to end; every option is also a setting, such as GRAPH_LEDGER_REST_PORT."""
    from graph_ledger.errors import NotInstalledError
    from graph_ledger.surfaces.cli.ending import told_to_end
    from graph_ledger.surfaces.cli.logs import logged

    try:
        from graph_ledger.surfaces.listening import listening
        from graph_ledger.surfaces.rest.run import address_of, run
    except ImportError:
        raise NotInstalledError('pip install "graph-ledger[rest]"') from None
    from graph_ledger.surfaces.rest.app import create_app

    session = click.get_current_context().with_resource(Session(demo=True)) if demo else session
    session.check_database("serve")
    settings = _settings(session.settings, given)
    options = _options(settings)
    if not on_loopback(settings.rest_host):
        check_keys(settings.rest_host, session.ledger.database)
    with (
        logged(log_format) as log,
        told_to_end(signal.SIGTERM, signal.SIGINT),
        listening(settings.rest_host, settings.rest_port) as listener,
    ):
        app = create_app(session.ledger, options)
        run(
            app,
            listener,
            connections=PER_REQUEST * options.max_requests,
            ready=lambda: log.say("info", "listening", address=address_of(listener)),
        )
        log.say("info", "ended")


def _settings(settings: "Settings", given: dict[str, Any]) -> "Settings":
    """Return the settings with the options in their place."""
    return settings.model_copy(update={f"rest_{name}": value for name, value in given.items() if value not in (None, ())})


def _options(settings: "Settings") -> "Options":
    from graph_ledger.surfaces.rest.options import Options
    from graph_ledger.surfaces.tools.caller import Allowed

    folders, connectors = settings.rest_allow_folders, frozenset(settings.rest_allow_connectors)
    bounds = {name: getattr(settings, f"rest_{name}") for name in BOUNDS}
    return Options(
        allowed=Allowed(folders=folders, connectors=connectors, addresses=settings.rest_allow_addresses),
        origins=settings.rest_cors, inbox=settings.rest_inbox or settings.home / INBOX, keys_needed=not on_loopback(settings.rest_host),
        **bounds,
    )  # fmt: skip
