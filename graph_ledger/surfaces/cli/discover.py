"""``graph-ledger discover``: one source by its command, all that a file declares, or a plan that was made before."""

from pathlib import Path
from typing import Any

import click

from graph_ledger.surfaces.cli.discover_sources import files, sql, warehouse
from graph_ledger.surfaces.cli.discover_systems import dbt, github, mlflow, openlineage, prefect, rest
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.session import Session, pass_session

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(
    invoke_without_command=True,
    epilog=example(
        "discover warehouse warehouse/2026-06-30 --observed-at 2026-06-30",
        "discover files estate.yaml --plan --out plan.json",
        "discover --apply plan.json",
        "discover --config graph-ledger.toml --every 1h --log-format json",
    ),
)
@click.option("--config", type=FILE, metavar="FILE", help="Read every connector that this TOML file declares.")
@click.option("--only", multiple=True, metavar="NAME", help="With --config: read this one alone; may be given again.")
@click.option("--every", metavar="TIME", help="With --config: read again and again, such as 30m or 1h; else once.")
@click.option("--log-format", type=click.Choice(["text", "json"]), help="With --config: how each run is told on stderr.")
@click.option("--plan", is_flag=True, help="With --config: say what would be done, and write nothing.")
@click.option("--apply", "applied", type=FILE, metavar="PLAN", help="Do exactly what a plan says, or nothing where the graph has moved.")
@click.option("--allow-removals", is_flag=True, help="With --apply, or with --config and one --only: let it remove any number of models.")
@output
@pass_session
@click.pass_context
def discover(
    context: click.Context, session: Session, /, config: Path | None, applied: Path | None, *, allow_removals: bool, **how: Any
) -> Any:
    """Read a source and take in what it says."""
    given = [name for name, value in {"--config": config, "--apply": applied}.items() if value is not None]
    if context.invoked_subcommand is not None:
        if given or allow_removals or any(how.values()):
            raise click.UsageError("what goes before the name of a source is for --config and --apply: put the option behind the name")
        return None
    if config is not None and applied is None:
        if allow_removals and len(how["only"]) != 1:
            raise click.UsageError("--allow-removals is not for all connectors at once: name the one that is meant with --only")
        from graph_ledger.surfaces.cli.scheduled import scheduled

        return scheduled(session, config, allow_removals=allow_removals, **how)
    if applied is not None and config is None:
        if any(how.values()):
            raise click.UsageError("--apply does what the plan says: it takes no other option but --allow-removals")
        return _apply(session, applied, allow_removals=allow_removals)
    if not given and not allow_removals and not any(how.values()):
        raise click.exceptions.NoArgsIsHelpError(context)
    raise click.UsageError("name a source (`graph-ledger discover --help` lists them), --config FILE or --apply PLAN")


def _apply(session: Session, file: Path, *, allow_removals: bool) -> Any:
    from graph_ledger.values.plan import Plan

    return session.ledger.apply(Plan.from_json(file.read_bytes()), allow_removals=allow_removals)


for source in (dbt, files, github, mlflow, openlineage, prefect, rest, sql, warehouse):
    discover.add_command(source)
