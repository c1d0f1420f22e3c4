"""Lint: a report and its rules on their own, without a ledger."""

from collections.abc import Mapping
from os import PathLike
from typing import Any

from graph_ledger.contracts.check_rules import check_rules
from graph_ledger.contracts.inputs import read_report, read_rules
from graph_ledger.contracts.warn import Told, warnings_of
from graph_ledger.errors import ReportError
from graph_ledger.values.contracts.kinds import Profile
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules


def lint(
    report: DiffReport | Mapping[str, Any] | str | PathLike[str],
    *,
    rules: Rules | Mapping[str, Any] | str | PathLike[str] | None = None,
    profile: Profile = "seed",
    strict: bool = False,
) -> list[str]:
    """Return what a sync of a report would warn of, as far as it shows without a ledger.

    An event that does not say its kind is looked at as far as its own words tell it.

    Raises:
        ReportError: The report is not valid, or warns while ``strict``.
        RulesError: The rules are not valid.

    >>> speed = {"label": "Speed", "kind": "PROPERTY", "parent_label": "Car", "change_type": "MODIFIED", "aspects": {"unit": "mph"}}
    >>> lint({"changes": [speed]})
    ["no rule for the aspect 'unit' of PROPERTY 'Speed': its change counts as harmless"]
    """
    known, told = read_rules(rules), read_report(report)
    check_rules(known, profile)
    warnings = warnings_of([Told(event, event.told_kind) for event in told.changes], known, profile)
    if strict and warnings:
        raise ReportError("refused, as warnings are under --strict: " + "; ".join(warnings))
    return list(warnings)
