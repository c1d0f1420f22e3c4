"""The namespace is a group, and its containers are the members; it hears once of each report."""

from graph_ledger.composites.membership import Change, change
from graph_ledger.contracts.graph.namespace import PLATFORM
from graph_ledger.contracts.graph.work import SYNCED, Work
from graph_ledger.database.database import Transaction
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.event_types import GROUPED
from graph_ledger.history.locked import lock
from graph_ledger.models.register import registration, settled
from graph_ledger.values.contracts.kinds import ChangeType
from graph_ledger.values.moment import from_microseconds

ROLES = {"ENTITY": "entity", "ENUMERATION_SET": "vocabulary"}


def group_of(transaction: Transaction, work: Work) -> str:
    """Return the key of the namespace; one that is not there yet is made, a group without members."""
    if not work.namespace.is_new:
        return work.namespace.key
    given = {"owner": "unknown", "model_type": "namespace", "tier": "unclassified", "purpose": work.asked.metadata.name}
    said = registration(work.namespace.prefix, PLATFORM, given, work.asked.actor, {"namespace": work.namespace.uri})
    key = settled(transaction, said.name, said.platform)
    models, now = lock(transaction, [key])
    said.write(transaction, models.get(key), work.at, now)
    models, now = lock(transaction, [key])
    append(transaction, [appending_of(transaction, models[key], [Draft(GROUPED, work.asked.actor, work.at, {})])], now)
    transaction.run("composites/make_composite", key=key)
    return key


def keep_namespace(transaction: Transaction, work: Work) -> int:
    """Let new containers join and removed ones leave, tell the namespace of the report, and set its counters."""
    key, actor = work.namespace.key, work.asked.actor
    joined = {work.key_of(work.after[uri].label): ROLES[str(work.after[uri].kind)] for uri in work.new}
    left = [work.key_of(f"{work.gone[uri].label}~{work.gone[uri].serial}") for uri in work.removed]
    if joined or left:
        models, now = lock(transaction, {key, *joined, *left})
        changes = [Change(member, joins=True, role=role) for member, role in joined.items()]
        changes += [Change(member, joins=False, reason="removed") for member in left]
        change(transaction, models, models[key], changes, actor, work.at, now)
    models, now = lock(transaction, [key])
    draft = Draft(SYNCED, actor, work.at, _payload(work), work.namespace.source)
    events = append(transaction, [appending_of(transaction, models[key], [draft])], now)[key]
    work.events.append(str(events[0]["snapshot_hash"]))
    counters = work.delta.counters
    state = {
        "prefix": work.namespace.prefix, "namespace_uri": work.namespace.uri, "profile": work.asked.profile,
        "mode": work.asked.mode or work.namespace.mode, "release": work.asked.release, "report_hash": work.asked.report_hash,
        "next_concept": counters.concepts, "next_revision": counters.revisions, "next_contract": counters.contracts,
        "next_binding": counters.bindings,
    }  # fmt: skip
    transaction.run("contracts/write_namespace", key=key, state=state, at=from_microseconds(work.at))
    return now


def _payload(work: Work) -> dict[str, object]:
    changes = work.delta.changes
    said: dict[str, object] = {
        "namespace": work.namespace.uri,
        "report_hash": work.asked.report_hash,
        "profile": work.asked.profile,
        "created": work.delta.created.model_dump(),
        "counters": work.delta.counters.model_dump(),
        "revisions": {str(kind): sum(each.change_type is kind for each in changes) for kind in ChangeType},
        "breaking": sum(each.breaking for each in changes),
    }
    if work.imported:
        said["imported"] = True
    return said if work.asked.release is None else {**said, "release": work.asked.release}
