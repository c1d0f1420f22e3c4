"""What a report does to a ledger: a pure function, all or nothing."""

from graph_ledger.contracts.check_rules import check_rules
from graph_ledger.contracts.delta import Delta
from graph_ledger.contracts.draft import Draft
from graph_ledger.contracts.living import Living
from graph_ledger.contracts.meant import Meant
from graph_ledger.contracts.modify import modify, noted
from graph_ledger.contracts.verdict import plain_aspects
from graph_ledger.contracts.warn import Told, warnings_of
from graph_ledger.errors import SyncError
from graph_ledger.values.contracts.events import INSTANCES, instance_list
from graph_ledger.values.contracts.kinds import ChangeType, Kind, Profile, Status
from graph_ledger.values.contracts.report import DiffReport, Event
from graph_ledger.values.contracts.rules import Rules


def plan_sync(living: Living, report: DiffReport, rules: Rules, profile: Profile = "seed", *, strict: bool = False) -> Delta:
    """Return what a report does to a ledger.

    Containers that are ADDED come first, then leaves that are, then all else in the order of the report; serials follow that.

    Raises:
        RulesError: The rules have a key that the profile does not know.
        SyncError: The report does not fit the ledger, or warns while ``strict``.
    """
    check_rules(rules, profile)
    draft, meant = Draft(living), Meant(living, report)
    events = list(enumerate(report.changes))
    containers = [(at, event) for at, event in events if event.told_kind in {Kind.ENTITY, Kind.ENUMERATION_SET} and _is_added(event)]
    leaves = [(at, event) for at, event in events if event.told_kind in {Kind.PROPERTY, Kind.ENUM_VALUE} and _is_added(event)]
    others = [(at, event) for at, event in events if not _is_added(event)]
    kinds: dict[int, Kind] = {}
    for at, event in (*containers, *leaves, *others):
        kinds[at] = _step(draft, meant, at, event, rules, profile)
    meant.check(draft)
    _check_removed(draft)
    warnings = warnings_of([Told(event, kinds[at]) for at, event in events], rules, profile)
    if strict and warnings:
        raise SyncError("refused, as warnings are under --strict: " + "; ".join(warnings))
    return draft.delta(warnings)


def _is_added(event: Event) -> bool:
    return event.change_type is ChangeType.ADDED


def _step(draft: Draft, meant: Meant, at: int, event: Event, rules: Rules, profile: Profile) -> Kind:
    """Take one event, and return the kind of what it speaks of."""
    try:
        return _add(draft, meant, event) if _is_added(event) else _change(draft, meant, event, rules, profile)
    except SyncError as error:
        raise SyncError(f"changes.{at} ({event.change_type} {event.label!r}): {error}") from None


def _add(draft: Draft, meant: Meant, event: Event) -> Kind:
    kind = event.told_kind or Kind.ENTITY
    parent = None if kind.is_container else draft.held(meant.owner(event.parent_label or ""))
    if parent is not None and parent.kind is not kind.container:
        raise SyncError(f"{kind} belongs to {kind.container}, and {parent.label!r} is {parent.kind}")
    instances = parent.instances if parent is not None and kind is Kind.PROPERTY else ()
    if kind is Kind.ENTITY:
        instances = instance_list(event.aspects.get(INSTANCES), INSTANCES)
    held = draft.add(event.label, kind, parent, instances, plain_aspects(kind, event.aspects))
    changed = {key: {"op": "added", "old": None, "new": value} for key, value in event.aspects.items()}
    noted(draft, held, ChangeType.ADDED, contract=held.contract, changed=changed)
    meant.added(held)
    return kind


def _change(draft: Draft, meant: Meant, event: Event, rules: Rules, profile: Profile) -> Kind:
    held = draft.held(meant.by(event))
    if held is None or held.status is not Status.ACTIVE:
        raise SyncError(f"No concept found with the label {event.label!r}: it was REMOVED before in this report")
    if event.kind is not None and event.kind is not held.kind:
        raise SyncError(f"{held.label!r} is {held.kind}, not {event.kind}")
    if event.change_type is ChangeType.REMOVED:
        draft.remove(held)
        noted(draft, held, ChangeType.REMOVED)
    else:
        modify(draft, held, event, rules, profile)
    return held.kind


def _check_removed(draft: Draft) -> None:
    for held in draft.removed():
        left = draft.children(held)
        if left:
            names = ", ".join(repr(child.label) for child in left)
            raise SyncError(f"{held.kind} {held.label!r} is REMOVED, and these children of it are missing explicit REMOVED events: {names}")
