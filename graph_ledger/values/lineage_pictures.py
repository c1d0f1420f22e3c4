"""Pictures of the answers of the lineage room: tables for notebooks, Mermaid for documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph_ledger.values.lineage import Impact
    from graph_ledger.values.path import Path

# pandas and networkx are imported by name: the core needs neither them nor their types.
ROWS = 200
"""Most rows of a table in a notebook."""
SHAPES = 100
"""Most nodes that a drawing names; more cannot be read."""
HARMLESS = " _-./:,()@"
"""What a label of Mermaid may hold as it is, beside letters and digits."""


def frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    """Return the rows as a pandas DataFrame, with its columns even where there is no row.

    Raises:
        ModuleNotFoundError: pandas is not there; ``pip install "graph-ledger[notebook]"`` brings it.
    """
    return import_module("pandas").DataFrame(list(rows), columns=list(columns))


def table(title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return an HTML table; what it leaves out is said below it."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(_text(row[column]))}</td>" for column in columns) + "</tr>" for row in rows[:ROWS])
    rest = f"<p>and {len(rows) - ROWS:,} more</p>" if len(rows) > ROWS else ""
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def impact_title(impact: "Impact") -> str:
    """Say in one line what was reached and whether that is all."""
    count = f"{len(impact):,} node{'' if len(impact) == 1 else 's'}"
    verb = "reaches" if impact.direction == "downstream" else "stands on"
    when = f" as of {impact.as_of:%Y-%m-%d %H:%M:%S} UTC" if impact.as_of else ""
    known = f", known by {impact.known_at:%Y-%m-%d %H:%M:%S} UTC" if impact.known_at else ""
    ends = {"depth": "cut by depth", "limit": "cut by limit", "not_yet": "it was not there yet", None: "complete"}
    column = f", column {impact.column}," if impact.column is not None else ""
    whole = f", {len(impact.fallbacks):,} counted as a whole" if impact.fallbacks else ""
    return f"{impact.model}{column} {verb} {count}{when}{known}: {ends[impact.reason]}{whole}"


def impact_mermaid(impact: "Impact") -> str:
    """Draw the start and, step by step, what lies that far from it; arrows between steps follow the data."""
    return "\n".join(["graph LR", *(f"  {line}" for line in _impact_lines(impact))])


def _impact_lines(impact: "Impact") -> Iterator[str]:
    yield f"start[{label(impact.model)}]"
    left, number, before = SHAPES, 0, "start"
    for depth, nodes in impact.by_depth():
        yield f"subgraph step{depth}[{label(f'step {depth}')}]"
        for node in nodes[:left]:
            yield f"  n{number}[{label(node.key)}]"
            number += 1
        if len(nodes) > left:
            yield f"  more{depth}[{label(f'and {len(nodes) - left:,} more')}]"
        left = max(left - len(nodes), 0)
        yield "end"
        here = f"step{depth}"
        yield f"{before} --> {here}" if impact.direction == "downstream" else f"{here} --> {before}"
        before = here


def path_mermaid(path: "Path") -> str:
    """Draw the path, each arrow with its port or, where a person declared it, with the relationship."""
    names = [f"  n{place}[{label(key)}]" for place, key in enumerate(path.keys)]
    through = [" ".join(filter(None, (step.port or step.relationship, getattr(step, "column", "")))) for step in path.steps]
    arrows = [f"  n{place} -->|{label(text)}| n{place + 1}" for place, text in enumerate(through)]
    return "\n".join(["graph LR", *names, *arrows])


def label(text: str) -> str:
    """Return a label of Mermaid, in its quotes: whatever could end it or mean something in it is a number.

    >>> label('ml/"<b>"')
    '"ml/#34;#60;b#62;#34;"'
    """
    return '"' + "".join(c if c.isalnum() or c in HARMLESS else f"#{ord(c)};" for c in text) + '"'


def path_networkx(path: "Path") -> Any:
    """Return the path as a networkx DiGraph; port, relationship, sources and since stand on the edges.

    Raises:
        ModuleNotFoundError: networkx is not there; ``pip install "graph-ledger[notebook]"`` brings it.
    """
    graph = import_module("networkx").DiGraph()
    graph.add_nodes_from(path.keys)
    for step in path.steps:
        graph.add_edge(step.from_key, step.to_key, **{name: value for name, value in step if name not in {"from_key", "to_key"}})
    return graph


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
