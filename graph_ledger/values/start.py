"""Start: where a question about lineage begins."""

from typing import NamedTuple


class Start(NamedTuple):
    """Where a walk begins: at one model, and where that is a group also at whoever was in it at the moment."""

    key: str
    """Of the model or the group."""
    is_group: bool = False
    """Whether it has been made a group."""
    memberships: int = 1
    """How many there are and were in the whole ledger; where there are none, nobody has to look for groups."""
