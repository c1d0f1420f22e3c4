"""Validation: which words say that something passed, and which that it failed."""

PASSED = frozenset({"pass", "passed", "approved", "ok", "success", "satisfactory"})
FAILED = frozenset({"fail", "failed", "rejected", "failure", "unsatisfactory"})


def passed(result: object) -> bool | None:
    """Tell whether a result passed; None for a word that says neither, such as `conditional`.

    >>> passed("Pass"), passed("failed"), passed("conditional")
    (True, False, None)
    """
    word = str(result).strip().casefold()
    return True if word in PASSED else False if word in FAILED else None
