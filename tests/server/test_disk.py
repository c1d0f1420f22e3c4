"""What a home takes on the disk is measured by a command, and what the page says of an empty one is so."""

import re

import pytest

from benchmarks.disk import disk
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_disk_is_measured_and_an_empty_home_is_as_small_as_is_said() -> None:
    found = disk(20)
    (told,) = re.findall(r"^\| disk, before anything is in it \| 0 \| (\d+) MB \|$", PAGE, re.MULTILINE)
    assert found["empty_mb"] == pytest.approx(float(told), abs=1)
    assert (found["models"], found["events"] > 20) == (20, True)
    assert found["empty_mb"] < found["full_mb"]
    assert 0 < found["packed_mb"] < found["full_mb"]
