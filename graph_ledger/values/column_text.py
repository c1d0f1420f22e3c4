"""How column flows are written down: one line for each input and way, short enough to be read in Neo4j Browser."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graph_ledger.values.column import SUBTYPES, ColumnFlow

PLAIN = re.compile(r'[^\s"<\x00-\x1f\x7f][^\s<\x00-\x1f\x7f]*')
"""A name that stands as it is; any other is a JSON string without a blank or ``<``."""
ARROW = "<-"
FORM = re.compile(r"(\S+) (DIRECT|INDIRECT)(?:/([A-Z_]+))?: (.+)", re.DOTALL)


class Derived(NamedTuple):
    """One flow as a line holds it: the output is known from where the line stands."""

    output_column: str
    input: str
    input_column: str
    kind: str
    subtype: str


def lines_of(flows: Iterable[ColumnFlow]) -> dict[str, list[str]]:
    """Return the lines of each output, by identifier; the same flows in any order give the same lines.

    >>> lines_of([ColumnFlow("daily", "day", "orders", "day", subtype="IDENTITY"), ColumnFlow("daily", "id", "orders", "no", subtype="IDENTITY")])
    {'daily': ['orders DIRECT/IDENTITY: day id<-no']}
    """  # noqa: E501  # a call and its answer
    found: dict[str, dict[tuple[str, str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for flow in flows:
        pair = flow.output_column, flow.input_column
        found[flow.output][flow.input, flow.kind, flow.subtype].add(_written(*pair))
    return {output: sorted(_line(way, pairs) for way, pairs in found[output].items()) for output in sorted(found)}


def read_lines(lines: Iterable[str]) -> Iterator[Derived]:
    """Yield what lines say; a line that nobody of ours wrote says nothing.

    >>> [(each.output_column, each.input_column) for each in read_lines(["orders DIRECT/IDENTITY: day id<-no"])]
    [('day', 'day'), ('id', 'no')]
    """
    for line in lines:
        match = FORM.fullmatch(line)
        if match is None or (match[3] or "") not in SUBTYPES[match[2]]:
            continue
        try:
            source = _read(match[1])
            pairs = [(_read(to), _read(of) if arrow else _read(to)) for to, arrow, of in map(_split, match[4].split(" "))]
        except ValueError:
            continue
        for output_column, input_column in pairs:
            yield Derived(output_column, source, input_column, match[2], match[3] or "")


def _line(way: tuple[str, str, str], pairs: set[str]) -> str:
    source, kind, subtype = way
    return f"{_name(source)} {kind}{'/' if subtype else ''}{subtype}: {' '.join(sorted(pairs))}"


def _written(output_column: str, input_column: str) -> str:
    return _name(output_column) if output_column == input_column else f"{_name(output_column)}{ARROW}{_name(input_column)}"


def _split(pair: str) -> tuple[str, str, str]:
    return pair.partition(ARROW)


def _name(name: str) -> str:
    return name if PLAIN.fullmatch(name) else json.dumps(name).replace(" ", "\\u0020").replace("<", "\\u003c")


def _read(name: str) -> str:
    if name.startswith('"'):
        return str(json.loads(name))
    if not name:
        raise ValueError(name)
    return name
