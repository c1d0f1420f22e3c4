"""Whatever is kept beside the events and is edited by hand is reported, and nothing that was written in the usual way is."""

from typing import Any

import pytest

from graph_ledger import DataNode, DataPort, Ledger


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Some of everything: sources, late words, patterns, declarations, a group, a former member, tags that moved and ended."""
    ledger.register(name="m", owner="o", model_type="t", tier="low", purpose="p", timestamp="2026-01-01")
    ledger.update("m", actor="me", tier="high", timestamp="2026-02-01")
    ledger.update("m", actor="me", owner="late", timestamp="2026-01-15")
    ledger.add([
        DataNode("w", platform="p", outputs=["t", DataPort("q", model_name="a")], metadata={"owner": "x"}),
        DataNode("r", platform="p", inputs=["t", DataPort("q", model_name="%")]),
    ], source="s", observed_at="2026-03-01")  # fmt: skip
    ledger.add(DataNode("w", platform="p", outputs=["u", DataPort("q", model_name="a")]), source="s", observed_at="2026-03-05")
    ledger.add(DataNode("w", platform="p", outputs=["t"]), source="z", observed_at="2026-02-20")
    ledger.link_dependency("m", "w", actor="me", timestamp="2026-03-01")
    ledger.link_dependency("m", "r", actor="me", timestamp="2026-03-01")
    ledger.unlink_dependency("m", "r", actor="you", timestamp="2026-03-02")
    ledger.register_group(name="g", owner="o", model_type="t", tier="low", purpose="", members=["m"], actor="me", timestamp="2026-03-03")
    ledger.add_member("g", "w", role="x", actor="me", timestamp="2026-03-06")
    ledger.add_member("g", "r", actor="me", timestamp="2026-03-06")
    ledger.remove_member("g", "r", actor="me", timestamp="2026-03-07")
    ledger.record_validation("m", result="pass", actor="me")
    ledger.tag("m", "production", timestamp="2026-03-04")
    ledger.tag("m", "old")
    ledger.untag("m", "old", actor="me")
    return ledger


def tamper(ledger: Ledger, text: str) -> None:
    """Do what a person with a password can do in Neo4j Browser; it must really change something."""
    with ledger.database.driver.session(database="neo4j") as session:
        assert session.run(f"{text}").consume().counters.contains_updates, text


def found(ledger: Ledger) -> set[tuple[str, str]]:
    findings = ledger.verify(deep=True).findings
    assert {finding.kind for finding in findings} <= {"drifted"}
    return {(finding.model, finding.field) for finding in findings}


def test_what_was_written_in_the_usual_way_has_not_drifted(told: Ledger) -> None:
    verification = told.verify(deep=True)
    assert (verification.ok, verification.findings) == (True, ())
    assert all(told.verify(key, deep=True).ok for key in ("/m", "p/w", "p/r", "/g"))


M = "MATCH (m:ModelRef {key: '/m'})"
EDITS: dict[str, set[tuple[str, str]]] = {
    f"{M} SET m.owner = 'you'": {("/m", "owner")},
    f"{M} SET m.tier = 'low'": {("/m", "tier")},
    f"{M} SET m.present = false": {("/m", "present")},
    f"{M} SET m.metadata = '{{\"k\":1}}'": {("/m", "metadata")},
    f"{M} SET m.owner = 'you', m.believed = ['you'] + m.believed[1..]": {("/m", "owner"), ("/m", "believed")},
    f"{M} SET m.created_at = m.created_at - duration({{days: 1}})": {("/m", "created_at")},
    f"{M} SET m.state_from = m.state_from - duration({{days: 1}})": {("/m", "state_from")},
    f"{M} SET m.last_timestamp = m.last_timestamp - duration({{days: 1}})": {("/m", "last_timestamp")},
    f"{M} SET m.name = 'n'": {("/m", "name")},
    f"{M}-[:WAS]->(s:State) WHERE s.recorded_to > datetime('9000-01-01') WITH s LIMIT 1 SET s.owner = 'you'": {("/m", "State")},
    f"{M}-[:WAS]->(s:State) WHERE s.recorded_to > datetime('9000-01-01') WITH s LIMIT 1 DETACH DELETE s": {("/m", "State")},
    f"{M}-[:HAS_TAG]->(t)-[p:POINTS_AT]->() DELETE p WITH m, t MATCH (m)-[:HAS_SNAPSHOT {{sequence: 1}}]->(e) "
    "CREATE (t)-[:POINTS_AT]->(e)": {("/m", "Tag")},
    f"{M}-[:HAS_TAG]->(t) DETACH DELETE t": {("/m", "Tag")},
    f"{M}-[:HAS_TAG]->(t) SET t.name = 'staging'": {("/m", "Tag")},
    f"{M}-[r:MARKED_BY]->(:Snapshot {{event_type: 'validated'}}) DELETE r": {("/m", "MARKED_BY")},
    "MATCH (:ModelRef {key: 'p/r'})-[r:MARKED_BY]->(:Snapshot {event_type: 'member_removed'}) DELETE r": {("/g", "MARKED_BY")},
    f"{M}-[:HAS_SNAPSHOT {{sequence: 2}}]->(e) CREATE (m)-[:MARKED_BY]->(e)": {("/m", "MARKED_BY")},
    "MATCH ()-[r:MEMBER_OF {role: 'x'}]->() SET r.role = 'y'": {("/g", "MEMBER_OF")},
    f"{M}-[r:MEMBER_OF]->() DELETE r": {("/g", "MEMBER_OF")},
    f"{M}-[r:MEMBER_OF]->() SET r.valid_from = datetime('2026-01-02')": {("/g", "MEMBER_OF")},
    "MATCH (:ModelRef {key: 'p/r'})-[r:WAS_MEMBER_OF]->() SET r.valid_to = datetime('2026-05-01')": {("/g", "MEMBER_OF")},
    "MATCH (a:ModelRef {key: 'p/r'}) MATCH (g:ModelRef {key: '/g'}) CREATE (a)-[:MEMBER_OF {valid_from: datetime('2026-01-01'), "
    "valid_to: datetime('9999-12-31'), recorded_from: datetime('2026-01-01'), recorded_to: datetime('9999-12-31')}]->(g)": {
        ("/g", "MEMBER_OF")
    },
    "MATCH (g:ModelRef {key: '/g'}) REMOVE g:Composite": {("/g", "Composite")},
    f"{M} SET m:Composite": {("/m", "Composite")},
    "MATCH (:ModelRef {key: 'p/w'})-[f:FEEDS]->(:Port {key: 'u'}) DELETE f": {("p/w", "FEEDS")},
    "MATCH (:ModelRef {key: 'p/w'})-[f:FEEDS]->(:Port {key: 'u'}) SET f.source = 'you'": {("p/w", "FEEDS")},
    "MATCH (:ModelRef {key: 'p/w'})-[f:FEEDS]->(:Port {key: 'u'}) SET f.edge_key = 'x'": {("p/w", "FEEDS")},
    "MATCH (:ModelRef {key: 'p/w'})-[f:FED]->(:Port {key: 't'}) SET f.valid_to = datetime('2026-04-01')": {("p/w", "FED")},
    "MATCH (:Port {key: 't'})-[f:FEEDS]->(:ModelRef {key: 'p/r'}) SET f.valid_from = datetime('2025-01-01')": {("p/r", "FEEDS")},
    f"{M}-[f:FEEDS]->() DELETE f": {("/m", "FEEDS")},
    "MATCH (:Port {kind: 'declared'})-[f:FEEDS]->() SET f.source = 'you'": {("p/w", "FEEDS")},
    f"{M} MATCH (p:Port {{key: 'u'}}) CREATE (m)-[:FEEDS {{edge_key: 'e', source: 's', relationship: 'data_flow', via: '', "
    "valid_from: datetime('2026-01-01'), valid_to: datetime('9999-12-31'), recorded_from: datetime('2026-01-01'), "
    "recorded_to: datetime('9999-12-31')}]->(p)": {("/m", "FEEDS")},
    "MATCH ()-[f:FEEDS]-() WHERE f.via <> '' DELETE f": {("p/r", "FEEDS")},
    f"{M} MATCH (p:Port {{key: 'u'}}) CREATE (p)-[:FEEDS]->(m)": {("/m", "FEEDS"), ("/m", "FED")},
    "MATCH (:ModelRef {key: 'p/w'})-[f:FEEDS]->(:Port {key: 'u'}) SET f.recorded_to = datetime('2026-06-01')": {("p/w", "FEEDS")},
    f"{M}-[f:MEMBER_OF]->(g) CREATE (m)-[t:MEMBER_OF]->(g) SET t = properties(f)": {("/g", "MEMBER_OF")},
    f"{M}-[f:MEMBER_OF]->(g) CREATE (m)-[:MEMBER_OF]->(g)": {("/g", "MEMBER_OF")},
    f"{M}-[:WAS]->(s:State) WHERE s.recorded_to > datetime('9000-01-01') WITH m, s LIMIT 1 CREATE (m)-[:WAS]->(t:State) "
    "SET t = properties(s)": {("/m", "State")},
    "MATCH (w:ModelRef {key: 'p/w'})-[f:FED]->(p:Port {key: 't'}) WHERE f.recorded_to > datetime('9000-01-01') WITH w, f, p LIMIT 1 "
    "CREATE (w)-[t:FED]->(p) SET t = properties(f)": {("p/w", "FED")},
    "MATCH (w:ModelRef {key: 'p/w'}) REMOVE w:DataNode": {("p/w", "DataNode")},
    "MATCH (g:ModelRef {key: '/g'}) SET g:DataNode": {("/g", "DataNode")},
    "MATCH (p:Port {identifier: 'q'}) WHERE p.kind = 'data' SET p.schema_values = ['b']": {("p/w", "Port"), ("p/r", "Port")},
    f"{M}-[:HAS_TAG]->(t) SET t.updated_at = datetime('2026-01-01')": {("/m", "Tag")},
    f"{M} MATCH (e:Snapshot {{event_type: 'member_removed'}}) CREATE (m)-[:MARKED_BY]->(e)": {("/m", "MARKED_BY")},
    "MATCH (:ModelRef {key: 'p/w'})-[s:SEEN_BY]->() SET s.content_sequence = 99": {("p/w", "SEEN_BY")},
    "MATCH (p:Port {key: 'u'}) SET p.identifier = 't'": {("p/w", "Port")},
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_beside_the_events_is_reported(edit: str, told: Ledger) -> None:
    tamper(told, edit)
    assert found(told) == EDITS[edit]
    assert told.verify().ok


def test_a_port_that_is_named_twice_in_two_spellings_has_not_drifted(ledger: Ledger) -> None:
    ledger.add(DataNode("n", platform="p", inputs=[DataPort("t", k="a"), DataPort("T", k="A")], outputs=["u", "U"]))
    assert ledger.verify(deep=True).findings == ()


def test_of_one_model_only_its_own_drift_is_reported(told: Ledger) -> None:
    tamper(told, "MATCH (m:ModelRef) SET m.owner = 'you'")
    assert {finding.model for finding in told.verify("/m", deep=True).findings} == {"/m"}
    assert {finding.model for finding in told.verify(deep=True).findings} == {"/m", "/g", "p/w", "p/r"}


def test_a_model_whose_events_were_edited_is_not_rebuilt_from_them(told: Ledger) -> None:
    tamper(told, "MATCH (e:Snapshot {event_type: 'updated'}) SET e.payload = 'no JSON'")
    verification: Any = told.verify(deep=True)
    assert {(each.model, each.kind) for each in verification.findings} == {("/m", "edited")}
