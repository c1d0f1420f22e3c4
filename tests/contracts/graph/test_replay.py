"""Any history of reports: the graph has the tables of the files, its events replay to them, and any past reads as it read then."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.contracts import Profile, Tables
from graph_ledger.contracts.graph.replay import replayed
from tests.contracts.histories import histories
from tests.contracts.said import METADATA, Event, synced
from tests.contracts.test_properties import RULES
from tests.graph import empty

META = METADATA | {"preferred_prefix": "mp"}
START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def naive_ports(tables: Tables) -> dict[str, set[str]]:
    """Return what each living container writes, told from rows alone."""
    living = {row.concept_uri: row for row in tables.concepts if row.status == "ACTIVE"}
    contracts = {row.contract_uri: row.concept_uri for row in tables.contracts}
    bound = [(contracts[row.contract_uri], row.instance_label) for row in tables.bindings if row.status == "ACTIVE" and row.instance_label]
    now: dict[str, set[str]] = {}
    ever: dict[str, set[str]] = {}
    for uri, row in living.items():
        owner = living[row.parent_uri or uri]
        mine = [each for concept, each in bound if concept == uri]
        names = (row.current_label, *row.previous_labels)
        now.setdefault(owner.concept_uri, set()).update(
            [row.current_label, *(f"{owner.current_label}.{each}.{row.current_label}" for each in mine)]
        )
        ever.setdefault(owner.concept_uri, set()).update(
            [*names, *(f"{one}.{each}.{name}" for one in (owner.current_label, *owner.previous_labels) for each in mine for name in names)]
        )
    taken = set().union(*now.values())
    return {f"mp/{living[uri].current_label}": {f"mp:{name}".lower() for name in now[uri] | (ever[uri] - taken)} for uri in now}


def written(ledger: Ledger) -> dict[str, set[str]]:
    """Return what each living container of the graph writes."""
    statement = "MATCH (n:Concept)-[:FEEDS]->(p:Port) RETURN n.key, collect(p.identifier)"
    return {key: set(ports) for key, ports in ledger.database.table(statement)[1]}


def as_read(ledger: Ledger, when: datetime | None = None) -> list[Any]:
    """Return every concept of a moment, without what is of today."""
    rows = ledger.contracts.list("mp", status=None, as_of=when)
    today: Any = {"model": True, "bindings": {"__all__": {"status", "superseded_by", "successor"}}}
    return [row.model_dump(exclude=today) for row in rows]


@pytest.mark.slow
@settings(max_examples=12)
@given(data=st.data(), profile=st.sampled_from(["seed", "head"]))
def test_any_history_in_the_graph_is_that_of_the_files(ledger: Ledger, data: st.DataObject, profile: Profile) -> None:
    empty(ledger)
    first, steps, _ = data.draw(histories(profile))
    tables: Tables | None = None
    reads: list[tuple[datetime, list[Any]]] = []
    for place, events in enumerate([first, *steps]):
        when = START + timedelta(days=place)
        tables = synced(tables, *events, rules=RULES, profile=profile).tables
        ledger.contracts.sync({"changes": events}, metadata=META, rules=RULES, profile=profile, timestamp=when, release=str(place))
        reads.append((when, as_read(ledger)))
    assert tables is not None
    assert ledger.contracts.tables("mp") == tables
    payloads = [each.payload for each in _revisions(ledger)]
    assert replayed(payloads) == replayed(reversed(payloads)) == tables
    assert written(ledger) == naive_ports(tables)
    for when, read in reads:
        assert as_read(ledger, when + timedelta(hours=1)) == read
    assert ledger.verify(deep=True).findings == ()


@pytest.mark.slow
@settings(max_examples=6)
@given(data=st.data(), profile=st.sampled_from(["seed", "head"]))
def test_any_tables_come_out_as_they_went_in(ledger: Ledger, data: st.DataObject, profile: Profile) -> None:
    empty(ledger)
    first, steps, _ = data.draw(histories(profile))
    tables: Tables | None = None
    for events in (first, *steps):
        tables = synced(tables, *events, rules=RULES, profile=profile).tables
    assert tables is not None
    _import(ledger, tables)
    assert ledger.contracts.tables("mp") == tables
    assert ledger.verify(deep=True).findings == ()
    alive = [row.current_label for row in tables.concepts if row.status == "ACTIVE"]
    if alive:
        change: Event = {"label": alive[0], "change_type": "MODIFIED", "parent_label": "any", "aspects": {"breaks": 1}}
        ledger.contracts.sync({"changes": [change]}, metadata=META, rules=RULES, profile=profile)
        assert ledger.contracts.tables("mp") == synced(tables, change, rules=RULES, profile=profile).tables


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ("MATCH (c:Concept {label: 'Vehicle.Speed'}) SET c.label = 'Vehicle.Haste'", "concepts"),
        ("MATCH (k:Contract) WITH k LIMIT 1 SET k.status = 'SUPERSEDED'", "contracts"),
        ("MATCH (b:Binding) WITH b LIMIT 1 SET b.instance_label = 'Middle'", "bindings"),
        ("MATCH (b:Binding) WITH b LIMIT 1 DETACH DELETE b", "bindings"),
    ],
)
def test_what_somebody_edits_beside_the_events_is_found(ledger: Ledger, edit: str, field: str) -> None:
    events = [
        {"label": "Vehicle", "change_type": "ADDED", "aspects": {"instances": ["Left"]}},
        {"label": "Vehicle.Speed", "change_type": "ADDED", "parent_label": "Vehicle"},
    ]
    ledger.contracts.sync({"changes": events}, metadata=META, rules={})
    assert ledger.verify(deep=True).ok
    with ledger.database.driver.session() as session:
        session.run(edit).consume()
    assert field in {finding.field for finding in ledger.verify(deep=True).findings}


def _import(ledger: Ledger, tables: Tables) -> None:
    from graph_ledger.contracts.graph.asked import Asked
    from graph_ledger.contracts.graph.import_tables import import_tables
    from graph_ledger.contracts.inputs import read_metadata, read_rules

    import_tables(ledger.database, tables, Asked(None, read_metadata(META), read_rules(None)))


def _revisions(ledger: Ledger) -> list[Any]:
    return [event for concept in ledger.contracts.list("mp", status=None) for event in ledger.contracts.history(concept.concept_uri)]
