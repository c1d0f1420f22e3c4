"""What is handed out holds everything that the tree holds, also the rooms that are links in it."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "graph_ledger"


def in_the_tree() -> set[str]:
    """Every file of the package as it is imported from the tree."""
    found = (Path(folder) / name for folder, _, names in os.walk(PACKAGE, followlinks=True) for name in names)
    return {file.relative_to(ROOT).as_posix() for file in found if "__pycache__" not in file.parts}


def built(tree: Path, out: Path, *options: str) -> set[str]:
    """Build what is handed out, and return the package's files in the wheel."""
    command = [sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", str(out), str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        return {name for name in wheel.namelist() if name.startswith("graph_ledger/")}


@pytest.mark.slow
def test_the_wheel_made_of_the_source_distribution_is_the_whole_package(tmp_path: Path) -> None:
    assert built(ROOT, tmp_path) == in_the_tree()
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as source:
        tops = {name.split("/")[1] for name in source.getnames() if "/" in name}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "cypher", "connectors", "graph_ledger", "docs", "tests"} <= tops
