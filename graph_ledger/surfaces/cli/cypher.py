"""``graph-ledger cypher``: the statements that come with the package."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import click

from graph_ledger.surfaces.cli.completion import statement_names
from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.statements import EXPLORE, check_parameters, full_name

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.surfaces.cli.answer import Answer

EMPTY = "explore/empty"
"""Not a question: it deletes."""
NO_QUESTIONS = (EMPTY, "explore/nodes", "explore/edges")
"""Tools of tests; their parameters are no texts."""
FOLDER = "graph-ledger"
"""Where Browser shows the questions among the saved scripts."""


@click.group(epilog=example("cypher list", "cypher run widest_impact"))
def cypher() -> None:
    """List, show and run the statements that come with the package."""


@cypher.command("list", epilog=example("cypher list", "cypher list --all --json"))
@click.option("--all", "everything", is_flag=True, help="Those that the program itself uses, too.")
@output
def list_statements(*, everything: bool) -> "Answer":
    """List the questions that can be run here or pasted into Neo4j Browser."""
    from graph_ledger.database.statements import names, question
    from graph_ledger.surfaces.cli.answer import Answer

    shown = [name for name in names() if everything or (name.startswith(EXPLORE) and name != EMPTY)]
    return Answer(columns=("name", "question"), rows=tuple((name.removeprefix(EXPLORE), question(name)) for name in shown))


@cypher.command(epilog=example("cypher show impact_neighbourhood"))
@click.argument("name", shell_complete=statement_names)
@output
def show(name: str) -> str:
    """Show the statement NAME, ready to be pasted into Neo4j Browser."""
    from graph_ledger.database.statements import source

    return source(full_name(name)).rstrip("\n")


@cypher.command(epilog=example("cypher favourites graph-ledger-questions.zip"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@output
def favourites(file: Path) -> str:
    """Write the questions to FILE, a zip that Neo4j Browser keeps as saved scripts when it is dragged into its window."""
    from graph_ledger.database.statements import names, source

    if file.suffix != ".zip":
        raise click.UsageError(f"Neo4j Browser reads a file that ends in .zip, not {file.name!r}")
    kept = [name for name in names() if name.startswith(EXPLORE) and name not in NO_QUESTIONS]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in kept:
            archive.writestr(f"{FOLDER}/{name.removeprefix(EXPLORE)}.cypher", source(name))
    return f"{len(kept)} questions in {file}: drag it into the window of Neo4j Browser"


@cypher.command(
    epilog=example("cypher run widest_impact", "--demo cypher run who_owns_downstream --param key=database/customer_features --jsonl")
)
@click.argument("name", shell_complete=statement_names)
@click.option(
    "--param",
    "given",
    multiple=True,
    metavar="K=V",
    help="A parameter: JSON where V is JSON, else a text; quotes make 42 a text: '\"42\"'.",
)
@output
@click.pass_context
def run(context: click.Context, name: str, given: tuple[str, ...]) -> "Answer":
    """Run the statement NAME; the database refuses whatever would write."""
    from graph_ledger.database.statements import statement

    text, values = statement(full_name(name)), dict(map(_parameter, given))
    check_parameters(context, text, values)
    answer: Answer = context.invoke(_run, text=text, values=values)
    return answer


@with_ledger
def _run(ledger: "Ledger", *, text: str, values: dict[str, Any]) -> "Answer":
    from graph_ledger.surfaces.cli.answer import Answer, jsonable

    columns, rows = ledger.database.table(text, **values)
    return Answer(columns=tuple(columns), rows=tuple(tuple(map(jsonable, row)) for row in rows))


def _parameter(given: str) -> tuple[str, Any]:
    name, divided, text = given.partition("=")
    if not divided:
        raise click.BadParameter(f"{given!r} has no '=': write --param key=etl/features")
    try:
        return name, json.loads(text)
    except ValueError:
        return name, text
