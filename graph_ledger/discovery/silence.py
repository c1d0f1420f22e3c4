"""Silence: who has not been seen by any source for a while."""

from datetime import timedelta

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.values.moment import from_microseconds, microseconds
from graph_ledger.values.port import folded
from graph_ledger.values.silence import Silence, SilentModel, UnreadSource

LONGEST = 36_500


def silent(database: Database, days: float, platform: str | None = None) -> Silence:
    """Return the models that are present and that no source has seen for so many days, by platform, owner and key.

    Where no source that lists a model has been read for that long, nothing can be said of it: the sources are listed instead.

    Raises:
        ValidationError: ``days`` is no number above 0, or more than a hundred years.
    Cost: one scan of the models and of what sources say of them; times by the database's clock.
    Source: ``docs/concepts.md``; proved by ``tests/discovery/test_silence.py``.
    """
    if isinstance(days, bool) or not isinstance(days, (int, float)) or not 0 < days <= LONGEST:
        raise ValidationError(f"days is a number above 0 and up to {LONGEST:,}, not {days!r}")

    def work(transaction: Transaction) -> Silence:
        since = from_microseconds(transaction.run("database/clock")["now"]) - timedelta(days=days)
        where = None if platform is None else folded(platform)
        row = transaction.run("discovery/silent", since=since, platform=where)
        unread = {source: (reads, models) for source, reads, models in row["sources"] if max(reads, default=0) < microseconds(since)}
        found = [
            SilentModel(key=key, name=name, platform=at, owner=owner, last_seen=from_microseconds(seen), sources=tuple(sorted(sources)))
            for key, name, at, owner, seen, sources in row["models"]
            if not unread.keys() >= set(sources)
        ]
        return Silence(
            days=days,
            since=since,
            models=tuple(sorted(found, key=lambda each: (each.platform, each.owner, each.key))),
            unread=tuple(
                UnreadSource(source=source, last_read=from_microseconds(max(reads)) if reads else None, models=models)
                for source, (reads, models) in sorted(unread.items())
                if models
            ),
        )

    return database.reading(work)
