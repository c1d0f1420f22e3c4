"""An impact as a Mermaid diagram."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.lineage import Impact


def mermaid(ledger: "Ledger", impact: "Impact", **clocks: Any) -> str:
    """Draw every node that an impact reaches and what runs between them."""
    from graph_ledger.lineage.edges import edges
    from graph_ledger.values.mermaid import label
    from graph_ledger.values.moment import moment

    keys = [impact.model, *(node.key for node in impact.nodes)]
    number = {key: place for place, key in enumerate(keys)}
    lines = ["flowchart LR", *(f"    n{place}[{label(key)}]" for key, place in number.items())]
    lines += [f"    n{number[feeds]} --> n{number[fed]}" for feeds, fed in edges(ledger.database, keys, moment(**clocks))]
    if not impact.complete:
        lines.append(f"    more[{label(f'not all: cut by {impact.reason}')}]")
    return "\n".join(lines)
