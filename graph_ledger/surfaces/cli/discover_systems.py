"""The systems that ``graph-ledger discover`` reads: what dbt and OpenLineage left in files, and servers that are asked."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from graph_ledger.surfaces.cli.discover_run import Command, run, run_options
from graph_ledger.surfaces.cli.discover_sources import NAME, SCOPE, full_path
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    from graph_ledger.values.add_result import RunReport
    from graph_ledger.values.plan import Plan

PATH = click.Path(exists=True, path_type=Path)
TOKEN = "The variable of the environment that holds the token; a token itself is never an argument."  # noqa: S105


def _named(kind: str, scope: str) -> Callable[[Command], Command]:
    """Give a command the name and the scope of its source."""
    name = click.option("--name", default=kind, show_default=True, help=NAME)
    return lambda command: name(click.option("--scope", help=f"{SCOPE}{scope}.")(command))


@click.command(epilog=example("discover dbt target", "discover dbt target/manifest.json --catalog target/catalog.json"))
@click.argument("manifest", type=PATH)
@click.option("--catalog", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="catalog.json, for the types of columns.")
@click.option("--platform", default="dbt", show_default=True, help="The platform of the nodes, and part of their identity.")
@_named("dbt", "the full path")
@run_options
@pass_session
def dbt(
    session: Session, /, manifest: Path, catalog: Path | None, platform: str, name: str, scope: str | None, **how: Any
) -> "RunReport | Plan":
    """Read MANIFEST, the manifest.json of a dbt project or the folder it is in."""
    return _read(session, "dbt", how, manifest=manifest, catalog=catalog, platform=platform, name=name, scope=scope or full_path(manifest))


@click.command(epilog=example("discover openlineage events.jsonl", "discover openlineage events/ --name spark --complete"))
@click.argument("path", type=PATH)
@click.option("--complete", is_flag=True, help="These events are of every job there is: a job that they do not name is gone.")
@click.option("--qualified", is_flag=True, help="Put the namespace in front of every dataset's name.")
@_named("openlineage", "the full path")
@run_options
@pass_session
def openlineage(session: Session, /, path: Path, name: str, scope: str | None, *, complete: bool, qualified: bool, **how: Any) -> Any:
    """Read PATH, OpenLineage events in a file or a folder of files."""
    options = {"complete": complete, "qualified": qualified}
    return _read(session, "openlineage", how, path=path, name=name, scope=scope or full_path(path), **options)


@click.command(epilog=example("discover mlflow http://127.0.0.1:5000", "discover mlflow https://mlflow.example --token-env MLFLOW_TOKEN"))
@click.argument("url")
@click.option("--token-env", metavar="VARIABLE", help=TOKEN)
@_named("mlflow", "the address")
@run_options
@pass_session
def mlflow(session: Session, /, url: str, token_env: str | None, name: str, scope: str | None, **how: Any) -> Any:
    """Read the models and versions that are registered on the MLflow server at URL."""
    return _read(session, "mlflow", how, url=url, token=secret(token_env), name=name, scope=scope or place(url))


@click.command(
    epilog=example("discover prefect http://127.0.0.1:4200/api", "discover prefect $PREFECT_API_URL --api-key-env PREFECT_API_KEY")
)
@click.argument("url")
@click.option("--api-key-env", metavar="VARIABLE", help=TOKEN)
@click.option("--tag", "tag_filter", multiple=True, help="Only deployments that have this tag; may be given again.")
@_named("prefect", "the address and a hash of the tags")
@run_options
@pass_session
def prefect(
    session: Session, /, url: str, api_key_env: str | None, tag_filter: tuple[str, ...], name: str, scope: str | None, **how: Any
) -> Any:
    """Read the deployments of the Prefect server whose API is at URL."""
    options = {"api_key": secret(api_key_env), "tag_filter": list(tag_filter) or None}
    return _read(session, "prefect", how, url=url, name=name, scope=scope or place(url, sorted(tag_filter)), **options)


@click.command(epilog=example("discover github acme/pipelines --project-path projects --config-file deploy.yaml --token-env GITHUB_TOKEN"))
@click.argument("repos", nargs=-1, required=True, metavar="OWNER/REPO...")
@click.option("--config-file", required=True, help="The file that describes a project: JSON or YAML, one in each sub-folder.")
@click.option("--project-path", default="", help="The folder whose sub-folders are the projects; the root when left out.")
@click.option("--token-env", metavar="VARIABLE", help=TOKEN)
@click.option("--base-url", metavar="URL", help="The API of a GitHub of your own.")
@_named("github", "the repositories and a hash of what is read in them; give one where repositories will be added")
@run_options
@pass_session
def github(session: Session, /, repos: tuple[str, ...], token_env: str | None, name: str, scope: str | None, **given: Any) -> Any:
    """Read the projects of GitHub repositories: a folder each, with a file that says what it reads and writes."""
    options = {option: given.pop(option) for option in ("config_file", "project_path", "base_url")}
    where = scope or _narrowed(",".join(sorted(repos)), options["base_url"], options["project_path"], options["config_file"])
    return _read(session, "github", given, repos=list(repos), token=secret(token_env), name=name, scope=where, **options)


@click.command(epilog=example("discover rest https://registry.example/models --items-path data.items --token-env TOKEN --name registry"))
@click.argument("url")
@click.option("--items-path", metavar="PATH", help="Where the list is in the answer, such as data.items; the answer itself when left out.")
@click.option("--name-field", default="name", show_default=True, metavar="PATH", help="The field that names the node.")
@click.option("--input-field", "input_fields", multiple=True, metavar="PATH", help="A field that names what is read.")
@click.option("--output-field", "output_fields", multiple=True, metavar="PATH", help="A field that names what is written.")
@click.option("--pagination", metavar="JSON", help='How to come to the next page, such as {"type": "page", "param": "page"}.')
@click.option("--total-field", metavar="PATH", help="A field that says how many items there are in all.")
@click.option("--single-page", is_flag=True, help="The one answer is all there is.")
@click.option("--token-env", metavar="VARIABLE", help=f"{TOKEN} It is sent as a bearer token.")
@_named("rest", "the address and a hash of its query and of the path to the items")
@run_options
@pass_session
def rest(
    session: Session, /, url: str, token_env: str | None, pagination: str | None, name: str, scope: str | None, **given: Any
) -> "RunReport | Plan":
    """Read the list behind URL, an interface that answers in JSON."""
    options = {
        option: given.pop(option) for option in ("items_path", "name_field", "input_fields", "output_fields", "single_page", "total_field")
    }
    token = secret(token_env)
    headers = {"Authorization": f"Bearer {token}"} if token else None
    return _read(
        session,
        "rest",
        given,
        url=url,
        headers=headers,
        pagination=_parsed(pagination),
        name=name,
        scope=scope or place(url, options["items_path"]),
        **options,
    )


def secret(variable: str | None) -> str | None:
    """Return what a variable of the environment holds, where one is named."""
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise click.UsageError(f"the variable {variable} is not set")
    return os.environ[variable]


def place(url: str, *asked: Any) -> str:
    """Return the scope of what is asked of an address: where it is, and a hash of all else that decides what is listed.

    User and password are no part of it, and a query, which may hold a key, is so by its hash alone.

    Raises:
        UsageError: It is no address.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise click.UsageError(f"{url!r} is no address: {error}") from None
    where = f"{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}" or url
    return _narrowed(where, parts.query, *asked)


def _narrowed(where: str, *asked: Any) -> str:
    from graph_ledger.values.canonical import short_digest

    told = [each for each in asked if each]
    return f"{where}#{short_digest(json.dumps(told, default=list))[:8]}" if told else where


def _parsed(text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError as error:
        raise click.UsageError(f"--pagination is JSON, which {text!r} is not: {error}") from None


def _read(session: Session, kind: str, how: dict[str, Any], **options: Any) -> "RunReport | Plan":
    from graph_ledger.connectors.registry import make_connector

    given = {name: value for name, value in options.items() if value is not None}
    return run(session, make_connector(kind, **given), **how)
