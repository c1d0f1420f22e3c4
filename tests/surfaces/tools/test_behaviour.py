"""What agents and services rely on, tool by tool."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.errors import ModelNotFoundError, NotAllowedError, OverBudgetError, ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.tools.caller import HERE, Allowed, Caller
from graph_ledger.surfaces.tools.catalogue import TOOLS
from graph_ledger.values.node import DataNode
from tests.bank import everything

NOW = datetime.now(timezone.utc)
NEEDS_MORE = {"apply", "prove", "check_proof", "check_consistency"}
"""Tools whose question is made of another one's answer."""
CHAIN = [
    DataNode("a", platform="p", outputs=["t1"]),
    DataNode("b", platform="p", inputs=["t1"], outputs=["t2"]),
    DataNode("c", platform="p", inputs=["t2"], outputs=["t3"]),
    DataNode("d", platform="p", inputs=["t3"]),
]


def ask(ledger: Ledger, name: str, caller: Caller = HERE, /, **given: Any) -> Any:
    return TOOLS[name].call(ledger, TOOLS[name].read(given), caller)


def test_every_example_is_answered_by_the_demo_estate(bank: Ledger) -> None:
    answered = {name: tool.call(bank, tool.read(tool.example), HERE) for name, tool in TOOLS.items() if name not in NEEDS_MORE}
    assert {name for name, answer in answered.items() if not isinstance(answer, TOOLS[name].answers)} == set()
    assert [node.name for node in answered["trace"].downstream][:3] == ["churn_predictor", "credit_risk", "fraud_scoring"]
    assert answered["impact"].complete
    assert answered["overview"].total_models > 60


def test_what_needs_another_answer_is_answered_with_it(bank: Ledger) -> None:
    ask(bank, "seal")
    event = ask(bank, "latest", model="fraud_scoring").event.snapshot_hash
    proof = ask(bank, "prove", snapshot=event)
    assert ask(bank, "check_proof", proof=proof.model_dump(mode="json"), checkpoint=proof.checkpoint).status == "ok"
    ask(bank, "record", model_name="fraud_scoring", event="reviewed")
    later = ask(bank, "seal")
    consistency = ask(bank, "prove_consistency", checkpoint=proof.checkpoint).model_dump(mode="json")
    checked = ask(bank, "check_consistency", consistency=consistency, checkpoint=proof.checkpoint, new_checkpoint=later.checkpoint)
    assert checked.status == "ok"
    plan = ask(bank, "plan", source="office", models=[{"name": "sheet", "platform": "office"}])
    assert ask(bank, "apply", plan=plan.model_dump(mode="json")).added == 1


def test_registering_twice_is_one_registration(ledger: Ledger) -> None:
    given = {"model_name": "fraud", "event": "registered", "owner": "risk", "tier": "high"}
    first, second = ask(ledger, "record", **given), ask(ledger, "record", **given)
    assert (first.is_new_model, second.is_new_model, second.event_id) == (True, False, first.event_id)
    assert ledger.get("fraud").tier == "high"
    changed = ask(ledger, "record", model_name="fraud", event="registered", owner="fraud-team")
    assert (changed.snapshot.event_type, changed.model.owner, changed.model.tier) == ("updated", "fraud-team", "high")


@pytest.mark.parametrize("name", ["", "   ", "\t"])
def test_a_blank_name_is_refused(ledger: Ledger, name: str) -> None:
    with pytest.raises(ValidationError, match="model_name"):
        ask(ledger, "record", model_name=name, event="registered")


def test_an_event_needs_a_model_that_is_there(ledger: Ledger) -> None:
    with pytest.raises(ModelNotFoundError):
        ask(ledger, "record", model_name="nope", event="retrained")


def test_query_pages_with_true_totals(ledger: Ledger) -> None:
    ledger.add(CHAIN)
    pages = [ask(ledger, "query", limit=2, offset=offset) for offset in (0, 2, 100)]
    assert [(page.total, page.has_more, [model.name for model in page.models]) for page in pages] == [
        (4, True, ["a", "b"]),
        (4, False, ["c", "d"]),
        (4, False, []),
    ]


@pytest.mark.parametrize("bounds", [{"limit": 0}, {"limit": -1}, {"offset": -1}, {"limit": 1_001}])
def test_a_page_has_bounds(ledger: Ledger, bounds: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match=r"limit|offset"):
        ask(ledger, "query", **bounds)


def test_trace_says_how_far_and_in_which_way(ledger: Ledger) -> None:
    ledger.add(CHAIN)
    found = ask(ledger, "trace", name="c", depth=1)
    assert [(node.name, node.depth, node.relationship) for node in found.upstream] == [("b", 1, "depends_on")]
    assert [(node.name, node.depth, node.relationship) for node in found.downstream] == [("d", 1, "feeds_into")]
    assert {node.relationship for node in found.nodes} == {"depends_on"}
    assert (found.total_nodes, found.complete, found.reason) == (3, False, "depth")
    assert ask(ledger, "trace", name="d", direction="downstream").downstream == ()


def test_trace_before_there_was_anything_finds_nothing_and_says_so(ledger: Ledger) -> None:
    ledger.add(CHAIN, observed_at="2026-01-01")
    found = ask(ledger, "trace", name="c", as_of="2025-01-01")
    assert (found.total_nodes, found.reason, found.complete) == (0, "not_yet", True)


def test_what_is_reached_both_ways_stands_once(ledger: Ledger) -> None:
    ledger.add([DataNode("a", inputs=["y"], outputs=["x"]), DataNode("b", inputs=["x"], outputs=["y"])])
    found = ask(ledger, "trace", name="a")
    assert ([node.name for node in found.nodes], found.total_nodes) == (["b"], 2)


def test_investigate_lays_the_newest_payload_over_the_older_ones(ledger: Ledger) -> None:
    ask(ledger, "record", model_name="fraud", event="registered", payload={"ticket": 7})
    for number in range(15):
        at = (NOW - timedelta(days=30 - number)).isoformat()
        ask(ledger, "record", model_name="fraud", event="retrained", payload={"accuracy": number / 100}, timestamp=at)
    ledger.record_observation("fraud", observation_id="o", observation="x", status="open", actor="mrm")
    short, whole = ask(ledger, "investigate", model_name="fraud"), ask(ledger, "investigate", model_name="fraud", detail="full")
    assert (short.metadata, len(short.recent_events), len(whole.recent_events), short.total_events) == ({"accuracy": 0.14}, 10, 17, 17)
    assert (short.open_observation_count, short.validations) == (1, ())


def test_a_validation_holds_until_the_next_change(ledger: Ledger) -> None:
    ask(ledger, "record", model_name="fraud", event="registered", timestamp="2026-01-01")
    ask(ledger, "record", model_name="fraud", event="validated", payload={"result": "pass"}, timestamp="2026-02-01")
    assert [each.since_last_change for each in ask(ledger, "investigate", model_name="fraud").validations] == [True]
    ask(ledger, "record", model_name="fraud", event="retrained", timestamp="2026-03-01")
    found = ask(ledger, "investigate", model_name="fraud")
    assert [(each.result, each.since_last_change) for each in found.validations] == [("pass", False)]
    assert ask(ledger, "investigate", model_name="fraud", as_of="2026-02-15").validations[0].since_last_change


def test_the_changelog_is_of_the_last_seven_days_unless_it_is_said_otherwise(ledger: Ledger) -> None:
    ledger.add(CHAIN)
    assert "7 days" in ask(ledger, "changelog").period
    assert ask(ledger, "changelog", since=(NOW + timedelta(days=1)).isoformat()).total == 0
    assert ask(ledger, "changelog", until=(NOW - timedelta(hours=1)).isoformat()).total == 0
    both = ask(ledger, "changelog", since="2020-01-01", until="2099-01-01", limit=3)
    assert ("2020-01-01" in both.period, "2099-01-01" in both.period, both.has_more, both.total) == (True, True, True, 8)
    rest = ask(ledger, "changelog", since="2020-01-01", until="2099-01-01", cursor=both.next_cursor)
    skipped = ask(ledger, "changelog", since="2020-01-01", until="2099-01-01", offset=3)
    assert rest.events == skipped.events
    with pytest.raises(OverBudgetError, match="rows"):
        ask(ledger, "changelog", offset=9_999)


def test_discover_takes_in_what_stands_there(ledger: Ledger) -> None:
    models = [{"name": "w", "platform": "p", "outputs": [{"identifier": "t", "model_name": "x"}], "owner": "me"},
              {"name": "r", "platform": "p", "inputs": [{"identifier": "t", "model_name": "x"}]}]  # fmt: skip
    first, second = ask(ledger, "discover", models=models), ask(ledger, "discover", models=models)
    assert (first.models_added, first.links_created, second.added, second.skipped) == (2, 1, 0, 2)
    assert (ledger.get("w").owner, ledger.downstream("w")) == ("me", ["r"])
    assert ask(ledger, "discover", models=[{"name": "z", "inputs": ["t"]}], auto_connect=False).links_created == 0
    nothing = ask(ledger, "discover", models=[])
    assert (nothing.models_added, nothing.models_skipped, nothing.errors) == (0, 0, ())


def test_discover_without_models_says_what_it_lacks(ledger: Ledger) -> None:
    with pytest.raises(ValidationError, match="models"):
        ask(ledger, "discover", source_type="inline")


@pytest.mark.parametrize(
    "given",
    [{"connector_name": "moon"}, {"connector_name": "sql", "connector_config": {}}, {"connector_name": "rest", "connector_config": {}},
     {}, {"connector_name": "github", "connector_config": {"name": "g"}}],
)  # fmt: skip
def test_trouble_with_a_connector_comes_back_as_an_error(ledger: Ledger, given: dict[str, Any]) -> None:
    found = ask(ledger, "discover", source_type="connector", **given)
    assert (found.models_added, len(found.errors)) == (0, 1)


def test_one_bad_model_stops_no_other(ledger: Ledger) -> None:
    found = ask(
        ledger, "discover", models=[{"platform": "p"}, {"name": "good"}, {"name": "bad", "inputs": "t"}, {"name": "a", "platform": "x/y"}]
    )
    assert (found.models_added, len(found.errors)) == (1, 3)
    assert "item 1" in found.errors[0]


def test_a_complete_listing_of_a_source_buries_what_it_does_not_name(ledger: Ledger) -> None:
    both = [{"name": "a", "platform": "p"}, {"name": "b", "platform": "p"}]
    ask(ledger, "discover", models=both, source="jobs", complete=True)
    found = ask(ledger, "discover", models=both[:1], source="jobs", complete=True)
    assert (found.report.gone, ledger.get("b").present) == (1, False)
    with pytest.raises(ValidationError, match="source"):
        ask(ledger, "discover", models=both, complete=True)


def test_a_key_signs_and_whom_it_spoke_for_is_kept(ledger: Ledger) -> None:
    caller = Caller(name="etl-key", role="writer")
    ask(ledger, "discover", caller, models=[{"name": "a", "platform": "p"}])
    ask(ledger, "record", caller, model_name="a", event="retrained", actor="alice")
    ask(ledger, "record", caller, model_name="a", event="deployed")
    ask(ledger, "record_many", caller, events=[{"model": "a", "event": "seen", "actor": "bob"}, {"model": "a", "event": "heard"}])
    ask(ledger, "tag", caller, model_name="a", tag_name="production", actor="carol")
    told = {event.event_type: (event.actor, event.tags.get("on_behalf_of")) for event in ledger.history("a")}
    assert told == {
        "registered": ("etl-key", None),
        "discovered": ("etl-key", None),
        "retrained": ("etl-key", "alice"),
        "deployed": ("etl-key", None),
        "seen": ("etl-key", "bob"),
        "heard": ("etl-key", None),
        "tagged": ("etl-key", "carol"),
    }
    assert ledger.verify(deep=True).ok


@pytest.mark.parametrize(("role", "name"), [("reader", "record"), ("reader", "discover"), ("writer", "seal")])
def test_a_role_may_not_do_what_takes_a_higher_one(ledger: Ledger, role: Any, name: str) -> None:
    with pytest.raises(NotAllowedError, match="role"):
        ask(ledger, name, Caller(name="k", role=role), **dict(TOOLS[name].example))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that may be read, a link in it that leads out, and a file beside it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "m.json").write_text('[{"name": "a"}]')
    (tmp_path / "out.json").write_text('[{"name": "b"}]')
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "out.json")
    return tmp_path


REST = {"name": "r", "items_path": "x"}


@pytest.mark.parametrize(
    ("connector", "options"),
    [
        (None, "out.json"),
        (None, "in/link.json"),
        (None, "in/../out.json"),
        ("files", {"path": "out.json"}),
        ("files", {"path": "-"}),
        ("composite", {"name": "c", "connectors": [{"type": "files", "path": "in/m.json"}]}),
        ("dbt", {"manifest": "out.json"}),
        ("warehouse", {"folder": "in", "cache": "in/cache"}),
        ("sql", {"name": "s", "url": "sqlite:///in/../out.db", "query": "SELECT 1", "name_column": "x"}),
        ("prefect", {}),
        ("mlflow", {}),
        ("rest", {**REST, "url": "http://127.0.0.1:99/team"}),
        ("rest", {**REST, "url": "http://127.0.0.1:9.evil/team"}),
        ("rest", {**REST, "url": "http://127.0.0.1:9/teams"}),
        ("rest", {**REST, "url": "http://127.0.0.1:9/team/../admin"}),
        ("rest", {**REST, "url": "http://127.0.0.1:9/team/%2e%2e/admin"}),
        ("rest", {**REST, "url": "http://me@127.0.0.1:9/team"}),
        ("rest", {**REST, "url": "http://127.0.0.1:9/team", "allowed_hosts": ["169.254.169.254"]}),
    ],
)
def test_a_source_is_read_only_where_it_is_allowed(ledger: Ledger, outside: Path, connector: str | None, options: Any) -> None:
    kinds = frozenset({"rest", "files", "composite", "dbt", "warehouse", "sql", "prefect", "mlflow"})
    allowed = Caller(allowed=Allowed(folders=(outside / "in",), connectors=kinds, addresses=("http://127.0.0.1:9/team",)))
    here = str(outside)
    if connector is None:
        given: dict[str, Any] = {"source_type": "file", "file_path": f"{here}/{options}"}
    else:
        placed = {
            name: f"{here}/{value}" if name in {"path", "manifest", "folder"} and value != "-" else value for name, value in options.items()
        }
        if connector == "sql":
            placed["url"] = f"sqlite:///{here}/in/../out.db"
        given = {"source_type": "connector", "connector_name": connector, "connector_config": placed}
    with pytest.raises(NotAllowedError):
        ask(ledger, "discover", allowed, **given)


def test_what_is_allowed_is_read(ledger: Ledger, outside: Path) -> None:
    kinds = frozenset({"files", "rest"})
    allowed = Caller(allowed=Allowed(folders=(outside / "in",), connectors=kinds, addresses=("http://127.0.0.1:9/team/",)))
    assert ask(ledger, "discover", allowed, source_type="file", file_path=str(outside / "in" / "m.json")).added == 1
    config = {"path": str(outside / "in" / "m.json")}
    assert ask(ledger, "discover", allowed, source_type="connector", connector_name="files", connector_config=config).errors == ()
    team = {**REST, "url": "http://127.0.0.1:9/team/models", "tries": 1}
    assert len(ask(ledger, "discover", allowed, source_type="connector", connector_name="rest", connector_config=team).errors) == 1
    assert ask(ledger, "discover", Caller(), models=[{"name": "c"}]).added == 1


def test_a_record_is_of_the_model_that_is_named_and_says_all_that_is_said(ledger: Ledger) -> None:
    ask(ledger, "record", model_name="fraud", platform="rules", event="registered", timestamp="2024-01-01")
    with pytest.raises(ModelNotFoundError):
        ask(ledger, "record", model_name="fraud", platform="ml", event="retrained")
    for given in (
        {"event": "retrained", "owner": "bob"},
        {"event": "registered", "tags": {"a": 1}},
        {"event": "registered", "payload": {"a": 1}},
    ):
        with pytest.raises(ValidationError):
            ask(ledger, "record", model_name="fraud", **given)
    changed = ask(ledger, "record", model_name="fraud", event="registered", owner="me", timestamp="2025-01-01")
    assert (changed.snapshot.event_type, changed.timestamp.year) == ("updated", 2025)


def test_whom_a_key_spoke_for_is_the_ledgers_to_say(ledger: Ledger) -> None:
    caller = Caller(name="k", role="writer")
    ask(ledger, "discover", caller, models=[{"name": "a"}])
    forged = {"on_behalf_of": "ceo"}
    with pytest.raises(ValidationError, match="on_behalf_of"):
        ask(ledger, "record", caller, model_name="a", event="seen", actor="mallory", tags=forged)
    with pytest.raises(ValidationError, match="on_behalf_of"):
        ask(ledger, "record_many", caller, events=[{"model": "a", "event": "seen", "tags": forged}])
    assert ask(ledger, "record", model_name="a", event="seen", tags=forged).snapshot.tags == forged  # without keys nothing is known better


@pytest.mark.parametrize("name", ["plan", "plan_listing"])
def test_a_plan_keeps_nothing_and_takes_a_writer_as_others_wait_for_it(bank: Ledger, name: str) -> None:
    before, given = everything(bank), dict(TOOLS[name].example)
    with pytest.raises(NotAllowedError, match="writer"):
        ask(bank, name, Caller(name="k", role="reader"), **given)
    assert ask(bank, name, Caller(name="k", role="writer"), **given).changes
    assert everything(bank) == before


@pytest.mark.parametrize("loosened", [{"allow_removals": True}, {"removal_share": 0.9}, {"removal_least": 1_000}])
@pytest.mark.parametrize("name", ["discover", "plan", "take_listing", "plan_listing"])
def test_only_an_admin_loosens_the_guard(ledger: Ledger, name: str, loosened: dict[str, Any]) -> None:
    given = {"source": "jobs", "complete": True, ("models" if name in {"discover", "plan"} else "nodes"): [{"name": "a", "platform": "p"}]}
    with pytest.raises(NotAllowedError, match="admin"):
        ask(ledger, name, Caller(name="k", role="writer"), **given, **loosened)
    ask(ledger, name, Caller(name="k", role="admin"), **given, **loosened)


@pytest.mark.parametrize(
    "given",
    [
        {"models": [], "file_path": "x"},
        {"models": [], "connector_name": "rest"},
        {"source_type": "file", "file_path": "x", "complete": True},
        {"source_type": "connector", "connector_name": "noop", "models": []},
    ],
)
def test_what_would_be_passed_over_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="goes with"):
        TOOLS["discover"].read(given)


def test_no_file_of_the_machine_is_read_as_a_checkpoint_or_a_key(bank: Ledger, tmp_path: Any) -> None:
    (tmp_path / "checkpoint").write_text(ask(bank, "seal").checkpoint)
    for name in ("prove_consistency", "prove"):
        with pytest.raises(ValidationError, match="its text"):
            ask(bank, name, checkpoint=str(tmp_path / "checkpoint"), **({"snapshot": "0" * 32} if name == "prove" else {}))
    with pytest.raises(ValidationError, match="its text"):
        ask(bank, "check_proof", proof={}, public_key=str(tmp_path / "checkpoint"))
