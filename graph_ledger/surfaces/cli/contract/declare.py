"""``graph-ledger contract consume`` and ``produce``: who reads and who writes an element, and by which contract."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.contract import options
from graph_ledger.surfaces.cli.options import example, model_argument, signed, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.snapshot import Snapshot

CONTRACT = click.option("--contract", metavar="URI", help="By which contract of the element; the one that holds now when left out.")


@click.command(epilog=example("contract consume fraud_scoring mp:Vehicle.Speed --actor ada"))
@model_argument()
@options.reference
@CONTRACT
@signed()
@output
@with_ledger
def consume(ledger: "Ledger", model: str, ref: str, **said: Any) -> "list[Snapshot]":
    """Let MODEL read the element REF, and pin it to the contract that it was built against."""
    return list(ledger.contracts.consume(model, ref, **said))


@click.command(epilog=example("contract produce payments_stream mp:Vehicle.Speed --actor ada"))
@model_argument()
@options.reference
@CONTRACT
@signed()
@output
@with_ledger
def produce(ledger: "Ledger", model: str, ref: str, **said: Any) -> "list[Snapshot]":
    """Let MODEL write the element REF, and pin it to the contract that it keeps."""
    return list(ledger.contracts.produce(model, ref, **said))
