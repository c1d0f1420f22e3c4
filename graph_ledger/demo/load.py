"""Loading the demo estate into a ledger."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from graph_ledger.connectors.files import files_connector
from graph_ledger.demo.estate import MODEL, SOURCE, agreements, events, findings, groups, listings
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.moment import When
from graph_ledger.values.snapshot import Event, Snapshot


class Taking(Protocol):
    """What takes the estate in: a Ledger."""

    @property
    def contracts(self) -> Any: ...
    def discover(self, connector: Any, *, observed_at: datetime, allow_removals: bool) -> RunReport: ...
    def record_many(self, events: Iterable[Event]) -> list[Snapshot]: ...


def load(ledger: Taking, loaded_on: When, *, contracts: bool = False) -> Counter[str]:
    """Load every listing and event of the demo estate as of a day; the same day again changes nothing.

    Args:
        ledger: What takes it in.
        loaded_on: The day.
        contracts: Whether the bank's data model is loaded too, with who reads and writes it; the estate without it is the one that is
            told of elsewhere.
    """
    did: Counter[str] = Counter()
    for read_at, file in listings(loaded_on):
        report = ledger.discover(files_connector(file, SOURCE), observed_at=read_at, allow_removals=True)
        did["changes"] += report.added + report.changed + report.gone
    for verb, said in groups(loaded_on):
        getattr(ledger, verb)(**said)
    did["events"] = len(ledger.record_many(map(Event.model_validate, events(loaded_on))))
    for verb, said in findings(loaded_on):
        getattr(ledger, verb)(**said)
    if contracts and not ledger.contracts.list(MODEL["preferred_prefix"], status=None):
        for verb, said in agreements(loaded_on):
            getattr(ledger.contracts, verb)(**said)
            did["changes"] += 1
    return did
