"""Adopt: a discovery by hand gives a model that was registered without a platform the one that it names."""

from collections.abc import Sequence

from graph_ledger.database.database import Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.values.node import key_of
from graph_ledger.values.snapshot import Event

Asked = tuple[int, str, Event]
"""Place in the question, key of the model, the event."""


def adopted(transaction: Transaction, asked: Sequence[Asked]) -> list[Asked]:
    """Give the platforms, and return the question with the keys as they are afterwards; repeating it changes nothing.

    Raises:
        ValidationError: The model runs somewhere else, or another one has that name there.
    """
    wanted = {
        key: str(event.payload["platform"]) for _, key, event in asked if event.event == "discovered" and event.payload.get("platform")
    }
    for key, platform in wanted.items():
        if not key.startswith("/") and key.partition("/")[0] != platform:
            raise ValidationError(f"{key} does not run on {platform}: a model keeps its platform; add() makes one of that name there")
    moved = {key: key_of(platform, key[1:]) for key, platform in wanted.items() if key.startswith("/")}
    if not moved:
        return list(asked)
    known = set(transaction.run("models/known", keys=sorted({*moved, *moved.values()}))["keys"])
    for old, new in moved.items():
        if old in known and new in known:
            raise ValidationError(f"{old} cannot become {new}: that is another model")
    transaction.run("models/adopt", rows=[[old, new] for old, new in moved.items()])
    return [(place, moved.get(key, key), event) for place, key, event in asked]
