"""Groups, findings and validations on the command line: each command is one call of the library."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import Say
from tests.surfaces.test_answers import dumped
from tests.surfaces.test_completion import offered

REGISTER = "composite register cards --owner o --model-type composite --tier high --purpose p --actor me --timestamp 2026-03-02"
STORY = (
    f'{REGISTER} --member fraud --member queue --metadata {{"desk":1}}',
    "composite add cards features --role source --actor me --timestamp 2026-03-04",
    "composite remove cards queue --reason moved --actor me --timestamp 2026-03-05",
    "composite validate cards pass --actor mrm --timestamp 2026-03-06",
    "composite observe cards F-1 untested --severity high --actor mrm --timestamp 2026-03-07",
    "composite observe fraud F-2 drifts --actor mrm --timestamp 2026-03-08",
    "composite resolve fraud F-2 retrained --actor mrm --timestamp 2026-03-09",
)
READING: dict[str, Callable[[Ledger], Any]] = {
    "composite members cards": lambda ledger: ledger.members("cards"),
    "composite members cards --deep --as-of 2026-03-03": lambda ledger: ledger.membership_at("cards", "2026-03-03", deep=True),
    "composite diff cards 2026-03-03 2026-03-06": lambda ledger: ledger.membership_diff("cards", "2026-03-03", "2026-03-06"),
    "composite groups fraud": lambda ledger: ledger.groups("fraud"),
    "composite summary": lambda ledger: ledger.composite_summary(),
    "composite summary cards": lambda ledger: ledger.composite_summary("cards"),
    "composite summary --type composite --as-of 2026-03-05": lambda ledger: ledger.composite_summary(["composite"], as_of="2026-03-05"),
    "composite observations": lambda ledger: ledger.open_observations(),
    "composite observations fraud --as-of 2026-03-08": lambda ledger: ledger.open_observations("fraud", as_of="2026-03-08"),
    "query --tier high --changed-since 2026-03-01 --not-validated": lambda ledger: ledger.query(
        tier="high", changed_since="2026-03-01", validated=False
    ),
    "query fraud --limit 1": lambda ledger: ledger.query("fraud", limit=1),
}
WRONG = {
    "composite add features nobody --actor me": "no model 'nobody'",
    "composite add features frau --actor me": "did you mean ml/fraud?",
    "composite add cards fraud": "--actor",
    "composite register cards --owner o": "--model-type",
    f"{REGISTER} --member nobody": "no model 'nobody'",
    f"{REGISTER} --metadata [1]": "a JSON object",
    "composite remove cards features --actor me --timestamp tomorrow": "'tomorrow' is no date; write 2026-06-30 or 2026-06-30T12:00:00Z",
    "composite members frau": "did you mean ml/fraud?",
    "composite diff fraud 2026-13-01 2026-01-01": "2026-06-30",
    "composite resolve fraud F-9 done --actor me": "no observation 'F-9'",
    "composite summary fraud --type x": "either a GROUP or --type",
    "query --changed-since yesterday": "'yesterday' is no date",
    "query --limit 0": "--limit",
}


@pytest.fixture
def told(estate: Ledger, say: Say) -> Ledger:
    for line in STORY:
        assert say(*line.split()).exit_code == 0, line
    return estate


@pytest.mark.parametrize("command", READING)
def test_json_is_the_library_s_value(command: str, told: Ledger, say: Say) -> None:
    expected = dumped(READING[command](told))
    assert json.loads(say(*command.split(), "--json").stdout) == expected
    items = expected if isinstance(expected, list) else expected["models"] if command.startswith("query") else [expected]
    assert [json.loads(line) for line in say(*command.split(), "--jsonl").stdout.splitlines()] == items
    assert say(*command.split()).exit_code == 0


def test_what_was_said_is_in_the_ledger_and_is_shown(told: Ledger, say: Say) -> None:
    assert [(each.name, each.role) for each in told.members("cards")] == [("features", "source"), ("fraud", None)]
    assert told.get("cards").metadata == {"desk": 1}
    (row,) = told.composite_summary()
    assert (row.last_result, row.open_observation_count, row.member_count) == ("pass", 1, 2)
    lines = [" ".join(line.split()) for line in say("composite", "summary").stdout.splitlines()]
    assert lines == [
        "model type owner members tier status validated result open",
        "/cards composite o 2 high active 2026-03-06 pass 1",
    ]
    assert "ml/fraud high active 0" in " ".join(say("composite", "summary", "cards").stdout.split())
    assert "left: 1" in say("composite", "diff", "cards", "2026-03-03", "2026-03-06").stdout
    assert "moved" in say("composite", "diff", "cards", "2026-03-03", "2026-03-06").stdout
    assert "/cards F-1 open high 2026-03-07 23:59:59Z mrm untested" in " ".join(say("composite", "observations").stdout.split())


def test_the_same_again_changes_nothing(told: Ledger, say: Say) -> None:
    before = told.history("cards")
    for line in STORY[1:]:
        assert say(*line.split()).exit_code == 0
    assert told.history("cards") == before


def test_the_examiner_s_question(told: Ledger, say: Say) -> None:
    shown = say("query", "--tier", "high", "--changed-since", "2026-03-01", "--not-validated").stdout
    assert "ml/fraud risk-team high active 2026-03-02 09:00:00Z" in " ".join(shown.split())
    assert shown.endswith("1 of 1 model\n")
    page = say("query", "--limit", "1", "--jsonl")
    assert "not all: 4 in all, more with --offset 1" in page.stderr
    assert "1 of 4 models; more with --offset 1" in say("query", "--limit", "1").stdout


@pytest.mark.parametrize("command", WRONG)
def test_wrong_usage_is_2_and_says_what_to_do(command: str, estate: Ledger, say: Say) -> None:
    done = say(*command.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert WRONG[command] in done.stderr
    assert "Traceback" not in done.stderr


def test_names_are_completed(told: Ledger, say: Say) -> None:
    assert offered("composite", "members", begun="ca") == ["cards"]
    assert offered("composite", "add", "cards", begun="fe") == ["features"]
    assert offered("composite", "register", "x", "--member", begun="fr") == ["fraud"]
    assert offered("composite", "observations", begun="fr") == ["fraud"]
    assert offered("tags", "list", begun="fr") == ["fraud"]
