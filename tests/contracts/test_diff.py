"""Diff: what leads from one snapshot to another, without guesses."""

from typing import Any

import pytest

from graph_ledger.contracts import diff, empty_tables, sync_tables
from graph_ledger.errors import ReportError
from tests.contracts.said import METADATA, NAMESPACE, added, lines, modified, removed

DOOR = {"instances": ["Left"], "aspects": {"type": "branch"}, "properties": {"Door.IsOpen": {"aspects": {"output_type": "Boolean"}}}}
UNIT = {"values": {"Unit.M": {"aspects": {"symbol": "m"}}}}
OPENED: dict[str, Any] = {"Door.IsOpened": {"renamed_from": "Door.IsOpen", "aspects": {"output_type": "Boolean"}}}
CASES: dict[str, tuple[Any, Any, list[Any]]] = {
    "the first release": (
        None, {"Door": DOOR, "Unit": UNIT},
        [added("Door", "ENTITY", type="branch", instances=["Left"]), added("Door.IsOpen", "PROPERTY", "Door", output_type="Boolean"),
         added("Unit", "ENUMERATION_SET"), added("Unit.M", "ENUM_VALUE", "Unit", symbol="m")],
    ),
    "the same": ({"Door": DOOR}, {"Door": DOOR}, []),
    "all gone": ({"Door": DOOR}, {}, [removed("Door", "ENTITY"), removed("Door.IsOpen", "PROPERTY", "Door")]),
    "aspects and instances": (
        {"Door": DOOR}, {"Door": DOOR | {"instances": ["Left", "Right"], "aspects": {"note": "x"}}},
        [modified("Door", "ENTITY", type={"_op": "removed"}, note={"_op": "added", "_value": "x"}, instances=["Left", "Right"])],
    ),
    "a value that looks like an operation": (
        {"Door": {"aspects": {"a": 1}}}, {"Door": {"aspects": {"a": {"_op": "b"}}}},
        [modified("Door", "ENTITY", a={"_op": "modified", "_value": {"_op": "b"}})],
    ),
    "a truth value is no number": ({"A": {"aspects": {"a": 1}}}, {"A": {"aspects": {"a": True}}}, [modified("A", "ENTITY", a=True)]),
    "a child that changes leaves its owner alone": (
        {"Door": DOOR}, {"Door": DOOR | {"properties": {"Door.IsOpen": {"aspects": {"output_type": "Int"}}}}},
        [modified("Door.IsOpen", "PROPERTY", "Door", output_type="Int")],
    ),
    "a child that comes is content of its owner": (
        {"Unit": UNIT}, {"Unit": {"values": UNIT["values"] | {"Unit.K": {}}}},
        [modified("Unit", "ENUMERATION_SET") | {"content": [{"label": "Unit.K", "change_type": "ADDED"}]},
         added("Unit.K", "ENUM_VALUE", "Unit")],
    ),
    "a rename that is said": (
        {"Door": DOOR}, {"Door": DOOR | {"properties": OPENED}}, [modified("Door.IsOpened", "PROPERTY", "Door", was="Door.IsOpen")],
    ),
    "and goes on being said": ({"Door": DOOR | {"properties": OPENED}}, {"Door": DOOR | {"properties": OPENED}}, []),
    "a rename that is not": (
        {"A": {}}, {"B": {}}, [added("B", "ENTITY"), removed("A", "ENTITY")],
    ),
    "an old label that is given away": (
        {"A": {}}, {"B": {"renamed_from": "A"}, "A": {}}, [modified("B", "ENTITY", was="A"), added("A", "ENTITY")],
    ),
    "a kind that changes": ({"A": {}}, {"A": {"values": {}}}, [added("A", "ENUMERATION_SET"), removed("A", "ENTITY")]),
}  # fmt: skip


def bare(event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if value not in ({}, None, [])}


@pytest.mark.parametrize("name", CASES)
def test_a_report_says_what_leads_from_one_to_the_other(name: str) -> None:
    old, new, expected = CASES[name]
    report = diff(old, new).model_dump(mode="json", exclude_defaults=True)
    assert [bare(event) for event in report["changes"]] == [bare(event) for event in expected]
    first = sync_tables(empty_tables(), diff(None, old), metadata=METADATA, rules={}, strict=True).tables
    assert first is not None
    then = sync_tables(first, diff(old, new), metadata=METADATA, rules={}).tables
    fresh = sync_tables(empty_tables(), diff(None, new), metadata=METADATA, rules={}).tables
    assert then is not None
    assert fresh is not None
    assert alive(then) == alive(fresh), "the ledger holds what the new snapshot holds"


def alive(tables: Any) -> set[tuple[Any, ...]]:
    names = {row.concept_uri: row.current_label for row in tables.concepts}
    return {(row.current_label, row.kind, names.get(row.parent_uri), row.instances) for row in tables.concepts if row.status == "ACTIVE"}


@pytest.mark.parametrize(
    ("said", "snapshot"),
    [
        ("A: an ENTITY has properties", {"A": {"kind": "ENTITY", "values": {"x": {}}}}),
        ("neither properties", {"A": {"values": {}, "instances": ["x"]}}),
        ("stands under", {"A": {"kind": "PROPERTY"}}),
        ("Extra inputs", {"A": {"type": "branch"}}),
        ("duplicate", {"A": {"properties": {"A": {}}}}),
        ("duplicate", {"A": {"properties": {"x": {}}}, "B": {"properties": {"x": {}}}}),
        ("blank", {" ": {}}),
        ("must not carry", {"A": {"aspects": {"name": 1}}}),
        ("list of strings", {"A": {"instances": [1]}}),
        ("beside the aspects", {"A": {"aspects": {"instances": []}}}),
        ("renamed from", {"B": {"renamed_from": "A"}, "C": {"renamed_from": "A"}}),
    ],
)
def test_what_is_no_snapshot_is_refused(said: str, snapshot: Any) -> None:
    with pytest.raises(ReportError, match="Invalid snapshot") as refused:
        diff({"A": {}} if said == "renamed from" else None, snapshot)
    assert said in str(refused.value)


def test_a_chain_of_releases_is_one_identity() -> None:
    before: dict[str, Any] | None = None
    tables = empty_tables()
    releases: tuple[dict[str, Any], ...] = (
        {"A": {}},
        {"B": {"renamed_from": "A"}},
        {"B": {"renamed_from": "A"}},
        {"C": {"renamed_from": "B"}},
    )
    for snapshot in releases:
        done = sync_tables(tables, diff(before, snapshot), metadata=METADATA, rules={})
        tables, before = done.tables or tables, snapshot
    assert lines(tables)[0] == "c0 C [B, A] ENTITY ACTIVE - []"
    assert tables.concepts[0].concept_uri == f"{NAMESPACE}concepts/0"
