"""Choose: which language a model is written in, by the names of its files."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

from graph_ledger.contracts.adapters.graphql import graphql_snapshot
from graph_ledger.contracts.adapters.vspec import vspec_snapshot
from graph_ledger.errors import ReportError

Adapter = Callable[[list[Path]], dict[str, Any]]
VSPEC, GRAPHQL = frozenset({".vspec"}), frozenset({".graphql", ".graphqls", ".gql"})
ADAPTERS: dict[frozenset[str], Adapter] = {VSPEC: vspec_snapshot, GRAPHQL: graphql_snapshot}


def read_model(source: str | PathLike[str]) -> dict[str, Any] | None:
    """Return the snapshot that a file or a folder of vspec or GraphQL SDL holds; None where the file is of neither.

    Raises:
        ReportError: It is not valid, or a folder holds neither language, or both.
        ModuleNotFoundError: What reads the language is not installed.
    """
    path = Path(source)
    if path.is_dir():
        files = sorted(each for each in path.rglob("*") if each.is_file() and not _hidden(each.relative_to(path)))
        found = {suffixes: chosen for suffixes in ADAPTERS if (chosen := [each for each in files if each.suffix.lower() in suffixes])}
        if len(found) != 1:
            raise ReportError(
                f"a folder of a model has files of vspec, or of GraphQL SDL: this one has {'both' if found else 'neither'}", file=path
            )
        return next(ADAPTERS[suffixes](chosen) for suffixes, chosen in found.items())
    return next((adapter([path]) for suffixes, adapter in ADAPTERS.items() if path.suffix.lower() in suffixes), None)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
