"""GitHub: what the change gate says, as annotations of a workflow."""

from collections.abc import Mapping
from pathlib import Path

from graph_ledger.contracts.gate.event_lines import event_lines
from graph_ledger.contracts.inputs import FilePath
from graph_ledger.errors import ContractError
from graph_ledger.values.contracts.gate import Finding, GateResult
from graph_ledger.values.tables import count

NAMED = 20
"""Most consumers that one annotation names; more are counted."""


def format_github(result: GateResult, report: FilePath | None = None) -> list[str]:
    """Return one workflow command a finding, ``::error``, and a last line that says it all.

    Args:
        result: What the gate says.
        report: The file of the report, so that an annotation stands at the event; None where there is none.
    """
    lines = {} if report is None else event_lines(Path(report).read_text(encoding="utf-8"))
    told = [_annotation(each, report, lines) for each in result.findings]
    unsure = [] if result.complete else [_command("warning", {"title": "Contract gate"}, "some earlier aspects are not known")]
    return [*told, *unsure, _command("notice", {"title": "Contract gate"}, result.title)]


def refused_github(error: ContractError, report: FilePath) -> str:
    """Return the workflow command of an input that was refused, at its file and line as far as they are known.

    >>> refused_github(ContractError("not JSON", file="diff.json", line=3), "diff.json")
    '::error file=diff.json,line=3,title=Contract gate::diff.json:3: not JSON'
    """
    place = {"file": error.file or str(report)}
    places = {"line": error.line, "col": error.column}
    more = {name: str(number) for name, number in places.items() if number is not None}
    return _command("error", place | more | {"title": "Contract gate"}, str(error))


def _annotation(finding: Finding, report: FilePath | None, lines: Mapping[str, int]) -> str:
    place = {} if report is None else {"file": str(report)} | ({"line": str(lines[finding.label])} if finding.label in lines else {})
    return _command("error", place | {"title": f"{finding.direction}: {finding.label}"}, _message(finding))


def _message(finding: Finding) -> str:
    against = "" if finding.against is None else f", against {finding.against}"
    named = [f"{each.key} ({each.owner if each.is_owned else 'no owner'})" for each in finding.consumers[:NAMED]]
    more = len(finding.consumers) - len(named)
    reached = f"\nReaches {', '.join(named)}{f' and {more:,} more' if more else ''}" if named else f"\nReaches {count(0, 'consumer')}"
    return f"{finding.change}{against}{reached}"


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    """Return a workflow command, escaped as the runner of GitHub reads it."""
    told = ",".join(f"{key}={_data(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
