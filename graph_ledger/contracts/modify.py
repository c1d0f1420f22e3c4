"""MODIFIED: what such an event does to a concept, and to the children of an entity whose list it changes."""

from typing import Any

from graph_ledger.contracts.draft import Draft, Held
from graph_ledger.contracts.instances import ListChange, list_change
from graph_ledger.contracts.verdict import is_breaking, merged, modified
from graph_ledger.errors import SyncError
from graph_ledger.values.contracts.change import Change
from graph_ledger.values.contracts.events import INSTANCES, check_aspects
from graph_ledger.values.contracts.kinds import ChangeType, Kind, Profile
from graph_ledger.values.contracts.report import Event
from graph_ledger.values.contracts.rules import Rules


def modify(draft: Draft, held: Held, event: Event, rules: Rules, profile: Profile) -> None:
    """Write what a MODIFIED event does.

    Raises:
        SyncError: The event does not fit the concept.
    """
    if event.kind is None:
        _check(held, event)
    renamed_from = held.label if event.renamed_from is not None and event.label != held.label else None
    if renamed_from is not None:
        _rename(held, event.label)
    listed = list_change(held.instances, event.aspects) if held.kind is Kind.ENTITY else None
    breaking = is_breaking(rules, profile, held.kind, event, listed, renamed=renamed_from is not None)
    after, changed = merged(held.aspects, modified(held.kind, event))
    if after is not None:
        draft.describe(held, after)
    if listed is not None:
        held.instances, changed[INSTANCES] = listed.new, _told(listed)
    draft.revise(held)
    contract = draft.renew(held) if breaking else None
    if held.kind is Kind.PROPERTY:
        owner = draft.held(held.parent_uri)
        held.instances = held.instances if owner is None else owner.instances
        _bind(draft, held, breaking=breaking)
    noted(draft, held, ChangeType.MODIFIED, contract=contract, breaking=breaking, changed=changed, renamed_from=renamed_from)
    if listed is not None:
        _hand_down(draft, held, listed, breaking=breaking, revised=profile == "seed" and listed.is_change)


def noted(draft: Draft, held: Held, change_type: ChangeType, *, contract: str | None = None, **more: Any) -> None:
    """Note the revision that was just written."""
    owner = draft.held(held.parent_uri)
    draft.changes.append(
        Change.model_construct(
            concept_uri=held.uri,
            label=held.label,
            kind=held.kind,
            change_type=change_type,
            revision_uri=str(held.revision),
            contract_uri=contract,
            parent_uri=held.parent_uri,
            parent_label=None if owner is None else owner.label,
            aspects=None if held.aspects is None else dict(held.aspects),
            instances=held.instances,
            **more,
        )
    )


def _check(held: Held, event: Event) -> None:
    """Refuse what only the kind of the concept shows, as the event did not say it."""
    try:
        check_aspects(held.kind, event.change_type, event.aspects)
    except ValueError as error:
        raise SyncError(str(error)) from None
    if event.content and not held.kind.is_container:
        raise SyncError(f"content is only valid on MODIFIED containers, not on {held.kind}")


def _rename(held: Held, label: str) -> None:
    held.previous = (held.label, *(each for each in dict.fromkeys(held.previous) if each not in {held.label, label}))
    held.label = label


def _told(listed: ListChange) -> dict[str, Any]:
    return {"op": "modified", "old": list(listed.old), "new": list(listed.new)}


def _bind(draft: Draft, held: Held, *, breaking: bool) -> None:
    if breaking:
        draft.rebind(held)
    else:
        draft.settle(held)


def _hand_down(draft: Draft, entity: Held, listed: ListChange, *, breaking: bool, revised: bool) -> None:
    """Give the list of an entity to its living children; in the seed profile each gets what the entity got."""
    for child in draft.children(entity):
        child.instances = listed.new
        if revised:
            draft.revise(child)
            contract = draft.renew(child) if breaking else None
            noted(draft, child, ChangeType.MODIFIED, contract=contract, breaking=breaking, changed={INSTANCES: _told(listed)})
        _bind(draft, child, breaking=breaking and revised)
