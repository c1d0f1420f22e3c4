"""The real warehouse history beside the project, or the small sample of our own where it is not there."""

import re
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARCHIVE = ROOT.parent / "shared" / "data" / "warehouse-history.tar.xz"
SAMPLE = ROOT / "tests" / "connectors" / "sample_warehouse"
DATE = re.compile(r"\d{4}-\d\d-\d\d")
REASON = "the real warehouse history is not beside the project"

needs_archive = pytest.mark.skipif(not ARCHIVE.exists(), reason=REASON)


def dates_below(folder: Path) -> list[tuple[str, Path]]:
    """The dated folders, oldest first."""
    return [(path.name, path) for path in sorted(folder.iterdir()) if DATE.fullmatch(path.name)]


def unpacked(folder: Path) -> list[tuple[str, Path]]:
    """The dated folders of the archive, unpacked."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return dates_below(folder)
