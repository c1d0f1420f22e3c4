"""Every reading command that asks one verb answers what the verb answers, in every form."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import Say

READING: dict[str, Callable[[Ledger], Any]] = {
    "dependencies fraud": lambda ledger: ledger.dependencies("fraud"),
    "dependencies fraud --up": lambda ledger: ledger.dependencies("fraud", "upstream"),
    "dependencies fraud --down --as-of 2026-02-01": lambda ledger: ledger.dependencies("fraud", "downstream", as_of="2026-02-01"),
    "overview": lambda ledger: ledger.overview(),
    "investigate fraud": lambda ledger: ledger.investigate("fraud"),
    "investigate fraud --full": lambda ledger: ledger.investigate("fraud", detail="full"),
    "query --tier high": lambda ledger: ledger.query(tier="high"),
    "changelog": lambda ledger: ledger.changelog(),
    "silent --days 1": lambda ledger: ledger.silent(1),
    "runs": lambda ledger: ledger.runs(),
    "coverage": lambda ledger: ledger.coverage(),
    "verify fraud": lambda ledger: ledger.verify("fraud"),
    "inventory 2026-03-02": lambda ledger: ledger.inventory_at("2026-03-02"),
    "inventory 2026-03-02 --since 2026-02-01": lambda ledger: ledger.inventory_diff("2026-02-01", "2026-03-02"),
    "composite summary": lambda ledger: ledger.composite_summary(),
    "composite members cards": lambda ledger: ledger.members("cards"),
    "composite groups fraud": lambda ledger: ledger.groups("fraud"),
    "composite observations": lambda ledger: ledger.open_observations(),
    "tags list fraud": lambda ledger: ledger.list_tags("fraud"),
}


def dumped(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [dumped(each) for each in value]
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


@pytest.fixture
def grouped(estate: Ledger) -> Ledger:
    """The estate with a group, a finding and a tag."""
    who: dict[str, Any] = {"owner": "risk-team", "model_type": "composite", "tier": "high", "purpose": "Cards"}
    estate.register_group(name="cards", **who, members=["fraud"], actor="mrm")
    estate.record_observation("cards", observation_id="o", observation="x", status="open", actor="mrm")
    estate.tag("fraud", "production")
    return estate


def test_a_command_answers_what_its_verb_answers(grouped: Ledger, say: Say) -> None:
    told = {command: say(*command.split(), "--format", "json") for command in READING}
    assert {command: done.exit_code for command, done in told.items()} == dict.fromkeys(READING, 0)
    moving = {"since", "days_since_last_event"}  # of now
    for command, verb in READING.items():
        answer, expected = json.loads(told[command].stdout), dumped(verb(grouped))
        if isinstance(answer, dict):
            answer, expected = ({name: value for name, value in each.items() if name not in moving} for each in (answer, expected))
        assert answer == expected, command


def test_every_form_says_the_same(grouped: Ledger, say: Say) -> None:
    lines = [json.loads(line) for line in say("impact", "features", "--format", "jsonl").stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(say("impact", "features", "--format", "csv").stdout)))
    assert [row["key"] for row in rows] == [line["key"] for line in lines] == ["ml/fraud", "alerting/queue"]
    picture = say("impact", "features", "--format", "mermaid").stdout
    assert picture == say("impact", "features", "--mermaid").stdout
    assert "ml/fraud" in picture
    assert say("impact", "features", "--json").stdout == say("impact", "features", "--format", "json", "--json").stdout
    assert next(csv.reader(io.StringIO(say("trace", "queue", "--format", "csv").stdout))) == ["value"]


def test_what_is_no_picture_or_two_forms_is_refused(grouped: Ledger, say: Say) -> None:
    assert say("list", "--format", "mermaid").exit_code == 2
    assert say("list", "--format", "csv", "--json").exit_code == 2
    assert say("list", "--json", "--jsonl").exit_code == 2


def test_what_a_model_is_and_depends_on_is_told_from_the_command_line(ledger: Ledger, say: Say) -> None:
    what = ("--owner", "o", "--type", "ml_model", "--tier", "low", "--purpose", "p")
    for name in ("a", "b"):
        assert say("register", name, *what, "--actor", "me").exit_code == 0
    assert say("update", "a", "--tier", "high", "--reason", "review", "--actor", "me").exit_code == 0
    assert (ledger.get("a").tier, ledger.get("a").owner) == ("high", "o")
    assert say("link", "a", "b", "--relationship", "informs", "--actor", "me").exit_code == 0
    assert ledger.downstream("a") == ["b"]
    assert say("unlink", "a", "b", "--actor", "me").exit_code == 0
    assert ledger.downstream("a") == []
    assert json.loads(say("connect", "--json").stdout) == {"links_created": 0, "links_skipped": 0}
    assert say("update", "nope", "--tier", "high", "--actor", "me").exit_code == 2
