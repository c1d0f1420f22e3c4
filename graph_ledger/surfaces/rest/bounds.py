"""Bounds: rows and depth that a request may ask for, and an answer may have."""

from typing import Any

from pydantic import BaseModel

from graph_ledger.errors import OverBudgetError
from graph_ledger.surfaces.rest.options import Options


def check_asked(asked: BaseModel, options: Options) -> None:
    """Refuse to look for more than an answer may hold.

    Raises:
        OverBudgetError: ``limit`` or ``depth`` is above what the service allows.
    """
    for name, bound, most in (("limit", "rows", options.max_rows), ("depth", "depth", options.max_depth)):
        wanted = getattr(asked, name, None)
        if isinstance(wanted, int) and wanted > most and name in asked.model_fields_set:
            raise OverBudgetError(bound, most, wanted)


def check_answer(found: BaseModel, options: Options) -> None:
    """Refuse an answer that is longer or goes farther than one may.

    Raises:
        OverBudgetError: It has too many rows, or a walk went too far.
    """
    lists = [value for value in found.__dict__.values() if isinstance(value, (tuple, list))]
    rows = max(map(len, lists), default=0)
    if rows > options.max_rows:
        raise OverBudgetError("rows", options.max_rows, rows)
    depth = max((_depth(each) for each in lists if each), default=0)
    if depth > options.max_depth:
        raise OverBudgetError("depth", options.max_depth, depth)


def _depth(nodes: Any) -> int:
    """Return the farthest step of a list of nodes, which begins with the nearest."""
    return max(depth if isinstance(depth := getattr(each, "depth", 0), int) else 0 for each in (nodes[0], nodes[-1]))
