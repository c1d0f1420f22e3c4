"""Running a notebook from top to bottom, in a process of its own that opens the test database for every server it asks for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks"
LARGEST = 100_000
"""Most characters of an output that is kept: a page of neo4j-viz has all of its program in it."""
PATIENCE = 300
"""Seconds that a cell may take."""
OPENED = '''"""The test database, emptied, in place of a server of its own."""
import graph_ledger


def temporary(cls):
    from tests.graph import empty

    ledger = cls({uri!r}, auth={auth!r})
    empty(ledger)
    return ledger


graph_ledger.Ledger.temporary = classmethod(temporary)
del graph_ledger, temporary
'''


def run(path: Path, uri: str, auth: tuple[str, str], home: Path) -> nbformat.NotebookNode:
    """Return a notebook as it is after a run; ``home`` is its working folder, and holds its settings.

    Raises:
        CellExecutionError: A cell failed.
    """
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "opened.py").write_text(OPENED.format(uri=uri, auth=auth), encoding="utf-8")
    work = home / "work"
    work.mkdir()
    notebook = read(path)
    with _environment(IPYTHONDIR=str(home / "ipython"), PYTHONPATH=str(ROOT), COLUMNS="80", JUPYTER_PLATFORM_DIRS="1"):
        NotebookClient(
            notebook, timeout=PATIENCE, record_timing=False, coalesce_streams=True, resources={"metadata": {"path": str(work)}}
        ).execute()
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            _small(output)
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return notebook


def read(path: Path) -> nbformat.NotebookNode:
    """Return a notebook as it is kept."""
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def write(path: Path, notebook: nbformat.NotebookNode) -> None:
    """Keep a notebook."""
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def texts(notebook: nbformat.NotebookNode) -> Iterator[tuple[str, list[Any]]]:
    """Yield the source of each cell with what it showed."""
    for cell in notebook.cells:
        shown = [output.get("text") or output.get("data") or output for output in cell.get("outputs", ())]
        yield cell.source, shown


def _small(output: Any) -> None:
    output.pop("metadata", None)
    if "data" in output:
        output["metadata"] = {}
        output["data"] = {kind: text for kind, text in output["data"].items() if len(str(text)) <= LARGEST}


@contextmanager
def _environment(**wanted: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
