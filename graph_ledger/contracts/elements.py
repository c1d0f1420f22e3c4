"""Elements: what a census is given, each a label and a kind."""

from collections.abc import Iterable

from graph_ledger.errors import ReportError
from graph_ledger.values.contracts.kinds import Kind

Given = tuple[str, Kind | str]


def elements_of(given: Iterable[Given]) -> list[tuple[str, Kind]]:
    """Return the elements of a composed model.

    Raises:
        ReportError: One is no pair of a label and a kind.

    >>> elements_of([("Vehicle", "ENTITY")])[0][1].is_container
    True
    """
    return [_element(each) for each in given]


def _element(given: Given) -> tuple[str, Kind]:
    try:
        label, kind = given
        return str(label), Kind(kind)
    except (TypeError, ValueError):
        raise ReportError(f"an element is a label and one of {', '.join(Kind.__members__)}, not {given!r}") from None
