"""Tables of groups, findings, tags and queries, joined to those of everything else."""

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from graph_ledger.surfaces.cli import card_tables, contract_tables, discovery_tables, gate_tables, timelines  # theirs join the tables, too
from graph_ledger.surfaces.cli.registry import tables as registry_tables
from graph_ledger.surfaces.cli.tables import COLUMNS, Columns, table, tables
from graph_ledger.values.composite import Assessment, CompositeSummary, Member, MembershipChange, MembershipDiff, OpenObservation
from graph_ledger.values.printable import cell, printable
from graph_ledger.values.query import ModelPage, ModelSummary
from graph_ledger.values.silence import Silence, SilentModel, UnreadSource
from graph_ledger.values.snapshot import Tag, TagMove

__all__ = ["card_tables", "contract_tables", "discovery_tables", "gate_tables", "registry_tables", "tables", "timelines"]

ASSESSED: Columns = {
    "tier": lambda row: row.tier,
    "status": lambda row: row.status,
    "validated": lambda row: row.last_validated and row.last_validated.date(),
    "result": lambda row: row.last_result,
    "open": lambda row: row.open_observation_count,
}
COLUMNS |= {
    Member: {
        "model": lambda member: member.key,
        "role": lambda member: member.role,
        "since": lambda member: member.since,
        "owner": lambda member: member.owner,
        "tier": lambda member: member.tier,
        "status": lambda member: member.status if member.present else f"{member.status}, not found",
    },
    MembershipChange: {
        "model": lambda change: change.model,
        "role": lambda change: change.role,
        "at": lambda change: change.at,
        "by": lambda change: change.actor,
        "reason": lambda change: change.reason,
    },
    OpenObservation: {
        "model": lambda found: found.composite,
        "id": lambda found: found.observation_id,
        "status": lambda found: found.status,
        "severity": lambda found: found.severity,
        "issued": lambda found: found.issued_at,
        "by": lambda found: found.actor,
        "observation": lambda found: found.observation,
    },
    Assessment: {"model": lambda row: row.key, **ASSESSED},
    CompositeSummary: {
        "model": lambda row: row.key,
        "type": lambda row: row.model_type,
        "owner": lambda row: row.owner,
        "members": lambda row: row.member_count,
        **ASSESSED,
    },
    ModelSummary: {
        "model": lambda row: row.key,
        "owner": lambda row: row.owner,
        "tier": lambda row: row.tier,
        "status": lambda row: row.status,
        "changed": lambda row: row.last_changed,
        "validated": lambda row: row.last_validated,
    },
    SilentModel: {
        "platform": lambda model: model.platform,
        "model": lambda model: model.key,
        "owner": lambda model: model.owner,
        "last seen": lambda model: model.last_seen,
        "sources": lambda model: model.sources,
    },
    UnreadSource: {
        "source": lambda source: source.source,
        "last read": lambda source: source.last_read or "never to its end",
        "models": lambda source: source.models,
    },
    Tag: {
        "tag": lambda tag: tag.name,
        "since": lambda tag: tag.updated_at,
        "snapshot": lambda tag: tag.snapshot_hash,
    },
    TagMove: {
        "at": lambda move: move.at,
        "by": lambda move: move.actor,
        "from": lambda move: move.previous_hash,
        "to": lambda move: move.snapshot_hash or "deleted",
    },
}


@tables.register
def _(one: Tag) -> Iterator[RenderableType]:
    yield table([[name.replace("_", " "), value] for name, value in one], "field", "value")


@tables.register
def _(diff: MembershipDiff) -> Iterator[RenderableType]:
    for title, found in (("joined", diff.joined), ("left", diff.left)):
        yield Text(f"{title}: {len(found)}")
        if found:
            yield from tables(found)
            yield Text()


@tables.register
def _(summary: CompositeSummary) -> Iterator[RenderableType]:
    shown = [[name.replace("_", " "), value] for name, value in summary if name not in {"metadata", "members"}]
    yield table([*shown, *_metadata(summary)], "field", "value")
    if summary.members:
        yield Text()
        yield from tables(summary.members)


@tables.register
def _(silence: Silence) -> Iterator[RenderableType]:
    for found in (silence.models, silence.unread):
        if found:
            yield from tables(found)
            yield Text()
    yield Text(
        f"not seen since {cell(silence.since)}: {len(silence)} model{'' if len(silence) == 1 else 's'}; "
        f"not read: {len(silence.unread)} source{'' if len(silence.unread) == 1 else 's'}"
    )


@tables.register
def _(page: ModelPage) -> Iterator[RenderableType]:
    for word, near in page.read_as.items():
        yield Text(f"no model has {printable(word)!r}; read as {', '.join(map(printable, near))}")
    if page.models:
        yield from tables(page.models)
        yield Text()
    more = f"; more with --offset {page.offset + len(page.models)}" if page.has_more else ""
    yield Text(f"{len(page.models)} of {page.total} model{'' if page.total == 1 else 's'}{more}")


def _metadata(summary: CompositeSummary) -> list[list[Any]]:
    return [[printable(f"metadata: {name}"), cell(value)] for name, value in summary.metadata.items()]
