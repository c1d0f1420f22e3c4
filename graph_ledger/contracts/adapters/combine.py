"""Combine: instances that are told by several dimensions, in whatever language."""

from itertools import product

from graph_ledger.contracts.adapters.places import Place

MOST = 10_000
"""So many instances has a branch at most: a range that was meant to be shorter would fill the memory."""


def combine(dimensions: list[tuple[str, ...]], place: Place) -> tuple[str, ...]:
    """Return every combination; a dimension without names is none.

    Raises:
        ReportError: They are too many.
    """
    some = [each for each in dimensions if each]
    count = 1
    for each in some:
        count *= len(each)
    if count > MOST:
        raise place.refuse(f"{count:,} instances: a branch has {MOST:,} at most")
    return tuple(".".join(each) for each in product(*some)) if some else ()
