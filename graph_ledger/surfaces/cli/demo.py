"""``graph-ledger demo``: a bank's estate over two years, in a database of its own."""

from functools import partial
from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.session import LOADED_ON, Session

if TYPE_CHECKING:
    from graph_ledger.values.lineage import Impact

START = "customer_features"
NEXT = """
Try next, on the same estate:
  graph-ledger --demo impact customer_features --as-of {year_ago}
  graph-ledger --demo history fraud_scoring
  graph-ledger --demo path customer_features alert_engine
  graph-ledger --demo composite timeline aml_monitoring
  graph-ledger --demo cypher run widest_impact
  graph-ledger --demo browse customer_features
It runs until `graph-ledger --demo server stop`; it lives in {home}."""

OF_CONTRACTS = """
Which models and dashboards break with the contract of an account's balance, and who owns them:
  graph-ledger --demo contract impact bank:Account.Balance
It runs"""
NEXT_OF_CONTRACTS = NEXT.replace("\nIt runs", OF_CONTRACTS)


@click.command(epilog=example("demo", "--demo impact customer_features", "demo --contracts"))
@click.option("--contracts", is_flag=True, help="The bank's data model too, with who reads and writes its elements.")
@output
def demo(*, contracts: bool) -> "Impact":
    """Load a bank's models over two years, apart from your own graph, and show what breaks with customer_features."""
    from graph_ledger.demo.first_load import first_load
    from graph_ledger.demo.load import load

    context = click.get_current_context()
    session = context.with_resource(Session(demo=True, loading=True))
    note("loading the demo estate: this takes some seconds")
    home = session.started.home
    loaded_on = first_load(home / LOADED_ON)
    did = load(session.ledger, loaded_on, contracts=contracts)
    note(f"loaded {did['changes']} changes and {did['events']} events" if did["changes"] else "everything was there already")
    year_ago = loaded_on.replace(year=loaded_on.year - 1, day=min(loaded_on.day, 28)).date()
    context.call_on_close(partial(_advise, (NEXT_OF_CONTRACTS if contracts else NEXT).format(home=home, year_ago=year_ago)))
    return session.ledger.impact(START)


def _advise(text: str) -> None:
    for line in text.splitlines():
        note(line)
