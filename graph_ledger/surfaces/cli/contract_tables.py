"""Tables of syncs, joined to those of everything else."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from graph_ledger.surfaces.cli import concept_tables
from graph_ledger.surfaces.cli.tables import COLUMNS, table, tables
from graph_ledger.values.contracts.change import Change, Counts, SyncResult
from graph_ledger.values.printable import printable

__all__ = ["concept_tables"]  # theirs join the tables, too


def _what(change: Change) -> str:
    """Say what changed, in short; of something new that is everything, so nothing is said."""
    if change.change_type.value != "MODIFIED":
        return ""
    renamed = [f"name (was {change.renamed_from})"] if change.renamed_from else []
    return ", ".join([*renamed, *(f"{key} {each['op']}" for key, each in change.changed.items())])


def _written(done: SyncResult) -> str:
    if done.replayed:
        return "this report was synced before: nothing to do"
    counted = ", ".join(f"{number} {name if number != 1 else name.removesuffix('s')}" for name, number in done.created)
    is_bare = done.set_up and not any(number for _, number in done.created)
    what = "a new ledger without rows" if is_bare else counted if done.changed else "nothing new"
    return f"{'would write' if done.dry_run else 'wrote'} {what}"


COLUMNS |= {
    Change: {
        "change": lambda change: change.change_type.value,
        "kind": lambda change: change.kind.value,
        "label": lambda change: change.label,
        "what": _what,
        "breaking": lambda change: "yes" if change.breaking else "no",
        "revision": lambda change: change.revision_uri,
        "contract": lambda change: change.contract_uri,
    }
}


@tables.register
def _(counts: Counts) -> Iterator[RenderableType]:
    yield table(list(counts), "table", "rows")


@tables.register
def _(done: SyncResult) -> Iterator[RenderableType]:
    if done.changes:
        yield from tables(done.changes)
        yield Text()
    yield Text(_written(done))
    if done.impact is not None and done.impact.consumers:
        yield Text()
        yield from tables(done.impact.consumers)
        if done.impact.owners:
            yield Text()
            yield Text(f"Notify: {', '.join(map(printable, done.impact.owners))}")
