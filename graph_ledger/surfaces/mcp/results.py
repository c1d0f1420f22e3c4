"""Results: an answer or an error as an agent gets it, structured and as text."""

import logging
import uuid
from collections.abc import Mapping
from typing import Any

from mcp_types import CallToolResult, TextContent
from pydantic import BaseModel
from pydantic_core import from_json, to_json

from graph_ledger.errors import DatabaseError, GraphLedgerError, NotInstalledError, UnsupportedServerError
from graph_ledger.surfaces.mcp.advice import after, cut_note
from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.surfaces.mcp.cuts import FIELD, Cuts
from graph_ledger.surfaces.tools.tool import Asked, Tool
from graph_ledger.values.problem import problem_of

LOG = logging.getLogger("graph_ledger.mcp")
HANDED_BACK = frozenset({"prove", "prove_consistency", "plan", "plan_listing"})
"""Tools whose answer another one takes, which is whole or worth nothing: evidence, and plans."""
HARMLESS = (NotInstalledError, UnsupportedServerError)
"""Trouble with the database of which the message says what to do and nothing about the machine."""
UNEXPECTED = 500


def answered(tool: Tool[Any, Any], found: BaseModel, budget: Budget, given: Mapping[str, Any], asked: Asked) -> CallToolResult:
    """Return an answer; lists that are too long are cut, and it says so."""
    text = found.model_dump_json()
    answer: dict[str, Any] = from_json(text)
    if tool.name not in HANDED_BACK:
        cuts = Cuts(budget.rows)
        shortened = cuts.shorten(answer)
        if cuts.made:
            return _cut(asked, shortened, cuts, probed=budget.probes(tool, given))
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=answer)


def refused(error: GraphLedgerError) -> CallToolResult:
    """Return an error: what is wrong, what would fit, what to do next."""
    problem = problem_of(error)
    if isinstance(error, DatabaseError):
        LOG.error("%s", error)
        if isinstance(error, HARMLESS):
            problem["detail"] = str(error)
    return _failed({**problem, "next": after(error)})


def unexpected(error: Exception) -> CallToolResult:
    """Return an error that nobody foresaw: a number, under which stderr holds the rest."""
    number = uuid.uuid4().hex[:12]
    LOG.error("unexpected error %s", number, exc_info=error)
    said = f"something unexpected went wrong; the server's log has it as {number}"
    return _failed(
        {"type": "about:blank", "title": "Unexpected", "status": UNEXPECTED, "detail": said, "error": "Unexpected", "id": number,
         "next": "Tell a person that number."}
    )  # fmt: skip


def _cut(asked: Asked, answer: dict[str, Any], cuts: Cuts, *, probed: bool) -> CallToolResult:
    if probed:
        for name in answer:
            cuts.uncounted(name)
    answer = {**answer, FIELD: cuts.made}
    note = cut_note(cuts.made, dict(asked), answer)
    return CallToolResult(
        content=[TextContent(type="text", text=to_json(answer).decode()), TextContent(type="text", text=note)], structured_content=answer
    )


def _failed(problem: dict[str, Any]) -> CallToolResult:
    text = f"{problem['detail']}\n{problem['next']}"
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=problem, is_error=True)
