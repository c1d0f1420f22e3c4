"""ColumnFlow: which column of an output comes from which column of an input, and how."""

from collections.abc import Iterable, Mapping
from sys import intern
from typing import Any, Literal

from graph_ledger.errors import ValidationError
from graph_ledger.values.port import check_text, folded
from graph_ledger.values.value import Value

Kind = Literal["DIRECT", "INDIRECT"]
ALL = "*"
"""In place of an output column: every column of the output; of an input column: no one in particular, so each."""
SUBTYPES: Mapping[str, frozenset[str]] = {
    "DIRECT": frozenset({"", "IDENTITY", "TRANSFORMATION", "AGGREGATION"}),
    "INDIRECT": frozenset({"", "JOIN", "GROUP_BY", "FILTER", "SORT", "WINDOW", "CONDITIONAL"}),
}


class ColumnFlow(Value):
    """One column of an output that depends on one column of an input, in OpenLineage's words.

    Identifiers and columns are compared as ports are: lower-cased, in Unicode normalization form C, nothing trimmed.

    Raises:
        ValidationError: A name is no text, blank, too long or holds NUL; kind or subtype is none of OpenLineage's words.
    Source: ``docs/concepts.md``, columns; OpenLineage's ColumnLineageDatasetFacet.

    >>> ColumnFlow("daily", "Total", "orders", "amount", subtype="AGGREGATION").output_column
    'total'
    """

    output: str
    """Identifier of the output port."""
    output_column: str
    """Name of its column; ``*`` for every column, as a filter or a join touches the whole output."""
    input: str
    """Identifier of the input port."""
    input_column: str
    """Name of its column; ``*`` where it depends on each."""
    kind: Kind = "DIRECT"
    """``DIRECT``: values of the input are in the output. ``INDIRECT``: they only decide what is."""
    subtype: str = ""
    """``IDENTITY``, ``TRANSFORMATION``, ``AGGREGATION``; ``JOIN``, ``GROUP_BY``, ``FILTER``, ``SORT``, ``WINDOW``, ``CONDITIONAL``;
    empty where nobody said."""

    def __init__(
        self,
        output: str,
        output_column: str,
        input: str,  # noqa: A002  # the word of the matter
        input_column: str,
        kind: str = "DIRECT",
        subtype: str = "",
    ) -> None:
        # Built without a second validation, each name kept once: a load makes these by the hundred thousand.
        if subtype not in SUBTYPES.get(kind, ()):
            raise ValidationError(f"{kind} {subtype!r} is no way in which columns depend on each other: {_words()}")
        fields = {
            "output": _name(output, "output of a column"),
            "output_column": _name(output_column, "output column"),
            "input": _name(input, "input of a column"),
            "input_column": _name(input_column, "input column"),
            "kind": kind,
            "subtype": subtype,
        }
        object.__setattr__(self, "__dict__", fields)
        object.__setattr__(self, "__pydantic_fields_set__", _ALL_FIELDS)
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)


_ALL_FIELDS = set(ColumnFlow.model_fields)


def column_flows(given: "Iterable[ColumnFlow | Mapping[str, Any]]", node: str) -> tuple[ColumnFlow, ...]:
    """Return the flows that a user gives of a node: each a ColumnFlow, or a mapping with its fields.

    Raises:
        ValidationError: One is neither, or lacks a field.
    """
    if isinstance(given, (str, Mapping, ColumnFlow)):
        raise ValidationError(f"the columns of {node!r} are a list, not {given!r}: write [{given!r}]")
    return tuple(each if isinstance(each, ColumnFlow) else _flow(each, node) for each in given)


def _flow(given: object, node: str) -> ColumnFlow:
    if not isinstance(given, Mapping):
        raise ValidationError(f"a column of {node!r} is a ColumnFlow or a mapping with its fields, not {given!r}")
    try:
        return ColumnFlow(**given)
    except TypeError as error:
        raise ValidationError(f"the column {dict(given)!r} of {node!r} has other fields than a ColumnFlow: {error}") from None


def _name(text: str, what: str) -> str:
    if not isinstance(text, str):
        raise ValidationError(f"the {what} is named by a text, not by {text!r}")
    return intern(check_text(folded(text), what))


def _words() -> str:
    return "; ".join(f"{kind} is {', '.join(sorted(filter(None, words)))} or ''" for kind, words in SUBTYPES.items())
