"""``graph-ledger contract export``, ``import`` and ``census``: between the graph and files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.contract import options
from graph_ledger.surfaces.cli.options import example, signed, this_user, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.contracts.change import Counts, SyncResult
    from graph_ledger.values.contracts.concept import Census


@click.command(epilog=example("contract export mp ledger", "contract export mp ledger --columns head"))
@click.argument("prefix")
@click.argument("folder", metavar="DIR", type=options.FOLDER)
@click.option("--columns", type=options.PROFILES, default="seed", show_default=True, help="Whose order of columns is written.")
@output
@with_ledger
def export(ledger: "Ledger", prefix: str, folder: Path, columns: Any) -> "Counts":
    """Write the namespace PREFIX as the four CSV files of a contract ledger to DIR, and count their rows."""
    from graph_ledger.contracts import Counts

    tables = ledger.contracts.export(prefix, folder, columns=columns)
    return Counts(**{name: len(getattr(tables, name)) for name in Counts.model_fields})


@click.command("import", epilog=example("contract import ledger -m metadata.yaml"))
@click.argument("folder", metavar="DIR", type=options.FOLDER)
@options.metadata()
@options.profile
@signed(default=this_user)
@output
@with_ledger
def import_folder(ledger: "Ledger", folder: Path, **said: Any) -> "SyncResult":
    """Make a namespace of the four files in DIR, serials and URIs kept; its export is equal to the byte.

    Files do not say what aspects were, nor when and by whom anything changed: that stays unknown.
    Exit code 1: they are no ledger, or the namespace is there already and holds something else.
    """
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {str(folder)!r}", param_hint="DIR")
    found: SyncResult = ledger.contracts.import_folder(folder, **said)
    return found


@click.command(epilog=example("contract census mp model.json"))
@click.argument("prefix")
@click.argument("file", type=options.FILE)
@output
@with_ledger
def census(ledger: "Ledger", prefix: str, file: Path) -> "Census":
    """Compare the elements of a composed model with the namespace PREFIX.

    FILE is a JSON list of elements, each {"label": ..., "kind": ...} or [label, kind].
    Exit code 1: the two do not agree.
    """
    found: Census = ledger.contracts.census(prefix, _elements(file))
    return found


def _elements(file: Path) -> list[Any]:
    from graph_ledger.contracts.inputs import load_json
    from graph_ledger.errors import ReportError

    told = load_json(file)
    if not isinstance(told, list):
        raise ReportError("a census is a JSON list of elements, each a label and a kind", file=file)
    return [(each.get("label"), each.get("kind")) if isinstance(each, dict) else each for each in told]
