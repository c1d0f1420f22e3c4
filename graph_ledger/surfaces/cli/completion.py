"""``graph-ledger completion``: a script for the shell that knows the models' names."""

from collections.abc import Iterable

import click

from graph_ledger.surfaces.cli.session import Session

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_GRAPH_LEDGER_COMPLETE"
BEGINNING = "explore/begins_with"
MOST = 1_000
"""Models that a service is asked for; of more, those that begin like this may be missing."""


LABELS = 20_000
"""Elements of data models that a database is asked for."""


def model_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return keys and names of models that begin like this; none where the database does not answer at once."""
    del parameter
    given = context.find_root().params
    try:
        with Session(given.get("uri"), given.get("database"), demo=bool(given.get("demo"))) as session:
            found = _names(session, incomplete) if session.answers_at_once else []
    except Exception:  # noqa: BLE001  # whatever is wrong, a person pressing the tab key must not read about it
        return []
    names = sorted({name for row in found for name in row})
    return [name for name in names if name.startswith(incomplete) and name.isprintable()]


def _names(session: Session, begun: str) -> Iterable[Iterable[str]]:
    if session.is_service:
        page = session.ledger.query(begun or None, limit=MOST)
        return ((model.name, model.key) for model in page.models)
    from graph_ledger.database.statements import statement

    return session.ledger.database.table(statement(BEGINNING), begun=begun)[1]


def concept_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the living elements of data models that begin like this; none where the database does not answer at once."""
    del parameter
    given = context.find_root().params
    prefix, divided, _ = incomplete.partition(":")
    try:
        with Session(given.get("uri"), given.get("database"), demo=bool(given.get("demo"))) as session:
            found = _labels(session, prefix if divided else None) if session.answers_at_once else []
    except Exception:  # noqa: BLE001  # as above
        return []
    return sorted(name for name in found if name.startswith(incomplete) and name.isprintable())


def _labels(session: Session, prefix: str | None) -> list[str]:
    if session.is_service:
        return [f"{each.prefix}:{each.label}" for each in session.ledger.contracts.list(prefix)]
    found: list[str] = session.ledger.database.read("contracts/labels", prefix=prefix, most=LABELS)["labels"]
    return found


def statement_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of packaged statements that begin like this."""
    del context, parameter
    from graph_ledger.surfaces.cli.statements import short_names

    return [name for name in short_names() if name.startswith(incomplete)]


@click.command(epilog="\b\nExample:\n  graph-ledger completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> str:
    """Print what makes SHELL complete commands, options and the names of models."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    root = context.find_root().command
    return found(root, {}, "graph-ledger", VARIABLE).source()
