"""What is not a report, not rules or not metadata is refused with the words that scripts look for, and with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.contracts import (
    DiffReport,
    Metadata,
    Profile,
    Rules,
    empty_tables,
    lint,
    read_metadata,
    read_report,
    read_rules,
    sync_tables,
)
from graph_ledger.errors import ContractError, ReportError, RulesError, SyncError
from tests.contracts.said import F0, METADATA, SPEED, VEHICLE, Event, added, after, modified, removed, synced

BAD_EVENTS: dict[str, tuple[str, Any]] = {
    "no label": ("Field required", {"kind": "ENTITY", "change_type": "ADDED"}),
    "a blank label": ("blank", {"label": " ", "change_type": "ADDED"}),
    "a number for a label": ("valid string", {"label": 1, "change_type": "ADDED"}),
    "a label with NUL": ("NUL", {"label": "a\0", "change_type": "ADDED"}),
    "a label that UTF-8 can not write": ("surrogate", {"label": "a\ud800", "change_type": "ADDED"}),
    "another kind": ("Input should be", {"label": "a", "kind": "TABLE", "change_type": "ADDED"}),
    "another change": ("Input should be", {"label": "a", "change_type": "CHANGED"}),
    "no change": ("Field required", {"label": "a"}),
    "a property of nobody": ("Field required", {"label": "a", "kind": "PROPERTY", "change_type": "REMOVED"}),
    "a value of nobody": ("Field required", {"label": "a", "kind": "ENUM_VALUE", "change_type": "ADDED"}),
    "a new thing renamed": ("only valid on MODIFIED", {"label": "a", "change_type": "ADDED", "renamed_from": "b"}),
    "a removed thing renamed": ("only valid on MODIFIED", removed("a", "ENTITY") | {"renamed_from": "b"}),
    "null for aspects": ("dictionary", {"label": "a", "change_type": "ADDED", "aspects": None}),
    "aspects of what is removed": ("must not carry", removed("a", "ENTITY") | {"aspects": {"x": 1}}),
    "a name as aspect": ("must not carry", added("a", "ENTITY", name="b")),
    "a blank aspect": ("blank", added("a", "ENTITY") | {"aspects": {" ": 1}}),
    "a text for a list": ("flat list of strings", added("a", "ENTITY", instances="Left")),
    "numbers in a list": ("flat list of strings", added("a", "ENTITY", instances=["Left", 2])),
    "a list in a list": ("flat list of strings", added("a", "ENTITY", instances=[["Left"]])),
    "blanks in a list": ("flat list of strings", added("a", "ENTITY", instances=[" "])),
    "an instance twice": ("duplicate", added("a", "ENTITY", instances=["L", "L"])),
    "an instance that comes twice": ("duplicate", modified("a", "ENTITY", instances_added=["L", "L"])),
    "what came with what is new": ("only valid on MODIFIED", added("a", "ENTITY", instances_added=["L"])),
    "an unknown operation": ("added, modified, removed", modified("a", "ENTITY", x={"_op": "dropped", "_value": 1})),
    "an operation without value": ("Field required", modified("a", "ENTITY", x={"_op": "added"})),
    "an operation with more": ("Extra inputs", modified("a", "ENTITY", x={"_op": "added", "_value": 1, "why": 2})),
    "content of what is new": ("only valid on MODIFIED", added("a", "ENTITY") | {"content": [{"label": "b", "change_type": "ADDED"}]}),
    "content of a leaf": ("only valid on MODIFIED", modified("a", "PROPERTY", "b") | {"content": [{"label": "b", "change_type": "ADDED"}]}),
    "content without label": ("Field required", modified("a", "ENTITY") | {"content": [{"change_type": "ADDED"}]}),
    "no event": ("valid dictionary", "a"),
}


@pytest.mark.parametrize("name", BAD_EVENTS)
def test_an_event_that_is_none_is_refused_with_its_place(name: str) -> None:
    said, event = BAD_EVENTS[name]
    with pytest.raises(ReportError, match=r"Invalid diff report: changes\.1") as refused:
        read_report({"changes": [added("fine", "ENTITY"), event]})
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", ":1:1: "),
        ('{"changes": [,]}', ":1:14: "),
        ('{"changes":\n [}', ":2:3: "),
        ("[" * 100_000, "nested too deep"),
        ('{"changes": [NaN]}', "NaN"),
        ("[]", 'it is a list: a report is an object, {"changes": [...]}'),
        ("1", "it is no object: a report is"),
        ("{}", "changes: Field required"),
        ('{"changes": null}', "changes: "),
        ('{"changes": {}}', "changes: "),
        ("\xff", "not UTF-8"),
        ('{"changes": [' + "9" * 5000 + "]}", "digits"),
    ],
)
def test_a_report_file_that_is_none_says_where(content: str, place: str, tmp_path: Path) -> None:
    file = tmp_path / "diff.json"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(ReportError) as refused:
        read_report(file)
    assert str(file) in str(refused.value)
    assert place in str(refused.value)


def test_the_place_of_a_fault_is_also_in_numbers(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("entity:\n  a: [\n", encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        read_rules(tmp_path / "rules.yaml")
    assert (refused.value.file, refused.value.line, refused.value.column) == (str(tmp_path / "rules.yaml"), 3, 1)
    with pytest.raises(ReportError, match="can not be read: No such file"):
        read_report(tmp_path / "no such file")


def test_keys_that_nobody_reads_are_noted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    read_report({"changes": [VEHICLE | {"colour": "red", "content": []}], "tool": "x"})
    assert "changes.colour, tool" in caplog.text


METADATA_REFUSED: dict[str, dict[str, Any]] = {
    "must end with": {"name": "m", "id": "http://a"},
    "must not contain spaces": {"name": "m", "id": "http://a b/"},
    "absolute URI": {"name": "m", "id": "/model/"},
    "an authority or a path": {"name": "m", "id": "urn:#"},
    "Extra inputs": {"name": "m", "id": "http://a/", "version": "1"},
    "id: Field required": {"name": "m"},
    "name: Field required": {"id": "http://a/"},
    "valid string": {"name": 1, "id": "http://a/"},
    "blank": {"name": " ", "id": "http://a/"},
    "no slash": {"name": "m", "id": "http://a/", "preferred_prefix": "a:b"},
}


@pytest.mark.parametrize("said", METADATA_REFUSED)
def test_metadata_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(RulesError, match="Invalid metadata") as refused:
        read_metadata(METADATA_REFUSED[said])
    assert said in str(refused.value)


def test_a_namespace_may_be_a_urn_and_the_prefix_is_made_of_the_name() -> None:
    assert Metadata(name="My Model", id="urn:x#").prefix == "my-model"
    assert Metadata(name="My Model", id="urn:x#", preferred_prefix="MP").prefix == "mp"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entity: {a: 2}", "valid boolean"),
        ("entity: {a: {b: true}}", "valid boolean"),
        ("entity:", "entity: "),
        ("table: {}", "Extra inputs"),
        ("entity: {name.added: true}", "only ever modified"),
        ("property: {name.removed: no}", "only ever modified"),
        ("- a", "dictionary"),
        ("entity: {yes: true}", "valid string"),
        ("entity: \x01", "not YAML"),
        ("{", "not YAML"),
        ("a: *b", "not YAML"),
        ("!!python/name:os.system", "not YAML"),
    ],
)
def test_rules_that_are_none_are_refused(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        read_rules(tmp_path / "rules.yaml")
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", "{}", "# nothing\n", "---\n"])
def test_an_empty_file_has_no_rules(text: str, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    assert read_rules(tmp_path / "rules.yaml") == Rules()


def test_booleans_are_read_loosely(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("entity: {a: yes, b: 'true', c: 1, d: off, e: 'no', f: false}", encoding="utf-8")
    assert read_rules(tmp_path / "rules.yaml").entity == {"a": True, "b": True, "c": True, "d": False, "e": False, "f": False}


def test_a_dotted_key_is_an_aspect_in_the_seed_profile_alone() -> None:
    rules = {"entity": {"unit.si": True}}
    tables = after((VEHICLE,))
    assert synced(tables, modified("Vehicle", "ENTITY") | {"aspects": {"unit.si": 1}}, rules=rules).created.contracts == 1
    with pytest.raises(RulesError, match="Invalid op suffix"):
        synced(tables, rules=rules, profile="head")


MASS = modified("Vehicle.Mass", "PROPERTY", "Vehicle")
WARNINGS: dict[str, tuple[Profile, list[Event], Any, list[str]]] = {
    "an aspect without a rule": (
        "seed",
        [modified("V.s", "PROPERTY", "V", unit="mph")],
        {"property": {"output_type": True}},
        ["'unit' of PROPERTY 'V.s'"],
    ),
    "in head with its operation": ("head", [modified("V.s", "PROPERTY", "V", unit="mph")], {"property": {"x": True}}, ["'unit.modified'"]),
    "a rule for another operation": ("seed", [modified("V", "ENTITY", unit="m")], {"entity": {"unit.added": True}}, ["'unit'"]),
    "a rule for any operation": ("head", [modified("V", "ENTITY", unit={"_op": "removed"})], {"entity": {"unit": False}}, []),
    "what the seed profile knows of leaves": ("seed", [modified("V.s", "PROPERTY", "V", output_type=1, is_list=1, is_required=1)], {}, []),
    "and the head profile does not": (
        "head",
        [modified("V.s", "PROPERTY", "V", is_list=1)],
        {"property": {"x": True}},
        ["'is_list.modified'"],
    ),
    "lists are known": ("seed", [modified("V", "ENTITY", instances=[])], {}, []),
    "lists of entities are known in head": ("head", [modified("V", "ENTITY", instances_added=["x"])], {"entity": {"x": True}}, []),
    "what is added needs no rule": ("seed", [added("V", "ENTITY", x=1)], {}, []),
    "a rename needs no rule": ("seed", [modified("V", "ENTITY", was="U")], {}, []),
    "a kind without rules, once": (
        "head",
        [modified("V", "ENTITY", x=1), modified("W", "ENTITY")],
        {"property": {"x": True}},
        ["no rule for ENTITY"],
    ),
    "a container twice": ("seed", [modified("V", "ENTITY"), modified("V", "ENTITY")], {}, ["duplicate: the container 'V'"]),
    "a leaf twice": ("seed", [MASS, MASS], {}, ["duplicate: 'Vehicle.Mass' of 'Vehicle'"]),
    "a label in two roles": (
        "head",
        [added("V", "ENTITY"), added("V", "PROPERTY", "W")],
        {},
        ["a container in one event and a leaf in another"],
    ),
    "the seed profile does not mind": ("seed", [added("V", "ENTITY"), added("V", "PROPERTY", "W")], {}, []),
    "content without an event": (
        "head",
        [modified("V", "ENTITY") | {"content": [{"label": "V.s", "change_type": "ADDED"}]}],
        {"entity": {"x": True}},
        ["lists 'V.s', which has no event"],
    ),
    "an event without content": (
        "head",
        [modified("V", "ENTITY"), added("V.s", "PROPERTY", "V")],
        {"entity": {"x": True}},
        ["of 'V', which is MODIFIED, does not list it"],
    ),
    "a seed rule that stands in": ("seed", [modified("S", "ENUMERATION_SET", x=1)], {"entity": {"x": False}}, []),
    "an own section stands for itself": (
        "seed",
        [modified("S", "ENUMERATION_SET", x=1)],
        {"entity": {"x": False}, "enumeration_set": {}},
        ["'x'"],
    ),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_what_a_report_is_warned_of(name: str) -> None:
    profile, events, rules, expected = WARNINGS[name]
    found = lint({"changes": events}, rules=rules, profile=profile)
    assert len(found) == len(expected)
    assert all(said in warning for said, warning in zip(expected, found, strict=True))
    if expected:
        with pytest.raises(ReportError, match="--strict"):
            lint({"changes": events}, rules=rules, profile=profile, strict=True)


@pytest.mark.parametrize("key", ["output_type", "is_list", "is_required"])
def test_the_seed_profile_never_warns_of_what_it_always_knows(key: str) -> None:
    event = modified("Vehicle.Speed", "PROPERTY", "Vehicle", **{key: "x"})
    assert (lint({"changes": [event]}, strict=True), len(lint({"changes": [event]}, profile="head"))) == ([], 1)


def test_strict_refuses_what_would_be_a_warning_and_a_known_aspect_passes() -> None:
    tables, mph = after(F0), modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph")
    done = synced(tables, mph, rules={"property": {"output_type": True}})
    assert (len(done.warnings), done.created.revisions, done.created.contracts) == (1, 1, 0)
    assert all(word in done.warnings[0] for word in ("unit", "Vehicle.Speed"))
    with pytest.raises(SyncError, match="unit"):
        synced(tables, mph, rules={"property": {"output_type": True}}, strict=True)
    described = modified("Vehicle.Speed", "PROPERTY", "Vehicle", description="x")
    assert synced(tables, described, rules={"property": {"description": False}}, strict=True).warnings == ()


def test_the_schema_of_a_report_says_what_the_values_say() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = DiffReport.model_json_schema()
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert validator.is_valid(json.loads(json.dumps({"changes": [VEHICLE, SPEED, MASS, removed("a", "ENTITY")]})))
    beyond = {  # what a schema can not say, or only at a length that nobody reads
        "a blank label",
        "a label with NUL",
        "a label that UTF-8 can not write",
        "a blank aspect",
        "a text for a list",
        "numbers in a list",
        "a list in a list",
        "blanks in a list",
        "an instance twice",
        "an instance that comes twice",
        "what came with what is new",
        "an unknown operation",
        "an operation without value",
        "an operation with more",
        "content of a leaf",
    }
    accepted = {name for name, (_, event) in BAD_EVENTS.items() if validator.is_valid({"changes": [event]})}
    assert accepted == beyond


def test_inputs_are_files_mappings_or_values(tmp_path: Path) -> None:
    (tmp_path / "diff.json").write_text(json.dumps({"changes": [VEHICLE]}), encoding="utf-8")
    (tmp_path / "metadata.yaml").write_text(json.dumps(METADATA), encoding="utf-8")
    (tmp_path / "rules.yaml").write_text("", encoding="utf-8")
    files = sync_tables(
        empty_tables(), str(tmp_path / "diff.json"), metadata=tmp_path / "metadata.yaml", rules=str(tmp_path / "rules.yaml")
    )
    values = sync_tables(empty_tables(), read_report({"changes": [VEHICLE]}), metadata=Metadata(**METADATA), rules=Rules())
    assert files.tables == values.tables == after((VEHICLE,))
    assert ContractError.exit_code == 1
