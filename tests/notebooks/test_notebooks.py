"""The notebooks run from top to bottom, and what is kept in them is what a run gives.

They are run and written anew, from the top folder, by

    make notebooks
"""

import os
import re
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from tests.notebooks.running import FOLDER, ROOT, read, run, texts, write

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
WANTED = os.environ.get("GRAPH_LEDGER_NOTEBOOKS") == "write"
CHANGING = re.compile(r"0x[0-9a-f]{6,}|/tmp/|/home/|/Users/|127\.0\.0\.1|localhost|bolt://|neo4j://")
"""What is different on each machine."""


def test_there_are_seven() -> None:
    assert len(NOTEBOOKS) == 7


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_run_gives_what_is_kept(path: Path, ledger: Ledger, address: tuple[str, tuple[str, str]], tmp_path: Path) -> None:
    kept = read(path)
    made = run(path, *address, tmp_path)
    if WANTED:
        write(path, made)
        return
    assert list(texts(made)) == list(texts(kept))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_kept_is_small_and_the_same_everywhere(path: Path) -> None:
    notebook = read(path)
    assert path.stat().st_size < 200_000
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    assert CHANGING.findall(str([shown for _, shown in texts(notebook)])) == []


def test_each_is_told_of_on_its_page() -> None:
    page = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    assert [path.name for path in NOTEBOOKS if path.name not in page] == []
