"""What every connector's command does: read the source, take in what it says, or say what that would be."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph_ledger.surfaces.cli.options import NOW, a_past_date
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph_ledger.values.add_result import RunReport
    from graph_ledger.values.listing import RowError
    from graph_ledger.values.plan import Plan

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_ERRORS = 20


def run_options(command: Command) -> Command:
    """Give a connector's command what every run takes."""
    out = click.Path(dir_okay=False, writable=True, path_type=Path)
    for option in (
        click.option("--out", type=out, metavar="FILE", help="With --plan: write the plan there, for `discover --apply FILE`."),
        click.option(
            "--plan", is_flag=True, help="Say what would be done, and why, and write nothing; exit code 1 where that is something."
        ),
        click.option("--removal-least", type=click.IntRange(min=1), default=5, show_default=True, help="The least number the guard stops."),
        click.option(
            "--removal-share", type=click.FloatRange(0, 1), default=0.2, show_default=True, help="The share of its models a run may remove."
        ),
        click.option("--allow-removals", is_flag=True, help="Let a complete listing remove any number of models."),
        click.option("--observed-at", callback=a_past_date, metavar="DATE", help="When the source was read, or `now`; now when left out."),
    ):
        command = option(command)
    return output(command)


def coverage_option(command: Command) -> Command:
    """Give a connector that reads SQL a report."""
    text = "Write what was read of each statement, as JSON lines, the totals last."
    return click.option("--coverage", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE", help=text)(command)


def run(
    session: Session,
    connector: Any,
    coverage: Path | None = None,
    *,
    observed_at: str | None,
    plan: bool,
    out: Path | None,
    **guard: Any,
) -> "RunReport | Plan":
    """Read a source and take in what it says, or plan to."""
    if out is not None and not plan:
        raise click.UsageError("--out goes with --plan")
    ledger = session.ledger  # a database that does not answer is said before a long reading
    note(f"reading {connector.name}")
    at = None if observed_at == NOW else observed_at
    try:
        found = ledger.plan(connector, observed_at=at, **guard) if plan else ledger.discover(connector, observed_at=at, **guard)
    finally:
        if coverage is not None:
            _write_coverage(connector, coverage)
    _say(found.errors)
    if out is not None:
        out.write_text(found.to_json(), encoding="utf-8")  # type: ignore[union-attr]  # it is the plan
        note(f"the plan is in {out}: graph-ledger discover --apply {out}")
    return found


def _say(errors: "Iterable[RowError]") -> None:
    told = list(errors)
    for error in told[:MOST_ERRORS]:
        note(f"{error.where}: {error.reason}")
    if len(told) > MOST_ERRORS:
        note(f"and {len(told) - MOST_ERRORS} more: --json shows all")


def _write_coverage(connector: Any, file: Path) -> None:
    from graph_ledger.connectors.sql_reading import report

    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{line}\n" for line in report(connector.coverage, connector.totals))
