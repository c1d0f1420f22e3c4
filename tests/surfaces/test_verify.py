"""``graph-ledger verify``: well in a line, otherwise a table and exit code 1."""

import json

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import Say


def edit(ledger: Ledger) -> None:
    """Do what a person with a password can do in Neo4j Browser."""
    with ledger.database.driver.session(database="neo4j") as session:
        session.run("MATCH (event:Snapshot {event_type: 'retrained'}) SET event.actor = 'nobody'").consume()


def test_a_history_as_it_was_recorded_is_said_to_be_in_a_line(estate: Ledger, say: Say) -> None:
    whole, one = say("verify"), say("verify", "fraud")
    assert (whole.exit_code, whole.stdout) == (0, "7 events of 3 models: each is as it was recorded\n")
    assert (one.exit_code, one.stdout) == (0, "3 events of 1 model: each is as it was recorded\n")
    assert json.loads(say("verify", "--json").stdout) == estate.verify().model_dump(mode="json")
    assert say("verify", "--jsonl").stdout == ""


def test_a_finding_is_a_row_and_ends_with_1(estate: Ledger, say: Say) -> None:
    edit(estate)
    done = say("verify")
    assert done.exit_code == 1
    assert done.stdout.split()[:5] == ["model", "event", "kind", "field", "detail"]
    assert done.stdout.splitlines()[1].split()[:4] == ["ml/fraud", "3", "edited", "content"]
    assert done.stdout.endswith("7 events of 3 models: 1 finding\n")
    found = estate.verify().model_dump(mode="json")
    for form, expected in (("--json", [found]), ("--jsonl", found["findings"])):
        done = say("verify", "fraud", form)
        text = done.stdout if form == "--jsonl" else json.dumps(json.loads(done.stdout) | {"checked": 7, "models": 3})
        assert (done.exit_code, [json.loads(line) for line in text.splitlines()]) == (1, expected)
    assert say("verify", "queue").exit_code == 0
    assert say("verify", "nothing-like-it").exit_code == 2


def test_what_drifted_beside_the_events_is_found_when_asked_for(estate: Ledger, say: Say) -> None:
    with estate.database.driver.session(database="neo4j") as session:
        session.run("MATCH (model:ModelRef {key: 'ml/fraud'}) SET model.owner = 'nobody'").consume()
    assert say("verify").exit_code == 0
    done = say("verify", "fraud", "--deep")
    assert (done.exit_code, "drifted" in done.stdout, "owner" in done.stdout) == (1, True, True)
