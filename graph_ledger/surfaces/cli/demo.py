"""``graph-ledger demo``: a bank's estate over two years, in a database of its own."""

from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.session import Session, pass_session

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.lineage import Impact

LOADED_ON = "loaded_on"
"""File in the demo's home: the day of its first load."""
START = "customer_features"
NEXT = """
Try next, on the same estate:
  graph-ledger --demo impact customer_features --as-of {year_ago}
  graph-ledger --demo history fraud_scoring
  graph-ledger --demo path customer_features alert_engine
  graph-ledger --demo cypher run widest_impact
  graph-ledger --demo browse customer_features
It runs until `graph-ledger --demo server stop`; it lives in {home}."""


@click.command(epilog=example("demo", "--demo impact customer_features"))
@output
@pass_session
def demo(session: Session, /) -> "Impact":
    """Load a bank's models over two years, apart from your own graph, and show what breaks with customer_features."""
    session = click.get_current_context().with_resource(Session(demo=True))
    home = session.started.home
    loaded_on = _remembered(home / LOADED_ON)
    did = load(session.ledger, loaded_on)
    note("the estate is there already" if not did["added"] else f"loaded {did['added']} listed changes and {did['events']} events")
    found = session.ledger.impact(START)
    note(NEXT.format(home=home, year_ago=loaded_on.replace(year=loaded_on.year - 1, day=min(loaded_on.day, 28)).date()))
    return found


def load(ledger: "Ledger", loaded_on: datetime) -> Counter[str]:
    """Load every listing and event of the demo estate as of a day; the same day again changes nothing."""
    from graph_ledger.connectors.files import files_connector
    from graph_ledger.demo import SOURCE, events, listings
    from graph_ledger.values.snapshot import Event

    did: Counter[str] = Counter()
    for read_at, file in listings(loaded_on):
        report = ledger.discover(files_connector(file, SOURCE), observed_at=read_at, allow_removals=True)
        did["added"] += report.added + report.changed + report.gone
    did["events"] = len(ledger.record_many(map(Event.model_validate, events(loaded_on))))
    return did


def _remembered(file: Path) -> datetime:
    """Return the day of the first load, which is today where there was none."""
    today = datetime.now(timezone.utc)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(today.date().isoformat())
    except FileExistsError:
        return datetime.fromisoformat(file.read_text(encoding="utf-8")).replace(tzinfo=timezone.utc)
    return today
