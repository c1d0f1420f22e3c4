"""Spelled: the graph keeps names in one spelling, so a text in another would not be found again."""

from collections.abc import Iterable

from graph_ledger.errors import ContractError
from graph_ledger.values.port import normal


def check_spelled(texts: Iterable[str], refused: type[ContractError]) -> None:
    """Refuse texts that the graph would spell otherwise.

    Raises:
        ContractError: Of the kind that was asked for; the message shows the first of them.
    """
    for text in texts:
        if text != normal(text):
            raise refused(f"{text!r} is not in Unicode normalization form C, in which the graph keeps names")
