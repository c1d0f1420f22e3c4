"""Check: one thing that the doctor looked at."""

from graph_ledger.values.value import Value


class Check(Value):
    """One thing that was looked at, and whether it is well."""

    name: str
    """What was looked at."""
    ok: bool
    """Whether it is well."""
    detail: str
    """What was seen, and what to do where it is not well."""
