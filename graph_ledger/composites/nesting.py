"""Nesting: groups may be members of groups, but never of themselves, however far round."""

import secrets
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from graph_ledger.database.database import Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.fold import Span
from graph_ledger.history.locked import Locked
from graph_ledger.values.moment import OPEN_END

Edge = tuple[str, str, int, int]
"""Member, group, from, to."""


def refuse_circles(transaction: Transaction, composite: Locked, joining: Sequence[tuple[str, Span]]) -> None:
    """Refuse groups that would come to be members of themselves at any time; the writer holds the locks of both ends.

    Raises:
        ValidationError: One of the groups that join is one that this group is in, at the same time.
    """
    if not joining or not composite.groups:
        return
    transaction.run("composites/lock_nesting", token=secrets.token_hex(8))
    edges = transaction.run("composites/above", key=composite.key, open_end=OPEN_END)["edges"]
    for member, span in joining:
        if way := _way_up(edges, composite.key, member, span):
            raise ValidationError(f"{member} cannot be a member of {composite.key}, which is in {' in '.join(way[1:])}")


def _way_up(edges: Iterable[Edge], start: str, end: str, span: Span) -> list[str]:
    """Return the groups from one up to another at some time within an interval; nothing where there is no way."""
    known = list(edges)
    times = {span.start, *(since for _, _, since, _ in known if span.start < since < span.end)}
    for time in sorted(times):
        above: dict[str, list[str]] = defaultdict(list)
        for member, group, since, until in known:
            if since <= time < until:
                above[member].append(group)
        if way := _breadth_first(above, start, end):
            return way
    return []


def _breadth_first(above: dict[str, list[str]], start: str, end: str) -> list[str]:
    came_from = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for group in above[here]:
            if group not in came_from:
                came_from[group] = here
                waiting.append(group)
    if end not in came_from:
        return []
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
