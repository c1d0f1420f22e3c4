"""The rule of skips, on a run of its own."""

import pytest

from tests import skips

pytest_plugins = ["pytester"]
SKIPS = f"""
import pytest

def test_passes(): pass

def test_excused(): pytest.skip({next(iter(skips.EXCUSED))!r})

def test_not_excused(): pytest.skip("no chromium")

@pytest.mark.skipif(True, reason="not here")
def test_marked(): pass
"""


@pytest.mark.parametrize(("ci", "failed"), [("true", 2), ("", 0)])
def test_a_skip_without_an_excuse_fails_in_ci_alone(
    ci: str, failed: int, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    pytester.makepyfile(SKIPS)
    run = pytester.inline_run(plugins=[skips])
    run.assertoutcome(passed=1, failed=failed, skipped=3 - failed)
