"""An impact as a Mermaid diagram."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_ledger.values.lineage import Impact


def mermaid(impact: "Impact") -> str:
    """Draw every node that an impact reaches and what runs between them; it was asked for its edges."""
    from graph_ledger.values.mermaid import label

    keys = [impact.model, *(node.key for node in impact.nodes)]
    number = {key: place for place, key in enumerate(keys)}
    lines = ["flowchart LR", *(f"    n{place}[{label(key)}]" for key, place in number.items())]
    lines += [f"    n{number[feeds]} --> n{number[fed]}" for feeds, fed in impact.edges or ()]
    if not impact.complete:
        lines.append(f"    more[{label(f'not all: cut by {impact.reason}')}]")
    return "\n".join(lines)
