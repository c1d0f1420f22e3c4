"""What a command answers is what the library answers."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort
from tests.surfaces.conftest import Say

READING: dict[str, Callable[[Ledger], Any]] = {
    "list": lambda ledger: ledger.list(),
    "list --owner risk-team": lambda ledger: ledger.list(owner="risk-team"),
    "list --platform etl --limit 1": lambda ledger: ledger.list(platform="etl", limit=1),
    "list --as-of 2026-02-01": lambda ledger: [],
    "history fraud": lambda ledger: ledger.history("fraud"),
    "history fraud --asc --event-type retrained": lambda ledger: ledger.history("fraud", event_type="retrained"),
    "trace queue": lambda ledger: ["features", "fraud", "queue"],
    "trace queue --up": lambda ledger: ["features", "fraud"],
    "trace features --down": lambda ledger: ["fraud", "queue"],
    "impact features": lambda ledger: ledger.impact("features"),
    "impact features --depth 1": lambda ledger: ledger.impact("features", depth=1),
    "impact queue --up --limit 1": lambda ledger: ledger.impact("queue", direction="upstream", limit=1),
    "impact features --as-of 2026-02-01": lambda ledger: ledger.impact("features", as_of="2026-02-01"),
    "impact features --known-at 2026-03-05": lambda ledger: ledger.impact("features", known_at="2026-03-05"),
    "path features queue": lambda ledger: ledger.path("features", "queue"),
    "path queue features": lambda ledger: ledger.path("queue", "features"),
}


def dumped(value: Any) -> Any:
    """Return the JSON of a value of the library."""
    if isinstance(value, list):
        return [dumped(each) for each in value]
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


@pytest.mark.parametrize("command", READING)
def test_json_is_the_library_s_value_and_nothing_else_is_on_stdout(command: str, estate: Ledger, say: Say) -> None:
    expected = dumped(READING[command](estate))
    done = say(*command.split(), "--json")
    assert (done.exit_code, json.loads(done.stdout), done.stderr) == (0, expected, "")
    items = expected if isinstance(expected, list) else expected["nodes"] if command.startswith("impact") else [expected]
    assert [json.loads(line) for line in say(*command.split(), "--jsonl").stdout.splitlines()] == items
    assert say(*command.split()).exit_code == 0


def test_a_card_is_what_the_library_answers_side_by_side(estate: Ledger, say: Say) -> None:
    card = json.loads(say("show", "fraud", "--json").stdout)
    assert card["model"] == dumped(estate.get("fraud"))
    assert card["dependencies"] == dumped(list(estate.dependencies("fraud")))
    assert card["events"] == dumped(estate.history("fraud", limit=5))
    said = say("show", "fraud").stdout
    assert all(word in said for word in ("ml/fraud", "risk-team", "etl/features", "customer_features", "retrained", "auc: 0.98"))


def test_a_card_has_the_ports_that_nobody_else_uses_and_metadata_that_can_be_read(ledger: Ledger, say: Say) -> None:
    metadata = {"labels": {"level": "gold", "teams": ["a", "b"]}, "dag": "daily"}
    ledger.add(DataNode("t", platform="etl", inputs=["raw.x"], outputs=[DataPort("out", kind="q")], metadata=metadata))
    card, said = json.loads(say("show", "t", "--json").stdout), say("show", "t").stdout.splitlines()
    assert (card["inputs"], card["outputs"]) == ([{"identifier": "raw.x"}], [{"kind": "q", "identifier": "out"}])
    for row in (
        "inputs raw.x",
        "outputs out (kind=q)",
        "metadata: labels.level gold",
        "metadata: labels.teams a, b",
        "metadata: dag daily",
    ):
        assert row in [" ".join(line.split()) for line in said]


def test_a_history_says_which_ports_came_and_went_and_which_of_the_metadata_changed(ledger: Ledger, say: Say) -> None:
    def seen(day: str, inputs: list[str], outputs: list[str], metadata: dict[str, object]) -> None:
        ledger.add(DataNode("t", platform="etl", inputs=inputs, outputs=outputs, metadata=metadata), source="s", observed_at=day)

    seen("2026-01-01", ["a", "b"], ["t"], {"labels": {"team": "x"}})
    ledger.add(DataNode("t", platform="etl", inputs=["z"]), source="other", observed_at="2026-01-02")
    seen("2026-01-03", ["b", "c", "d"], ["t"], {"labels": {"team": "x", "level": "bronze"}, "owner": "me"})
    seen("2026-01-04", ["b", "c", "d"], [], {"labels": {"level": "bronze"}, "owner": "me"})
    lines = say("history", "t", "--asc", "--event-type", "discovered").stdout.splitlines()[1:]
    whats = [line.partition("connector:")[2].partition(" ")[2].strip() for line in lines]
    assert whats[0] == ""
    assert "labels.level: - > bronze" in whats[2]
    assert "owner: unknown > me" in whats[2]
    assert whats[2].endswith("; inputs added: c, d; inputs removed: a")
    assert whats[3] == "labels.team: x > -; outputs removed: t"
    assert "outputs removed: t" not in say("history", "t", "--limit", "1").stdout


def test_record_takes_json_and_a_date_and_the_same_again_changes_nothing(estate: Ledger, say: Say) -> None:
    command = (
        "record",
        "fraud",
        "validated",
        "--actor",
        "mrm",
        "--payload",
        '{"result": "pass"}',
        "--at",
        "2026-03-03T10:00:00Z",
        "--json",
    )
    first, second = say(*command), say(*command)
    newest = estate.latest("fraud")
    assert newest is not None
    assert {json.loads(done.stdout)["snapshot_hash"] for done in (first, second)} == {newest.snapshot_hash}
    assert json.loads(first.stdout) == json.loads(second.stdout) == newest.model_dump(mode="json")


def test_impact_says_whether_that_is_all_and_whom_to_tell(estate: Ledger, say: Say) -> None:
    whole, cut, before = (say("impact", "features", *more).stdout for more in ((), ("--depth", "1"), ("--as-of", "2026-02-01")))
    assert "2 models downstream of etl/features; this is all" in whole
    assert "Notify: ops-team, risk-team" in whole
    assert "Notify (today's owners): ops-team, risk-team" in say("impact", "features", "--as-of", "2026-03-05").stdout
    assert "not all: cut by --depth, go on from ml/fraud" in cut
    assert "etl/features did not exist at that moment" in before


def test_nobody_is_not_to_be_notified(ledger: Ledger, say: Say) -> None:
    ledger.add([DataNode("a", platform="p", outputs=["t"]), DataNode("b", platform="p", inputs=["t"])])
    assert "Notify" not in say("impact", "a").stdout
    assert json.loads(say("impact", "a", "--json").stdout)["notify"] == ["unknown"]


def test_lines_of_an_impact_that_was_cut_say_so_beside_them(estate: Ledger, say: Say) -> None:
    done = say("impact", "features", "--depth", "1", "--jsonl")
    assert [json.loads(line)["key"] for line in done.stdout.splitlines()] == ["ml/fraud"]
    assert "not all: cut by --depth" in done.stderr


def test_a_model_that_is_gone_is_said_to_be(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    for day, names in (("2026-03-01", ["a", "b"]), ("2026-03-02", ["a"])):
        (tmp_path / "estate.json").write_text(json.dumps([{"name": name, "platform": "etl"} for name in names]), encoding="utf-8")
        assert say("discover", "files", "estate.json", "--observed-at", day).exit_code == 0
    for command in ("impact", "trace"):
        done = say(command, "b", "--json")
        assert (done.exit_code, "etl/b is not found any more since 2026-03-02" in done.stderr) == (0, True)
        assert say(command, "b", "--as-of", "2026-03-01", "--json").stderr == say(command, "a", "--json").stderr == ""


def test_mermaid_draws_what_is_reached_and_its_arrows(estate: Ledger, say: Say) -> None:
    drawn = say("impact", "features", "--mermaid").stdout.splitlines()
    assert drawn == [
        "flowchart LR", '    n0["etl/features"]', '    n1["ml/fraud"]', '    n2["alerting/queue"]', "    n0 --> n1", "    n1 --> n2",
    ]  # fmt: skip


def test_a_table_away_from_a_terminal_cuts_nothing(ledger: Ledger, say: Say) -> None:
    long = "a" * 1000
    ledger.add(DataNode(long, platform="ml"))
    ledger.record(long, event="noted", actor="me", payload={"text": "b" * 20_000})
    assert f"ml/{long}" in say("list").stdout
    assert "b" * 20_000 in say("history", long).stdout


def test_nothing_found_is_said_on_stderr(say: Say) -> None:
    done = say("list")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "nothing found\n")


def test_doctor_finds_a_good_database_well_and_a_missing_index_not(ledger: Ledger, say: Say) -> None:
    well = say("doctor", "--json")
    assert (well.exit_code, all(check["ok"] for check in json.loads(well.stdout))) == (0, True)
    ledger.database.install("DROP CONSTRAINT constraint_unique_DataNode_key")
    try:
        ill = say("doctor", "--json")
        assert (ill.exit_code, [check["name"] for check in json.loads(ill.stdout) if not check["ok"]]) == (1, ["schema"])
        assert "constraint_unique_DataNode_key" in say("doctor").stdout
    finally:
        from graph_ledger.database.statements import statement

        ledger.database.install(statement("schema/data_node_key"))


def test_the_inventory_of_a_date_and_what_is_different_since(estate: Ledger, say: Say) -> None:
    estate.update("fraud", tier="low", actor="model-risk", timestamp="2026-04-01")
    then = json.loads(say("inventory", "2026-03-31", "--platform", "ML", "--json").stdout)
    assert [(model["key"], model["tier"]) for model in then] == [("ml/fraud", "high")]
    said = say("inventory", "2026-04-30", "--since", "2026-03-31").stdout
    assert "appeared: 0" in said
    assert re.search(r"ml/fraud +tier +high +low +model-risk +2026-04-01 23:59:59Z", said)


def test_the_changelog_goes_on_where_the_page_before_ended(estate: Ledger, say: Say) -> None:
    first = json.loads(say("changelog", "--limit", "3", "--json").stdout)
    rest = json.loads(say("changelog", "--cursor", first["next_cursor"], "--json").stdout)
    assert (len(first["events"]), first["total"], rest["next_cursor"]) == (3, 7, None)
    assert first["events"] + rest["events"] == json.loads(say("changelog", "--json").stdout)["events"]
    shown = say("changelog", "--event-type", "retrained").stdout
    assert re.search(r"2026-03-02 09:00:00Z +ml/fraud +retrained +ml-pipeline", shown)
    assert "1 of 1 event" in shown
    assert "more with --cursor" in say("changelog", "--limit", "1").stdout


def test_who_is_silent_is_told_with_the_sources_that_were_not_read(ledger: Ledger, say: Say) -> None:
    for name, source, day in (("a", "s", "2026-01-01"), ("b", "s", "2026-11-01"), ("c", "t", "2026-01-01")):
        ledger.add(DataNode(name, platform="p", metadata={"owner": "me"}), source=source, observed_at=day)
    days = (datetime.now(timezone.utc) - datetime(2026, 10, 1, tzinfo=timezone.utc)).days
    said = say("silent", "--days", str(days))
    assert said.exit_code == 0
    assert [" ".join(line.split()) for line in said.stdout.splitlines()][1].startswith("p p/a me 2026-01-01")
    assert "1 model; not read: 1 source" in said.stdout
    found = json.loads(say("silent", "--days", str(days), "--json").stdout)
    assert [(row["key"], row["sources"]) for row in found["models"]] == [("p/a", ["s"])]
    assert [(row["source"], row["models"]) for row in found["unread"]] == [("t", 1)]
    assert say("silent", "--days", "0").exit_code == 2
