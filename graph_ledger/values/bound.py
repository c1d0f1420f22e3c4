"""How many at most: the bounds of an answer that a caller sets."""

from graph_ledger.errors import ValidationError

MOST = 1_000_000_000
"""What stands for no bound: more than any ledger holds."""


def check_bound(bound: int, name: str, least: int) -> int:
    """Refuse what is no number of things.

    Raises:
        ValidationError: It is no whole number, below the least, or beyond `MOST`.

    >>> check_bound(10, "limit", least=1)
    10
    """
    if isinstance(bound, bool) or not isinstance(bound, int) or not least <= bound <= MOST:
        raise ValidationError(f"{name} is a whole number from {least} to {MOST:,}, not {bound!r}")
    return bound
