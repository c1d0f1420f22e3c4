"""Instances as vspec writes them: names, ranges of names, and lists of either, which multiply."""

import re
from itertools import takewhile
from typing import Any

from graph_ledger.contracts.adapters.combine import MOST, combine
from graph_ledger.contracts.adapters.places import Place

RANGE = re.compile(r"\[(\d+),\s*(\d+)\]")


def expand(told: Any, place: Place) -> tuple[str, ...]:
    """Return the instances of a branch, joined by dots where they have several parts.

    Each range and each list in the list is a dimension; plain names are one together, the last.

    Raises:
        ReportError: They are not written as vspec writes them, or are too many.

    >>> from pathlib import Path
    >>> expand(["Row[1,2]", ["Left", "Right"]], Place(Path("x.vspec"), 1, 1))
    ('Row1.Left', 'Row1.Right', 'Row2.Left', 'Row2.Right')
    """
    if told is None:
        return ()
    items = told if isinstance(told, list) else [told]
    many = list(takewhile(lambda each: isinstance(each, list) or RANGE.search(str(each)), items))
    names = items[len(many) :]
    if any(isinstance(each, list) or RANGE.search(str(each)) for each in names):
        raise place.refuse("instances: plain names stand before a range or a list: put them in a list of their own")
    return combine([_names(each if isinstance(each, list) else [each], place) for each in (*many, names)], place)


def _names(items: list[Any], place: Place) -> tuple[str, ...]:
    names: list[str] = []
    for each in items:
        if isinstance(each, bool) or not isinstance(each, (str, int)):
            raise place.refuse(f"instances: {each!r} is no name: quote it where it is meant as one")
        names.extend(_ranged(str(each), place))
        if len(names) > MOST:
            raise place.refuse(f"more instances than {MOST:,}, which a branch has at most")
    twice = next((each for each in names if names.count(each) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise place.refuse(f"instances: duplicate: {twice!r}")
    return tuple(names)


def _ranged(name: str, place: Place) -> list[str]:
    found = RANGE.search(name)
    if found is None:
        if not name.strip() or "[" in name or "]" in name:
            raise place.refuse(f"instances: {name!r} is no name, and no range such as Row[1,2]")
        return [name]
    low, high = int(found[1]), int(found[2])
    if low > high or high - low >= MOST:
        raise place.refuse(f"instances: {name!r}: a range is [n,m] with n no more than m, and {MOST:,} long at most")
    return [each for number in range(low, high + 1) for each in _ranged(f"{name[: found.start()]}{number}{name[found.end() :]}", place)]
