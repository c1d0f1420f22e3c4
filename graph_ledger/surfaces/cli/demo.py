"""``graph-ledger demo``: a bank's estate over two years, in a database of its own."""

from collections import Counter
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.session import LOADED_ON, Session

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
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


@click.command(epilog=example("demo", "--demo impact customer_features"))
@output
def demo() -> "Impact":
    """Load a bank's models over two years, apart from your own graph, and show what breaks with customer_features."""
    context = click.get_current_context()
    session = context.with_resource(Session(demo=True, loading=True))
    note("loading the demo estate: this takes some seconds")
    home = session.started.home
    loaded_on = _remembered(home / LOADED_ON)
    did = load(session.ledger, loaded_on)
    note(f"loaded {did['changes']} changes and {did['events']} events" if did["changes"] else "everything was there already")
    year_ago = loaded_on.replace(year=loaded_on.year - 1, day=min(loaded_on.day, 28)).date()
    context.call_on_close(partial(_advise, NEXT.format(home=home, year_ago=year_ago)))
    return session.ledger.impact(START)


def load(ledger: "Ledger", loaded_on: datetime) -> Counter[str]:
    """Load every listing and event of the demo estate as of a day; the same day again changes nothing."""
    from graph_ledger.connectors.files import files_connector
    from graph_ledger.demo import SOURCE, events, findings, groups, listings
    from graph_ledger.values.snapshot import Event

    did: Counter[str] = Counter()
    for read_at, file in listings(loaded_on):
        report = ledger.discover(files_connector(file, SOURCE), observed_at=read_at, allow_removals=True)
        did["changes"] += report.added + report.changed + report.gone
    for verb, said in groups(loaded_on):
        getattr(ledger, verb)(**said)
    did["events"] = len(ledger.record_many(map(Event.model_validate, events(loaded_on))))
    for verb, said in findings(loaded_on):
        getattr(ledger, verb)(**said)
    return did


def _advise(text: str) -> None:
    for line in text.splitlines():
        note(line)


def _remembered(file: Path) -> datetime:
    """Return the day of the first load, which is today where there was none."""
    today = datetime.now(timezone.utc)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(today.date().isoformat())
    except FileExistsError:
        return datetime.fromisoformat(file.read_text(encoding="utf-8")).replace(tzinfo=timezone.utc)
    return today
