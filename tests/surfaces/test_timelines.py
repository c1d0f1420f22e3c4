"""Timelines on the command line: drawn as wide as the terminal, in one colour when piped, and the library's value as JSON."""

import json
import re

import pytest
from rich.cells import cell_len

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import Say

LONG = "a name that is so long that it has to be broken somewhere, and yet is there to its very end"


@pytest.fixture
def group(ledger: Ledger) -> Ledger:
    """Features and fraud are in a group since January, fraud until April, with another role since February."""
    for name in ("features", "fraud", LONG):
        ledger.register(name=name, platform="ml", owner="o", model_type="t", tier="low", purpose="", timestamp="2026-01-01")
    ledger.register(name="cards", owner="o", model_type="t", tier="low", purpose="", timestamp="2026-01-01", actor="<script>\x1b[31m")
    for name, role, day in (("features", None, "2026-01-10"), ("fraud", "x", "2026-01-10"), ("fraud", "y", "2026-02-15")):
        ledger.add_member("cards", name, role=role, actor="me", timestamp=f"{day}T00:00:00Z")
    ledger.remove_member("cards", "fraud", reason="retired", actor="me", timestamp="2026-04-01T00:00:00Z")
    ledger.add_member("cards", LONG, actor="me", timestamp="2026-05-01T00:00:00Z")
    return ledger


@pytest.fixture(params=["40", "80", "160"])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", request.param)
    return int(request.param)


def test_a_history_is_drawn_in_the_width_of_the_terminal(group: Ledger, say: Say, width: int) -> None:
    done = say("history", "cards", "--timeline")
    lines = done.stdout.splitlines()
    assert (done.exit_code, done.stderr, max(map(cell_len, lines)) <= width) == (0, "", True)
    events = [line for line in lines if re.match(r"\d{4}-\d\d-\d\d \d\d:", line)]
    assert [line[:22].strip() for line in events] == [
        "2026-05-01 00:00:00Z", "2026-04-01 00:00:00Z", "2026-02-15 00:00:00Z", "2026-01-10 00:00:00Z", "2026-01-10 00:00:00Z",
        "2026-01-01 23:59:59Z",
    ]  # fmt: skip
    whole = "".join(line[24:].replace(" ", "") for line in lines)
    assert LONG.replace(" ", "") in whole
    assert "registeredby<script>\\x1b[31m" in whole
    assert "\x1b" not in done.stdout


def test_a_membership_is_drawn_in_the_width_of_the_terminal(group: Ledger, say: Say, width: int) -> None:
    done = say("composite", "timeline", "cards", "--as-of", "2026-05-20")
    lines = done.stdout.splitlines()
    assert (done.exit_code, max(map(cell_len, lines)) <= width, "\x1b" in done.stdout) == (0, True, False)
    assert " ".join(lines).startswith("/cards: 3 members, 2 of them in it on")
    bars = [line.count("━") for line in lines if "━" in line]
    days = [131, 36, 45, 20]
    assert [count / bars[0] for count in bars] == pytest.approx([each / days[0] for each in days], abs=2 / bars[0])
    assert "2026-02-15 to 2026-04-01" in done.stdout


def test_json_of_a_timeline_is_the_library_s_value(group: Ledger, say: Say) -> None:
    history = [each.model_dump(mode="json") for each in group.history("cards", limit=2)]
    assert json.loads(say("history", "cards", "--timeline", "--limit", "2", "--json").stdout) == history
    stays = [each.model_dump(mode="json") for each in group.membership_history("cards")]
    assert json.loads(say("composite", "timeline", "cards", "--json").stdout) == stays
    assert [json.loads(line) for line in say("composite", "timeline", "cards", "--jsonl").stdout.splitlines()] == stays
    assert say("composite", "timeline", "fraud").stderr == "nothing found\n"


def test_a_terminal_without_such_letters_gets_plain_ones(group: Ledger, environment: dict[str, str]) -> None:
    import os
    import subprocess
    import sys
    from pathlib import Path

    paths = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    command = [sys.executable, "-m", "graph_ledger.surfaces.cli", "composite", "timeline", "cards"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment, **paths})
    assert "=====" in done.stdout
    assert "\\u" not in done.stdout
