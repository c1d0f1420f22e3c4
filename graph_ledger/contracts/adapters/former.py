"""Former: the labels that an element had, of which some may be those of what it stands in."""

from collections.abc import Iterable


def former_labels(label: str, owner: str, said: Iterable[str], owners: Iterable[str]) -> list[str]:
    """Return the former labels of an element: those that are said of it, then those that the former labels of its owner make.

    >>> former_labels("Vehicle.Door.IsOpen", "Vehicle.Door", [], ["Vehicle.Gate"])
    ['Vehicle.Gate.IsOpen']
    """
    rest = label[len(owner) :]
    return list(dict.fromkeys((*said, *(f"{each}{rest}" for each in owners))))
