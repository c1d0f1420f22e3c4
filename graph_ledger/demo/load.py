"""Loading the demo estate into a ledger."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from graph_ledger.connectors.files import files_connector
from graph_ledger.demo.estate import SOURCE, events, findings, groups, listings
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.moment import When
from graph_ledger.values.snapshot import Event, Snapshot


class Taking(Protocol):
    """What takes the estate in: a Ledger."""

    def discover(self, connector: Any, *, observed_at: datetime, allow_removals: bool) -> RunReport: ...
    def record_many(self, events: Iterable[Event]) -> list[Snapshot]: ...


def load(ledger: Taking, loaded_on: When) -> Counter[str]:
    """Load every listing and event of the demo estate as of a day; the same day again changes nothing."""
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
