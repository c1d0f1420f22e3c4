"""The tool cypher: a question of the agent's own, where whoever runs the server allows it."""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.errors import OverBudgetError
from graph_ledger.surfaces.cli.answer import jsonable
from graph_ledger.surfaces.tools.tool import Asked, Tool, tool
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

LONGEST = 20_000
LARGEST = 1_000_000
"""Characters of one answer: a single value may be as large as a whole graph."""


class CypherInput(Asked):
    """A statement, and what stands for its parameters."""

    statement: str = Field(min_length=1, max_length=LONGEST)
    """One statement of Cypher that reads the graph: no procedures but full-text search and names of labels, no files, no SHOW."""
    parameters: dict[str, Any] = Field(default={})
    """Values of its `$parameters`, as JSON."""


class CypherOutput(Value):
    """What it returned."""

    columns: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[Any, ...], ...]
    """One list a row; nodes and relationships are their properties, times are texts."""
    complete: bool
    """Whether those are all rows."""


EXAMPLE = {"statement": "MATCH (model:ModelRef) WHERE model.tier = $tier RETURN count(*) AS models", "parameters": {"tier": "high"}}


def cypher_tool(rows: int) -> Tool[Any, Any]:
    """Return the tool that hands out at most so many rows."""

    @tool(EXAMPLE)
    def cypher(ledger: "Ledger", asked: CypherInput) -> CypherOutput:
        """Run one Cypher statement that only reads the graph; docs/database.md describes labels and relationships.

        Prefer the other tools: they know the two clocks, and say whether their answer is complete.
        """
        from graph_ledger.database.stranger import ask

        found = ask(ledger.database, asked.statement, asked.parameters, rows)
        answer = CypherOutput(
            columns=tuple(found.columns), rows=tuple(tuple(map(jsonable, row)) for row in found.rows), complete=found.complete
        )
        if (size := sum(len(str(row)) for row in answer.rows)) > LARGEST:
            raise OverBudgetError("bytes", LARGEST, size)
        return answer

    return cypher
