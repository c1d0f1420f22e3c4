"""Mermaid: drawings as text, for documents and for notebooks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_ledger.values.drawing import Drawing

HARMLESS = " _-./:,()@"
"""What a label may hold as it is, beside letters and digits."""


def label(text: str) -> str:
    """Return a label of Mermaid, in its quotes: whatever could end it or mean something in it is a number.

    >>> label('ml/"<b>"')
    '"ml/#34;#60;b#62;#34;"'
    """
    return '"' + "".join(c if c.isalnum() or c in HARMLESS else f"#{ord(c)};" for c in text) + '"'


def mermaid(drawing: "Drawing") -> str:
    """Return a drawing as a Mermaid graph from left to right."""
    number = {shape.key: f"n{place}" for place, shape in enumerate(drawing.shapes)}
    shapes = [f"  {number[shape.key]}{_box(shape.caption, many=shape.counts > 0)}" for shape in drawing.shapes]
    arrows = [
        f"  {number[arrow.start]} -->{f'|{label(arrow.caption)}|' if arrow.caption else ''} {number[arrow.end]}" for arrow in drawing.arrows
    ]
    return "\n".join(["graph LR", *shapes, *arrows])


def _box(caption: str, *, many: bool) -> str:
    return f"([{label(caption)}])" if many else f"[{label(caption)}]"
