"""What a sync writes, row by row: the behaviours that upstream's own tests pin, as far as they concern tables."""

from typing import Any

import pytest

from graph_ledger.contracts import Profile, empty_tables, sync_tables
from graph_ledger.errors import SyncError
from tests.contracts.said import (
    DOOR,
    F0,
    IS_OPEN,
    KMH,
    METADATA,
    SPEED,
    UNIT,
    VEHICLE,
    Event,
    added,
    after,
    lines,
    modified,
    news,
    removed,
    synced,
)

BOTH: tuple[Profile, ...] = ("seed", "head")
SEED: tuple[Profile, ...] = ("seed",)
HEAD: tuple[Profile, ...] = ("head",)
OPEN_ENTITY = {"entity": {"instances": False}}
BREAKING_ENTITY = {"entity": {"instances": True}}
DOOR_ALONE = (DOOR, IS_OPEN)
CENTER = modified("Vehicle.Door", "ENTITY", instances=["Left", "Right", "Center"])
THREE = "[Left, Right, Center]"
A_TO_D = [(modified(new, "ENTITY", was=old),) for old, new in ("AB", "BC", "CD")]

# name: profiles, what is there, the report, the rules, rows that are new or differ afterwards
CASES: dict[str, tuple[tuple[Profile, ...], tuple[Event, ...], tuple[Event, ...], Any, set[str]]] = {
    "an instance that comes, harmless, is one revision and a binding for each child": (
        HEAD, F0, (modified("Vehicle.Door", "ENTITY", instances_added=["Center"]),), OPEN_ENTITY,
        {f"c1 Vehicle.Door [] ENTITY ACTIVE - {THREE}", f"c4 Vehicle.Door.IsOpen [] PROPERTY ACTIVE c1 {THREE}",
         "r1 c1 - SUPERSEDED", "r6 c1 r1 ACTIVE", "b3 k4 Center ACTIVE"},
    ),
    "the same in the seed profile revises the children too": (
        SEED, DOOR_ALONE, (CENTER,), OPEN_ENTITY,
        {f"c0 Vehicle.Door [] ENTITY ACTIVE - {THREE}", f"c1 Vehicle.Door.IsOpen [] PROPERTY ACTIVE c0 {THREE}",
         "r0 c0 - SUPERSEDED", "r1 c1 - SUPERSEDED", "r2 c0 r0 ACTIVE", "r3 c1 r1 ACTIVE", "b2 k1 Center ACTIVE"},
    ),
    "a breaking list renews the contracts of the children, and all their bindings": (
        SEED, DOOR_ALONE, (CENTER,), BREAKING_ENTITY,
        {f"c0 Vehicle.Door [] ENTITY ACTIVE - {THREE}", f"c1 Vehicle.Door.IsOpen [] PROPERTY ACTIVE c0 {THREE}",
         "r0 c0 - SUPERSEDED", "r1 c1 - SUPERSEDED", "r2 c0 r0 ACTIVE", "r3 c1 r1 ACTIVE",
         "k0 c0 r0 SUPERSEDED", "k1 c1 r1 SUPERSEDED", "k2 c0 r2 ACTIVE", "k3 c1 r3 ACTIVE",
         "b0 k1 Left SUPERSEDED", "b1 k1 Right SUPERSEDED", "b2 k3 Left ACTIVE", "b3 k3 Right ACTIVE", "b4 k3 Center ACTIVE"},
    ),
    "a breaking list in the head profile renews the entity's contract alone": (
        HEAD, DOOR_ALONE, (modified("Vehicle.Door", "ENTITY", instances_added=["Center"], instances_removed=["Left", "Up"]),),
        BREAKING_ENTITY,
        {"c0 Vehicle.Door [] ENTITY ACTIVE - [Right, Center]", "c1 Vehicle.Door.IsOpen [] PROPERTY ACTIVE c0 [Right, Center]",
         "r0 c0 - SUPERSEDED", "r2 c0 r0 ACTIVE", "k0 c0 r0 SUPERSEDED", "k2 c0 r2 ACTIVE", "b0 k1 Left REMOVED", "b2 k1 Center ACTIVE"},
    ),
    "the last instance that goes leaves a single binding": (
        SEED, DOOR_ALONE, (modified("Vehicle.Door", "ENTITY", instances=[]),), OPEN_ENTITY,
        {"c0 Vehicle.Door [] ENTITY ACTIVE - []", "c1 Vehicle.Door.IsOpen [] PROPERTY ACTIVE c0 []",
         "r0 c0 - SUPERSEDED", "r1 c1 - SUPERSEDED", "r2 c0 r0 ACTIVE", "r3 c1 r1 ACTIVE",
         "b0 k1 Left REMOVED", "b1 k1 Right REMOVED", "b2 k1 - ACTIVE"},
    ),
    "a list that is repeated is a revision and no more": (
        BOTH, DOOR_ALONE, (modified("Vehicle.Door", "ENTITY", instances=["Left", "Right"]),), BREAKING_ENTITY,
        {"r0 c0 - SUPERSEDED", "r2 c0 r0 ACTIVE"},
    ),
    "a breaking aspect of an entity leaves its children alone": (
        BOTH, F0, (modified("Vehicle", "ENTITY", type="object"),), {"entity": {"type": True}},
        {"r0 c0 - SUPERSEDED", "r6 c0 r0 ACTIVE", "k0 c0 r0 SUPERSEDED", "k6 c0 r6 ACTIVE"},
    ),
    "a breaking aspect of a property renews contract and bindings": (
        BOTH, F0, (modified("Vehicle.Door.IsOpen", "PROPERTY", "Vehicle.Door", output_type="Int"),), {"property": {"output_type": True}},
        {"r4 c4 - SUPERSEDED", "r6 c4 r4 ACTIVE", "k4 c4 r4 SUPERSEDED", "k6 c4 r6 ACTIVE",
         "b1 k4 Left SUPERSEDED", "b2 k4 Right SUPERSEDED", "b3 k6 Left ACTIVE", "b4 k6 Right ACTIVE"},
    ),
    "the rule of an operation wins over that of the aspect": (
        BOTH, F0, (modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit={"_op": "removed"}),),
        {"property": {"unit": True, "unit.removed": False}}, {"r3 c3 - SUPERSEDED", "r6 c3 r3 ACTIVE"},
    ),
    "a rename without a rule is a revision": (
        BOTH, F0, (modified("Vehicle.Velocity", "PROPERTY", "Vehicle", was="Vehicle.Speed"),), {"property": {"unit": True}},
        {"c3 Vehicle.Velocity [Vehicle.Speed] PROPERTY ACTIVE c0 []", "r3 c3 - SUPERSEDED", "r6 c3 r3 ACTIVE"},
    ),
    "a rename with a rule, and a breaking aspect with it, is one of each": (
        BOTH, F0, (modified("Vehicle.Velocity", "PROPERTY", "Vehicle", was="Vehicle.Speed", unit="mph"),),
        {"property": {"unit": True, "name": True}},
        {"c3 Vehicle.Velocity [Vehicle.Speed] PROPERTY ACTIVE c0 []", "r3 c3 - SUPERSEDED", "r6 c3 r3 ACTIVE",
         "k3 c3 r3 SUPERSEDED", "k6 c3 r6 ACTIVE", "b0 k3 - SUPERSEDED", "b3 k6 - ACTIVE"},
    ),
    "a container goes with its children, the parent first": (
        BOTH, F0, (removed("Vehicle.Door", "ENTITY"), removed("Vehicle.Door.IsOpen", "PROPERTY", "Vehicle.Door")), None,
        {"c1 Vehicle.Door [] ENTITY REMOVED - [Left, Right]", "c4 Vehicle.Door.IsOpen [] PROPERTY REMOVED c1 [Left, Right]",
         "r1 c1 - SUPERSEDED", "r4 c4 - SUPERSEDED", "r6 c1 r1 REMOVED", "r7 c4 r4 REMOVED",
         "k1 c1 r1 REMOVED", "k4 c4 r4 REMOVED", "b1 k4 Left REMOVED", "b2 k4 Right REMOVED"},
    ),
    "a value goes and no binding ever was": (
        BOTH, (UNIT, KMH), (removed("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit"),), None,
        {"c1 SpeedUnit.KMH [] ENUM_VALUE REMOVED c0 []", "r1 c1 - SUPERSEDED", "r2 c1 r1 REMOVED", "k1 c1 r1 REMOVED"},
    ),
    "what the content lists as added can break": (
        BOTH, (VEHICLE,),
        (modified("Vehicle", "ENTITY") | {"content": [{"label": "Vehicle.Mass", "change_type": "ADDED"}]},
         added("Vehicle.Mass", "PROPERTY", "Vehicle")), {"entity": {"properties.added": True}},
        {"c1 Vehicle.Mass [] PROPERTY ACTIVE c0 []", "r0 c0 - SUPERSEDED", "r1 c1 - ACTIVE", "r2 c0 r0 ACTIVE",
         "k0 c0 r0 SUPERSEDED", "k1 c1 r1 ACTIVE", "k2 c0 r2 ACTIVE", "b0 k1 - ACTIVE"},
    ),
    "in the seed profile the rules of entities and properties stand in for absent ones": (
        SEED, (UNIT, KMH),
        (modified("SpeedUnit", "ENUMERATION_SET", type="x"), modified("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit", symbol="y")),
        {"entity": {"type": True}, "property": {"symbol": False}},
        {"r0 c0 - SUPERSEDED", "r1 c1 - SUPERSEDED", "r2 c0 r0 ACTIVE", "r3 c1 r1 ACTIVE", "k0 c0 r0 SUPERSEDED", "k2 c0 r2 ACTIVE"},
    ),
    "in the head profile they do not": (
        HEAD, (UNIT,), (modified("SpeedUnit", "ENUMERATION_SET", type="x"),), {"entity": {"type": True}},
        {"r0 c0 - SUPERSEDED", "r1 c0 r0 ACTIVE"},
    ),
    "an empty event is a revision": (BOTH, (VEHICLE,), (modified("Vehicle", "ENTITY"),), None, {"r0 c0 - SUPERSEDED", "r1 c0 r0 ACTIVE"}),
    "a label that was removed comes back as another concept": (
        BOTH, (VEHICLE,), (removed("Vehicle", "ENTITY"), VEHICLE), None,
        {"c0 Vehicle [] ENTITY REMOVED - []", "c1 Vehicle [] ENTITY ACTIVE - []", "r0 c0 - SUPERSEDED", "r1 c1 - ACTIVE",
         "r2 c0 r0 REMOVED", "k0 c0 r0 REMOVED", "k1 c1 r1 ACTIVE"},
    ),
    "two labels change places": (
        BOTH, (added("A", "ENTITY"), added("B", "ENTITY")), (modified("B", "ENTITY", was="A"), modified("A", "ENTITY", was="B")), None,
        {"c0 B [A] ENTITY ACTIVE - []", "c1 A [B] ENTITY ACTIVE - []",
         "r0 c0 - SUPERSEDED", "r1 c1 - SUPERSEDED", "r2 c0 r0 ACTIVE", "r3 c1 r1 ACTIVE"},
    ),
    "a new child names its parent by the new label, and a later event does": (
        BOTH, (added("A", "ENTITY"),),
        (added("B.x", "PROPERTY", "B"), modified("B", "ENTITY", type="t"), modified("B", "ENTITY", was="A")), None,
        {"c0 B [A] ENTITY ACTIVE - []", "c1 B.x [] PROPERTY ACTIVE c0 []", "r0 c0 - SUPERSEDED", "r1 c1 - ACTIVE",
         "r2 c0 r0 SUPERSEDED", "r3 c0 r2 ACTIVE", "k1 c1 r1 ACTIVE", "b0 k1 - ACTIVE"},
    ),
    "a label that moved on means whoever has it afterwards": (
        BOTH, (added("A", "ENTITY"), added("B", "ENTITY")),
        (modified("B", "ENTITY", type="t"), modified("C", "ENTITY", was="B"), modified("B", "ENTITY", was="A"),
         added("B.x", "PROPERTY", "B")), None,
        {"c0 B [A] ENTITY ACTIVE - []", "c1 C [B] ENTITY ACTIVE - []", "c2 B.x [] PROPERTY ACTIVE c0 []",
         "r0 c0 - SUPERSEDED", "r1 c1 - SUPERSEDED", "r2 c2 - ACTIVE", "r3 c0 r0 SUPERSEDED", "r4 c1 r1 ACTIVE", "r5 c0 r3 ACTIVE",
         "k2 c2 r2 ACTIVE", "b0 k2 - ACTIVE"},
    ),
    "what the content lists as modified never breaks": (
        BOTH, (VEHICLE,),
        (modified("Vehicle", "ENTITY") | {"content": [{"label": "Vehicle.Speed", "change_type": "MODIFIED"}]},),
        {"entity": {"properties": True}}, {"r0 c0 - SUPERSEDED", "r1 c0 r0 ACTIVE"},
    ),
    "a rename to its own label is none": (
        BOTH, (added("A", "ENTITY"),), (modified("A", "ENTITY", was="A"),), {"entity": {"name": True}},
        {"r0 c0 - SUPERSEDED", "r1 c0 r0 ACTIVE"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "profile"), [(name, profile) for name, case in CASES.items() for profile in case[0]])
def test_a_report_writes_these_rows_and_no_others(name: str, profile: Profile) -> None:
    _, start, report, rules, expected = CASES[name]
    before = after(start, profile=profile)
    kept = lines(before)
    done = synced(before, *report, rules=rules, profile=profile)
    assert news(before, done.tables) == expected
    assert lines(before) == kept, "what was handed in stays as it was"
    revisions = [line for line in expected if line.startswith("r") and " " in line and line not in kept]
    assert len(done.changes) == done.created.revisions == sum(int(line[1 : line.index(" ")]) >= len(before.revisions) for line in revisions)


@pytest.mark.parametrize("profile", BOTH)
def test_the_first_release(profile: Profile) -> None:
    assert lines(after(F0, profile=profile)) == [
        "c0 Vehicle [] ENTITY ACTIVE - []",
        "c1 Vehicle.Door [] ENTITY ACTIVE - [Left, Right]",
        "c2 SpeedUnit [] ENUMERATION_SET ACTIVE - []",
        "c3 Vehicle.Speed [] PROPERTY ACTIVE c0 []",
        "c4 Vehicle.Door.IsOpen [] PROPERTY ACTIVE c1 [Left, Right]",
        "c5 SpeedUnit.KMH [] ENUM_VALUE ACTIVE c2 []",
        *(f"r{serial} c{serial} - ACTIVE" for serial in range(6)),
        *(f"k{serial} c{serial} r{serial} ACTIVE" for serial in range(6)),
        "b0 k3 - ACTIVE",
        "b1 k4 Left ACTIVE",
        "b2 k4 Right ACTIVE",
    ]


@pytest.mark.parametrize("profile", BOTH)
def test_labels_that_were_are_kept_newest_first_and_never_that_of_now(profile: Profile) -> None:
    renamed = after((added("A", "ENTITY"),), *A_TO_D, profile=profile)
    assert (renamed.concepts[0].current_label, renamed.concepts[0].previous_labels) == ("D", ("C", "B", "A"))
    back = synced(renamed, modified("B", "ENTITY", was="D"), profile=profile).tables
    assert back is not None
    assert (back.concepts[0].current_label, back.concepts[0].previous_labels) == ("B", ("D", "C", "A"))


def test_a_kind_that_is_left_out_is_told_by_the_parent_or_by_the_ledger() -> None:
    first: tuple[Event, ...] = ({"label": "V", "change_type": "ADDED"}, {"label": "V.x", "change_type": "ADDED", "parent_label": "V"})
    tables = after(first, ({"label": "V.x", "change_type": "MODIFIED", "aspects": {"unit": "m"}},))
    assert [row.kind.value for row in tables.concepts] == ["ENTITY", "PROPERTY"]
    assert len(tables.revisions) == 3


def test_old_and_new_values_stand_in_the_changes_where_they_are_known() -> None:
    rename = modified("Vehicle.Pace", "PROPERTY", "Vehicle", was="Vehicle.Speed", unit="mph")
    inside = synced(None, *F0, modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph")).changes[-1]
    assert inside.changed == {"unit": {"op": "modified", "old": "km/h", "new": "mph"}}
    assert (inside.renamed_from, inside.aspects) == (None, {"output_type": "Float", "unit": "mph"})
    later = synced(after(F0), rename).changes[-1]
    assert (later.changed, later.aspects) == ({"unit": {"op": "modified", "new": "mph"}}, None)
    assert (later.renamed_from, later.label, later.parent_label) == ("Vehicle.Speed", "Vehicle.Pace", "Vehicle")


def test_without_a_report_nothing_changes() -> None:
    tables = after(F0)
    done = sync_tables(tables, None, metadata=METADATA, rules=None)
    assert (done.changed, done.tables, sync_tables(empty_tables(), None, metadata=METADATA, rules={}).tables) == (
        False,
        tables,
        empty_tables(),
    )


@pytest.mark.parametrize("profile", BOTH)
def test_three_syncs_leave_no_gap(profile: Profile) -> None:
    rules = {"property": {"unit": True}}
    tables = after(
        F0, (modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"),), (added("X", "ENTITY"),), rules=rules, profile=profile
    )
    for rows in (tables.concepts, tables.revisions, tables.contracts, tables.bindings):
        assert [row.serial for row in rows] == list(range(len(rows)))
    assert "r6 c3 r3 ACTIVE" in lines(tables)


REFUSED: dict[str, tuple[str, tuple[Event, ...]]] = {
    "a leaf of nobody": ("No concept found", (added("X.y", "PROPERTY", "X"),)),
    "a rename from nothing": ("No concept found", (modified("X", "ENTITY", was="Y"),)),
    "a change of nothing": ("No concept found", (modified("X", "ENTITY"),)),
    "a removal of nothing": ("No concept found", (removed("X", "ENTITY"),)),
    "a removal, twice": ("No concept found", (removed("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit"),) * 2),
    "a change of what was removed": (
        "No concept found", (removed("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit"), modified("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit")),
    ),
    "a label that is there": ("Duplicate current_label", (VEHICLE,)),
    "a rename onto a label that is there": ("Duplicate current_label", (modified("SpeedUnit", "ENTITY", was="Vehicle"),)),
    "two of one label": ("Duplicate current_label", (added("X", "ENTITY"), added("X", "ENUMERATION_SET"))),
    "two names for one": ("renamed twice", (modified("X", "ENTITY", was="Vehicle"), modified("Y", "ENTITY", was="Vehicle"))),
    "another kind": ("is ENTITY, not ENUMERATION_SET", (modified("Vehicle", "ENUMERATION_SET"),)),
    "a property of a set": ("belongs to ENTITY", (added("SpeedUnit.x", "PROPERTY", "SpeedUnit"),)),
    "a value of an entity": ("belongs to ENUMERATION_SET", (added("Vehicle.x", "ENUM_VALUE", "Vehicle"),)),
    "children left behind": ("missing explicit REMOVED events", (removed("Vehicle.Door", "ENTITY"),)),
    "a child given to what is removed": (
        "missing explicit", (removed("SpeedUnit", "ENUMERATION_SET"), removed("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit"),
                             added("SpeedUnit.MPH", "ENUM_VALUE", "SpeedUnit")),
    ),
    "an instance that is there": ("already present", (modified("Vehicle.Door", "ENTITY", instances_added=["Left"]),)),
    "two lists that differ": ("while instances_added", (modified("Vehicle.Door", "ENTITY", instances=["X"], instances_added=["Y"]),)),
    "content of what turns out a leaf": (
        "only valid on MODIFIED containers",
        ({"label": "Vehicle.Speed", "change_type": "MODIFIED", "content": [{"label": "x", "change_type": "ADDED"}]},),
    ),
    "a list of what turns out an entity": (
        "list of strings", ({"label": "Vehicle.Door", "change_type": "MODIFIED", "aspects": {"instances": "x"}},),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_report_that_does_not_fit_is_refused_whole(name: str) -> None:
    said, report = REFUSED[name]
    before = after(F0)
    kept = lines(before)
    with pytest.raises(SyncError, match=said):
        synced(before, added("New", "ENTITY"), *report)
    assert lines(before) == kept


def test_removed_children_neither_count_nor_change() -> None:
    tables = after(
        (DOOR, IS_OPEN, added("Vehicle.Door.Lock", "PROPERTY", "Vehicle.Door")), (removed("Vehicle.Door.Lock", "PROPERTY", "Vehicle.Door"),)
    )
    done = synced(tables, CENTER).tables
    assert not {line for line in news(tables, done) if line.startswith(("c2 ", "r2 ", "k2 ")) or " k2 " in line}
    gone = synced(done, removed("Vehicle.Door", "ENTITY"), removed("Vehicle.Door.IsOpen", "PROPERTY", "Vehicle.Door"))
    assert gone.created.revisions == 2


def test_another_namespace_is_refused() -> None:
    with pytest.raises(SyncError, match="Namespace mismatch"):
        synced(after((VEHICLE, SPEED)), namespace="http://other.example/")
