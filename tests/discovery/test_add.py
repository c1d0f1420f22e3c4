"""Adding nodes: what is written, what is not, what is refused."""

from datetime import datetime, timezone

import pytest

from graph_ledger import AmbiguousModelError, DataNode, DataPort, Ledger, ValidationError
from tests.graph import check_nodes, check_relationships, counts, edges, nodes


def test_two_nodes_meet_at_one_port(ledger: Ledger) -> None:
    ledger.add([DataNode("features", platform="etl", outputs=["T"]), DataNode("fraud", platform="ml", inputs=["t"])])
    check_nodes(ledger, "Port", ["identifier", "kind"], {("t", "data")})
    check_relationships(ledger, "DataNode", "FEEDS", "Port", {("etl/features", "t")})
    check_relationships(ledger, "Port", "FEEDS", "DataNode", {("t", "ml/fraud")})


def test_a_second_add_of_the_same_writes_nothing_but_last_seen(ledger: Ledger) -> None:
    estate = [DataNode("features", platform="etl", outputs=["a", "b"]), DataNode("fraud", platform="ml", inputs=["a"])]
    assert dict(ledger.add(estate)) == {"added": 2, "skipped": 0, "errors": ()}
    before, seen = counts(ledger), ledger.get("fraud").last_seen
    turned = [DataNode("features", platform="ETL", outputs=["B", "a"], metadata={"source_updated_at": "2026"}), estate[1]]
    assert dict(ledger.add(turned)) == {"added": 0, "skipped": 2, "errors": ()}
    assert counts(ledger) == before
    after = ledger.get("fraud").last_seen
    assert seen is not None
    assert after is not None
    assert after > seen


def test_what_went_is_closed_and_nothing_is_deleted(ledger: Ledger) -> None:
    ledger.add(DataNode("fraud", platform="ml", inputs=["a", "b"]), observed_at="2026-01-01")
    ledger.add(DataNode("fraud", platform="ml", inputs=["b", "c"]), observed_at="2026-02-01")
    assert edges(ledger, "Port", "FEEDS", "DataNode") == {("b", "ml/fraud"), ("c", "ml/fraud")}
    assert edges(ledger, "Port", "FED", "DataNode") == {("a", "ml/fraud")}
    assert [event.event_type for event in ledger.history("fraud")] == ["discovered", "discovered", "registered"]


def test_opinions_update_the_model_and_silence_does_not(ledger: Ledger) -> None:
    ledger.add(DataNode("m", platform="p", metadata={"owner": "ann", "tier": "high", "status": "DEPRECATED", "model_type": "rule"}))
    ref = ledger.get("m")
    assert (ref.owner, ref.tier, ref.status, ref.model_type, ref.metadata) == ("ann", "high", "deprecated", "rule", {})
    assert ledger.add(DataNode("m", platform="p", metadata={"status": "not-a-status", "owner": "unknown"})).added == 1
    ref = ledger.get("m")
    assert (ref.owner, ref.status) == ("ann", "deprecated")
    changes = ledger.history("m", event_type="discovered")[-1].payload["changes"]
    assert changes["owner"] == {"old": "unknown", "new": "ann"}


def test_a_repeated_opinion_beats_no_person_and_no_newer_source(ledger: Ledger) -> None:
    ledger.add(DataNode("m", platform="p", metadata={"owner": "ann"}), source="s")
    ledger.update("m", owner="bob", actor="me")
    ledger.add(DataNode("m", platform="p", metadata={"owner": "ann", "n": 1}), source="s")
    assert ledger.get("m").owner == "bob"
    ledger.add(DataNode("m", platform="p", metadata={"owner": "cleo"}), source="t")
    ledger.add(DataNode("m", platform="p", metadata={"owner": "ann", "n": 2}), source="s")
    assert ledger.get("m").owner == "cleo"


def test_a_field_edited_by_hand_in_the_graph_is_set_right_by_the_next_look(ledger: Ledger) -> None:
    node = DataNode("m", platform="p", metadata={"status": "deprecated"})
    ledger.add(node)
    ledger.database.driver.execute_query("MATCH (n:ModelRef {name: 'm'}) SET n.status = 'active'", database_="neo4j")
    assert ledger.add(node).skipped == 1
    assert ledger.get("m").status == "deprecated"


def test_the_first_platform_adopts_a_model_that_was_registered_without_one(ledger: Ledger) -> None:
    before = ledger.register(name="fraud", owner="o", model_type="ml_model", tier="high", purpose="p")
    ledger.add(DataNode("fraud", platform="ml", inputs=["a"]))
    ledger.add(DataNode("fraud", platform="rules", inputs=["b"]))
    assert {(ref.key, ref.owner) for ref in ledger.list()} == {("ml/fraud", "o"), ("rules/fraud", "unknown")}
    assert ledger.get("ml/fraud").model_hash == before.model_hash
    with pytest.raises(AmbiguousModelError, match="rules/fraud"):
        ledger.get("fraud")
    assert "fits 2 models" in ledger.add(DataNode("fraud")).errors[0].reason


def test_one_bad_node_stops_no_other(ledger: Ledger) -> None:
    bad = [
        DataNode(" "), DataNode("a\0b"), DataNode("x" * 1025), DataNode("n", platform="a/b"),
        DataNode("m", metadata={"when": datetime.now(timezone.utc)}), DataNode("k", metadata={"half": "\ud800"}),
        DataNode("s", metadata={"source_updated_at": datetime.now(timezone.utc)}),
    ]  # fmt: skip
    result = ledger.add([*bad, DataNode("good", platform="p")])
    assert (result.added, len(result.errors)) == (1, 7)
    assert [word for word, error in zip(("blank", "NUL", "1,025", "slash", "JSON", "surrogate", "JSON"), result.errors, strict=True)
            if word not in error.reason] == []  # fmt: skip
    with pytest.raises(ValidationError, match="named by a text"):
        DataNode("n", inputs=[3])  # type: ignore[list-item]


def test_a_time_in_the_future_is_refused_and_nothing_is_written(ledger: Ledger) -> None:
    for when in ("2999-01-01", "not a date"):
        with pytest.raises(ValidationError):
            ledger.add(DataNode("m"), observed_at=when)
    assert nodes(ledger, "ModelRef", "key") == set()


HOSTILE = ["a'b", 'a"b', "a`b", "{a}", "a\nb", "\U0001f600", "\u202eabc", "MATCH (n) DETACH DELETE n", "$key", "a\\'b", "é", "e\u0301 "]


def test_hostile_names_are_plain_data(ledger: Ledger) -> None:
    ledger.add([DataNode(name, platform="p'q", inputs=[name], outputs=[f"{name}2"], metadata={name: name}) for name in HOSTILE])
    import unicodedata

    for name in HOSTILE:
        assert ledger.get(name).name == unicodedata.normalize("NFC", name)
    assert len(ledger.list()) == len(HOSTILE)


def test_twins_in_one_add_are_one_node_and_the_last_counts(ledger: Ledger) -> None:
    twins = (DataNode("m", platform="p", metadata={"owner": owner}) for owner in ("ann", "bob"))
    assert ledger.add(twins).added == 1
    assert ledger.get("m").owner == "bob"


def test_metadata_never_overwrites_the_structure(ledger: Ledger) -> None:
    mine = {"inputs": 1, "platform": "x", "metadata": {"a": 1}, "opinion": "o", "points": [1]}
    ledger.add(DataNode("m", platform="p", inputs=["t"], metadata=mine))
    assert ledger.get("m").metadata == mine
    ledger.add(DataNode("m", platform="p", inputs=["u"], metadata=mine), observed_at="2020-01-01")
    assert ledger.get("m", as_of="2021-01-01").metadata == mine


def test_check_queue_links_to_the_rules_of_its_discriminator_only(ledger: Ledger) -> None:
    ledger.add([
        DataNode("check_rules", outputs=[DataPort("alerts", model_name="checks")]),
        DataNode("card_rules", outputs=[DataPort("alerts", model_name="cards")]),
        DataNode("check_queue", inputs=[DataPort("alerts", model_name="checks")]),
    ])  # fmt: skip
    assert ledger.upstream("check_queue") == ["check_rules"]
