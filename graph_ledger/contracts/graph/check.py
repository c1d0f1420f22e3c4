"""Check: the change gate on the graph. What would a report break, and for whom? Nothing is written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graph_ledger.contracts.gate.clash import Clash
from graph_ledger.contracts.gate.grade import grade
from graph_ledger.contracts.gate.states import touched
from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.consumers import reached
from graph_ledger.contracts.graph.earlier import read_earlier
from graph_ledger.contracts.graph.met_at import Meeting
from graph_ledger.contracts.graph.namespace import Namespace, read_namespace
from graph_ledger.contracts.graph.planned import Planned, planned
from graph_ledger.contracts.inputs import FilePath, read_metadata, read_report, read_rules
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import GateError, SyncError, ValidationError
from graph_ledger.lineage.clocks import clocks
from graph_ledger.values.contracts.gate import Broken, Direction, GateMode, GateResult
from graph_ledger.values.contracts.kinds import Profile
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.moment import Moment, When, moment

NAMED = 3
"""So many findings does a refusal name; its ``result`` has all."""


def check(  # what is asked, then how it is judged
    database: Database,
    report: DiffReport | Mapping[str, Any] | FilePath,
    *,
    metadata: Metadata | Mapping[str, Any] | FilePath,
    rules: Rules | Mapping[str, Any] | FilePath | None,
    mode: GateMode | str | None = None,
    profile: Profile = "seed",
    known_at: When | None = None,
) -> GateResult:
    """Say what a report would break, and for whom; write nothing.

    The report that was synced last breaks nothing.

    Args:
        database: Where the namespace is.
        report: The report, its file, or what the file holds; so are metadata and rules.
        metadata: Which namespace it is.
        rules: What breaks beside that which always does, and what does not.
        mode: What has to hold; None is the mode that the namespace was last synced with, BACKWARD where there was none.
        profile: Whose behaviour counts.
        known_at: Consumers and their owners as the ledger knew them at this time; the contracts are those of now.

    Raises:
        ReportError, RulesError: An input is not valid.
        SyncError: The report does not fit the namespace, or its prefix is another's.
        ValidationError: The mode is none, or ``known_at`` is no date.
    Cost: what is living is read by one statement; where nothing breaks nothing more is, but earlier revisions in a transitive mode.
    Source: ``graph_ledger/contracts/gate/``; proved by ``tests/contracts/graph/test_check.py``.
    """
    wanted = None if mode is None else gate_mode(mode)
    asked = Asked(read_report(report), read_metadata(metadata), read_rules(rules), profile)
    when = moment(known_at=known_at)

    def work(transaction: Transaction) -> GateResult:
        namespace = read_namespace(transaction, asked.metadata)
        if not namespace.is_new and namespace.report_hash == replace(asked, release=namespace.release).report_hash:
            return GateResult(mode=_mode(wanted, namespace), compatible=True)
        try:
            plan = planned(transaction, asked, namespace)
        except SyncError as error:
            if namespace.is_new:
                raise SyncError(
                    f"{error}; {namespace.prefix!r} is not in the graph yet: `contract sync` or `contract import` brings it there"
                ) from None
            raise
        return _judged(transaction, plan, _mode(wanted, namespace), when)

    return database.reading(work)


def gate(mode: GateMode | str) -> Callable[[Transaction, Planned], None]:
    """Return what lets a sync pass, or refuses it with `GateError`, before anything is written.

    Raises:
        ValidationError: There is no such mode.
    """
    wanted = gate_mode(mode)

    def judge(transaction: Transaction, plan: Planned) -> None:
        result = _judged(transaction, plan, wanted, Moment())
        if not result.compatible:
            said = "; ".join(map(str, result.findings[:NAMED]))
            more = f"; and {len(result) - NAMED:,} more" if len(result) > NAMED else ""
            raise GateError(f"{result.title}: {said}{more}: nothing was written", result=result)

    return judge


def broken(transaction: Transaction, plan: Planned) -> Broken | None:
    """Return what a report breaks by its rules, and whom that reaches; None where it breaks nothing."""
    changes = {change.concept_uri: change for change in plan.delta.changes if change.breaking and change.concept_uri in plan.before}
    if not changes:
        return None
    meeting = Meeting(plan.namespace.prefix, plan.before, plan.after)
    met = [meeting.met_at(Clash(uri, change.label, "", Direction.BACKWARD, None)) for uri, change in changes.items()]
    whom = reached(transaction, met, plan.keys, clocks(transaction, Moment()))
    return Broken(labels=tuple(change.label for change in changes.values()), consumers=whom.all, owners=whom.owners)


def gate_mode(mode: GateMode | str) -> GateMode:
    """Return a mode of the gate.

    Raises:
        ValidationError: There is none of that name.

    >>> gate_mode("FULL").is_transitive
    False
    """
    try:
        return GateMode(mode)
    except ValueError:
        raise ValidationError(f"mode is one of {', '.join(map(str, GateMode))}, not {mode!r}") from None


def _mode(wanted: GateMode | None, namespace: Namespace) -> GateMode:
    return wanted or GateMode(namespace.mode or GateMode.BACKWARD)


def _judged(transaction: Transaction, plan: Planned, mode: GateMode, when: Moment) -> GateResult:
    """Return what a plan breaks, and for whom."""
    found = touched(plan.before.values(), plan.delta.changes)
    earlier = read_earlier(transaction, plan.namespace.prefix, found) if mode.is_transitive else {}
    graded = grade(found, mode, plan.asked.rules, plan.asked.profile, earlier)
    meeting = Meeting(plan.namespace.prefix, plan.before, plan.after)
    whom = reached(transaction, [meeting.met_at(clash) for clash in graded.clashes], plan.keys, clocks(transaction, when))
    return GateResult(
        mode=mode,
        compatible=not graded.clashes,
        findings=tuple(clash.finding(each) for clash, each in zip(graded.clashes, whom.each, strict=True)),
        consumers=whom.all,
        owners=whom.owners,
        complete=graded.complete,
        reason=None if graded.complete else "unknown_aspects",
    )
