"""Any two models: the same one makes no report, and the report between two leads from one to the other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given

from graph_ledger.contracts import DiffReport, diff
from graph_ledger.contracts.snapshots import read_snapshot
from graph_ledger.errors import ReportError
from tests.contracts.adapters.models import Model, models, written_in_graphql, written_in_vspec
from tests.contracts.adapters.written import elements_of_ledger, elements_of_model, released

Aspects = dict[str, dict[str, Any]]
LANGUAGES: dict[str, Callable[[Model], str]] = {"vspec": written_in_vspec, "graphql": written_in_graphql}


def aspects_of(path: Path) -> Aspects:
    """Return the aspects of every element of a model."""
    found: Aspects = {}
    for label, each in read_snapshot(path).elements.items():
        found[label] = dict(each.aspects) | ({"instances": list(each.instances)} if each.instances else {})
        found |= {child: dict(leaf.aspects) for child, leaf in each.children.items()}
    return found


def applied(report: DiffReport, before: Aspects) -> Aspects:
    """Return the aspects after a report, which speaks of labels as they were and as they are."""
    gone = {event.renamed_from or event.label for event in report.changes if event.change_type != "ADDED"}
    after = {label: aspects for label, aspects in before.items() if label not in gone}
    for event in report.changes:
        if event.change_type == "REMOVED":
            continue
        now = dict(before[event.renamed_from or event.label]) if event.change_type == "MODIFIED" else {}
        for key, told in event.aspects.items():
            operation, value = (told["_op"], told.get("_value")) if isinstance(told, dict) and "_op" in told else ("modified", told)
            now[key] = value
            if operation == "removed" or (key == "instances" and not value):
                del now[key]
        after[event.label] = now
    return after


@pytest.mark.parametrize("language", LANGUAGES)
@given(first=models(), second=models())
def test_a_report_leads_from_one_model_to_the_other(
    language: str, first: Model, second: Model, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    old, new = folder / f"old.{language}", folder / f"new.{language}"
    old.write_text(LANGUAGES[language](first), encoding="utf-8")
    new.write_text(LANGUAGES[language](second), encoding="utf-8")
    assert diff(new, new).changes == ()
    try:
        report = diff(old, new)
    except ReportError as error:
        assume("are said to be renamed from" not in str(error))
        raise
    assert applied(report, aspects_of(old)) == aspects_of(new)
    assert elements_of_ledger(released(old, new)) == elements_of_model(new)
