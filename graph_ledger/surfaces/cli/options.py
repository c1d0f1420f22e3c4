"""What several commands have in common: the ledger, the model, the two clocks, an example."""

from collections.abc import Callable
from functools import wraps
from getpass import getuser
from typing import Any, TypeVar

import click

from graph_ledger.surfaces.cli.completion import model_names
from graph_ledger.surfaces.cli.session import Session, pass_session

Command = TypeVar("Command", bound=Callable[..., Any])
NOW = "now"


def example(*lines: str) -> str:
    """Return the end of a help text: how the command is called."""
    return "\b\nExample:\n" + "\n".join(f"  graph-ledger {line}" for line in lines)


def a_date(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no date before anything is read or asked; hand it on as it was written."""
    if value is not None:
        from graph_ledger.values.moment import point_in_time

        point_in_time(value, name=option.opts[0])
    return value


def a_past_date(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Refuse what is neither a date that has been, by this machine's clock, nor the word now."""
    if value not in {None, NOW}:
        from datetime import datetime, timezone

        from graph_ledger.history.clock import fact_time
        from graph_ledger.values.moment import microseconds

        fact_time(value, microseconds(datetime.now(timezone.utc)), option.opts[0])
    return value


def moments(command: Command) -> Command:
    """Give a reading command both clocks."""
    known = click.option("--known-at", callback=a_date, metavar="DATE", help="As the ledger knew it at this date; now when left out.")
    as_of = click.option(
        "--as-of", callback=a_date, metavar="DATE", help="As it was at this date, such as 2026-06-30 (its end) or 2026-06-30T12:00:00Z."
    )
    return as_of(known(command))


def model_argument(name: str = "model") -> Callable[[Command], Command]:
    """Give a command a model: a key, a bare name that one model has, or a model_hash."""
    return click.argument(name, metavar=name.upper(), shell_complete=model_names)


def signed(**default: Any) -> Callable[[Command], Command]:
    """Give a writing command who did it and when; without a ``default`` it has to be said who."""
    left_out = "; the user of this machine when left out." if default else "."
    when = "When it was so, such as 2026-06-30 (its end) or 2026-06-30T14:11:00Z; now when left out, and for the date of today."
    actor = click.option("--actor", required=not default, metavar="NAME", help=f"Who did it{left_out}", **default)
    timestamp = click.option("--timestamp", "--at", "timestamp", callback=a_date, metavar="DATE", help=when)
    return lambda command: actor(timestamp(command))


def this_user() -> str:
    """Return who is at this machine, for those who do not say who they are."""
    try:
        return getuser()
    except (OSError, KeyError):  # a container may run as a number that has no name
        raise click.UsageError("this machine has no name for you: say --actor NAME") from None


def with_ledger(command: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the command the ledger; options that were left out stay out of the call."""

    @pass_session
    @wraps(command)
    def run(session: Session, /, **given: Any) -> Any:
        return command(session.ledger, **{name: value for name, value in given.items() if value is not None})

    return run
