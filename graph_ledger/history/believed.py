"""What is recorded of models, read under their locks for the fold."""

from collections.abc import Iterable

from graph_ledger.database.database import Transaction
from graph_ledger.history.fold import Point, Span
from graph_ledger.history.identity import Fields, from_list
from graph_ledger.history.replay import IMPLIED, TYPES, Recorded, recorded
from graph_ledger.values.moment import OPEN_END


def events(transaction: Transaction, keys: Iterable[str]) -> dict[str, list[Recorded]]:
    """Read the events that say what these models are, by key."""
    row = transaction.run("history/events_of_state", keys=sorted(keys), types=list(TYPES))
    return {key: recorded(each) for key, each in zip(row["keys"], row["events"], strict=True)}


def last_words(transaction: Transaction, keys: Iterable[str]) -> dict[str, dict[str, Point]]:
    """Read when each source last saw each of these models as it last said they were: by key, by source."""
    row = transaction.run("history/last_words", keys=sorted(keys))
    found: dict[str, dict[str, Point]] = {}
    for key, source, time, content in zip(row["keys"], row["sources"], row["times"], row["contents"], strict=True):
        found.setdefault(key, {})[source] = Point(time, IMPLIED, content)
    return found


def former_states(transaction: Transaction, keys: Iterable[str]) -> dict[str, list[tuple[Span, Fields]]]:
    """Read the former states of these models that are believed, by key."""
    row = transaction.run("history/believed_states", keys=sorted(keys), open_end=OPEN_END)
    return {
        key: [(Span(start, end), from_list(texts)) for texts, start, end in states if start is not None]
        for key, states in zip(row["keys"], row["states"], strict=True)
    }
