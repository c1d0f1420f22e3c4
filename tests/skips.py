"""In CI a test that was skipped is a test that failed, unless it is in this one list."""

import os
from collections.abc import Generator

import pytest

from tests import archive

EXCUSED = {archive.REASON: "it is kept beside the project, not in it; the sample in tests/connectors runs everywhere"}
"""Reasons that may skip a test in CI, each with why it may."""


def in_ci() -> bool:
    """Say whether every test has to run."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure, where its reason is not excused."""
    report = yield
    if report.skipped and in_ci() and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason not in EXCUSED:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped in CI, where it has to run: {reason}\nExcused are only: {', '.join(EXCUSED)}"
    return report
