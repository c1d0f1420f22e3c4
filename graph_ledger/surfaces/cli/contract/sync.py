"""``graph-ledger contract sync``: work a diff report into a ledger, in files or in the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

import click

from graph_ledger.surfaces.cli.contract import options
from graph_ledger.surfaces.cli.options import example, signed, this_user
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    from graph_ledger.values.contracts.change import SyncResult
    from graph_ledger.values.contracts.gate import GateResult

OF_THE_GRAPH = ("mode", "release", "actor", "timestamp")
"""Options that files cannot keep."""


@click.command(
    epilog=example(
        "contract sync -m metadata.yaml -b breaking.yaml -d diff.json --mode BACKWARD --release v2",
        "contract sync -m metadata.yaml -b breaking.yaml -d diff.json -o ledger --dry-run --strict",
        "contract sync -m metadata.yaml -b breaking.yaml -d diff.json -o ledger",
        "contract sync -m metadata.yaml -b breaking.yaml -d diff.json -o ledger --graph",
    )
)
@options.metadata()
@options.rules()
@options.report(text="The diff report, JSON; without one the ledger is set up, or checked and written again.")
@options.ledger_folder
@click.option("--graph", is_flag=True, help="With -o: the graph is synced, and then exported to DIR, as the four files.")
@options.dry_run
@options.strict
@options.profile
@options.columns
@click.option("--mode", type=options.MODES, help="Refuse what breaks readers in this sense, as `contract check` tells; all else passes.")
@click.option("--release", metavar="NAME", help="The release that the report leads to, kept with every revision.")
@signed(default=this_user)
@output
@pass_session
def sync(session: Session, /, folder: Path | None, *, graph: bool, **given: Any) -> Union["SyncResult", "GateResult"]:
    """Work a diff report into a ledger: every row that it calls for is written, or none.

    Without -o the ledger is the graph. With -o alone it is the four files of a folder, and no database is asked. The report that was
    synced last, sent again to the graph, changes nothing.
    Exit code 1: an input or the ledger is not valid, the gate of --mode says no, or a dry run would write rows.
    """
    done = _files(folder, given) if folder is not None and not graph else _graph(session, folder, given)
    for warning in getattr(done, "warnings", ()):
        note(f"Warning: {warning}")
    return done


def _files(folder: Path, given: dict[str, Any]) -> "SyncResult":
    from graph_ledger.contracts import sync_folder

    context = click.get_current_context()
    for name in OF_THE_GRAPH:
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name}: files have no place for it; leave out -o, or add --graph")
    return sync_folder(folder, **{name: value for name, value in given.items() if name not in OF_THE_GRAPH})


def _graph(session: Session, folder: Path | None, given: dict[str, Any]) -> Union["SyncResult", "GateResult"]:
    from graph_ledger.contracts import read_metadata
    from graph_ledger.errors import GateError
    from graph_ledger.values.contracts.gate import GateResult

    columns = given.pop("columns")
    if columns and folder is None:
        raise click.UsageError("--columns: the graph has no order of columns; add -o DIR for files beside it")
    metadata = read_metadata(given.pop("metadata"))
    try:
        done: SyncResult = session.ledger.contracts.sync(given.pop("report"), metadata=metadata, **given)
    except GateError as error:
        if not isinstance(error.result, GateResult):
            raise
        note("Refused by the gate: nothing was written")
        return error.result
    if folder is not None and not done.dry_run:
        session.ledger.contracts.export(metadata.prefix, folder, columns=columns or given["profile"])
    return done
