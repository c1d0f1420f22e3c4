"""The page for those who run a ledger names every index, and no other; its figures are those of the page of measurements."""

import re

import pytest

from graph_ledger.database.doctor import declared
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")


def test_every_index_and_constraint_is_told_and_no_other() -> None:
    assert set(re.findall(r"`((?:constraint_unique|index|fulltext)_\w+)`", PAGE)) == declared()


@pytest.mark.parametrize("work", [("first load", "load"), ("impact of nearly all of it", "impact")], ids=str)
def test_a_time_is_the_one_that_was_measured(work: tuple[str, str]) -> None:
    told, row = work
    found = re.findall(rf"^\| {told} \| ([\d,]+) \| ([\d.]+) s \|$", PAGE, re.MULTILINE)
    assert found
    for size, seconds in found:
        (measured,) = re.findall(rf"^\| {size} \| `{row}` \|[^|]*\| ([\d.]+) s ", MEASURED, re.MULTILINE)
        assert float(measured) == pytest.approx(float(seconds), rel=0.05)
