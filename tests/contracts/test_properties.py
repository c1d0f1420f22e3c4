"""Any sequence of reports: the ledger passes its check, means what the reports said, and gives no identity away."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.contracts import Profile, Tables, check_tables, read_tables, write_tables
from tests.contracts.histories import Thing, histories
from tests.contracts.said import Event, synced

RULES = {
    section: {"breaks": True, "harmless": False, "instances.added": True, "instances.removed": False}
    for section in ("entity", "property", "enumeration_set", "enum_value")
}
IDENTITY = {
    "concepts": ("concept_uri", "kind", "parent_uri"),
    "revisions": ("revision_uri", "concept_uri", "previous_revision_uri"),
    "contracts": ("contract_uri", "concept_uri", "revision_uri"),
    "bindings": ("binding_uri", "contract_uri", "instance_label"),
}


def after(first: list[Event], reports: list[list[Event]], profile: Profile) -> list[Tables]:
    """Return the tables after each report."""
    found: list[Tables] = []
    for events in (first, *reports):
        tables = synced(found[-1] if found else None, *events, rules=RULES, profile=profile).tables
        assert tables is not None
        found.append(tables)
    return found


def identities(tables: Tables) -> dict[str, list[tuple[object, ...]]]:
    """Return what of each row never changes."""
    return {table: [tuple(getattr(row, name) for name in names) for row in getattr(tables, table)] for table, names in IDENTITY.items()}


def whole(tables: Tables) -> None:
    """Fail unless each element has what it must have, no more and no less."""
    active = {name: [row for row in getattr(tables, name) if row.status == "ACTIVE"] for name in IDENTITY}
    living = {row.concept_uri for row in active["concepts"]}
    for table in ("revisions", "contracts"):
        assert Counter(row.concept_uri for row in active[table]) == Counter(living)
    contracts = {row.contract_uri: row.concept_uri for row in active["contracts"]}
    bound = Counter((contracts[row.contract_uri], row.instance_label) for row in active["bindings"])
    wanted = Counter((row.concept_uri, each) for row in active["concepts"] if row.kind == "PROPERTY" for each in row.instances or (None,))
    assert bound == wanted
    owners = {row.concept_uri: row for row in tables.concepts}
    for row in active["concepts"]:
        assert row.kind != "PROPERTY" or row.instances == owners[row.parent_uri].instances
        assert row.current_label not in row.previous_labels
        assert row.parent_uri is None or row.parent_uri in living


def same(tables: Tables, things: list[Thing]) -> None:
    """Fail unless the tables tell of these things."""
    labels = {row.concept_uri: row.current_label for row in tables.concepts}
    revisions, contracts = (Counter(row.concept_uri for row in rows) for rows in (tables.revisions, tables.contracts))
    found = {
        row.current_label: (
            row.kind.value, labels.get(row.parent_uri or ""), list(row.instances), list(row.previous_labels), row.status == "ACTIVE",
            revisions[row.concept_uri], contracts[row.concept_uri],
        )
        for row in tables.concepts
    }  # fmt: skip
    assert found == {
        each.label: (each.kind, each.owner, each.instances, each.names, each.alive, each.revisions, each.contracts) for each in things
    }


@pytest.mark.parametrize("profile", ["seed", "head"])
@given(data=st.data())
def test_any_history_keeps_what_is_promised(profile: Profile, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    first, steps, things = data.draw(histories(profile))
    states = after(first, steps, profile)
    for tables, then in zip(states, [*states[1:], states[-1]], strict=True):
        check_tables(tables)
        whole(tables)
        for table, rows in identities(tables).items():
            assert identities(then)[table][: len(rows)] == rows, "what was minted stays what it is"
            assert [row.serial for row in getattr(tables, table)] == list(range(len(rows)))
    same(states[-1], things)
    folder = Path(tmp_path_factory.mktemp("any")) / "ledger"
    write_tables(states[-1], folder, profile)
    assert read_tables(folder) == states[-1]


@pytest.mark.parametrize("profile", ["seed", "head"])
@given(data=st.data())
def test_one_report_writes_what_its_events_one_by_one_do(profile: Profile, data: st.DataObject) -> None:
    first, steps, _ = data.draw(histories(profile))
    at_once = [event for step in steps for event in step]
    cut = data.draw(st.integers(0, len(steps)))
    halves = [[event for step in part for event in step] for part in (steps[:cut], steps[cut:])]
    one_by_one = after(first, steps, profile)[-1]
    assert after(first, [at_once], profile)[-1] == one_by_one
    assert after(first, halves, profile)[-1] == one_by_one
