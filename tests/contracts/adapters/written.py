"""Models that tests write into files, and what a ledger then holds of them."""

from pathlib import Path
from typing import Any

import pytest

from graph_ledger.contracts import Tables, diff, empty_tables, sync_tables
from graph_ledger.contracts.snapshots import read_snapshot
from graph_ledger.errors import ReportError
from tests.contracts.said import METADATA


def write(folder: Path, **files: str) -> Path:
    """Write files, ``__`` in a name for a slash and ``_`` for the dot; return the first of them."""
    paths = [folder / name.replace("__", "/").replace("_", ".") for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return paths[0]


def released(*models: Any, rules: Any = None) -> Tables:
    """Return the tables after these releases of a model."""
    tables, before = empty_tables(), None
    for model in models:
        done = sync_tables(tables, diff(before, model), metadata=METADATA, rules=rules or {})
        tables, before = done.tables or tables, model
    return tables


def elements_of_ledger(tables: Tables) -> set[tuple[Any, ...]]:
    """Return what lives in a ledger: label, kind, owner, instances."""
    names = {row.concept_uri: row.current_label for row in tables.concepts}
    return {
        (row.current_label, row.kind.value, names.get(row.parent_uri or ""), row.instances or ())
        for row in tables.concepts
        if row.status == "ACTIVE"
    }


def elements_of_model(model: Any) -> set[tuple[Any, ...]]:
    """Return what a snapshot holds, in the same words."""
    found: set[tuple[Any, ...]] = set()
    for label, each in read_snapshot(model).elements.items():
        found.add((label, each.what.value, None, each.instances or ()))
        instances = each.instances or () if each.what == "ENTITY" else ()
        found |= {(child, each.child_kind.value, label, instances) for child in each.children}
    return found


def check_refused(path: Path, said: str) -> None:
    """See that a model is refused, for what is said of it, and that the file is named."""
    with pytest.raises(ReportError, match=said) as refused:
        diff(None, path)
    assert str(refused.value.file) == str(path)
