"""A manifest and a catalog of dbt, opened: their schema is known, and everything in them can be looked up."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_ledger.connectors.json_file import load_json
from graph_ledger.connectors.paths import shown
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import RowError

KNOWN = {"manifest": (10, 11, 12), "catalog": (1,)}
"""Versions of dbt's schemas that are read: manifests of dbt 1.6 to 1.11, and the one there is of catalogs."""
SCHEMA = re.compile(r"/dbt/(\w+)/v(\d+)\.json$")
LISTED = frozenset({"model", "seed", "snapshot"})
"""Of the section ``nodes``, which also holds tests and analyses."""
SECTIONS = ("exposures", "metrics", "semantic_models", "saved_queries", "functions")
"""The other sections of which everything is a node."""

Thing = Mapping[str, Any]


class Manifest:
    """What a project of dbt has, by dbt's own ids.

    ``errors`` holds what could not be read of tests; `node_of` says the rest.
    """

    def __init__(self, manifest: Thing, catalog: Thing) -> None:
        self._held, self._catalog = manifest, catalog
        self.errors: list[RowError] = []
        self.tests: dict[str, list[str]] = defaultdict(list)
        """Names of the tests of each model, unit tests included."""
        self.left_out: Counter[str] = Counter()
        """How many of each kind are no nodes: tests, analyses, operations."""
        for section, found in (("nodes", self.section("nodes")), ("unit_tests", self.section("unit_tests"))):
            for unique_id, thing in found.items():
                if section == "unit_tests" or _kind(thing) not in {*LISTED, ""}:
                    self.left_out[_kind(thing) or "unit_test"] += 1
                    self._note_test(unique_id, thing)

    def section(self, name: str) -> Thing:
        """Return one part of the manifest, by id."""
        found = self._held.get(name)
        if found is not None and not isinstance(found, Mapping):
            raise SourceError(f"the manifest's {name!r} is no mapping of ids")
        return found or {}

    def things(self) -> Iterator[tuple[str, Any]]:
        """Yield everything that is a node, in the manifest's order."""
        for unique_id, thing in self.section("nodes").items():
            if _kind(thing) in {*LISTED, ""}:
                yield unique_id, thing
        for name in SECTIONS:
            yield from self.section(name).items()

    def port(self, unique_id: str) -> str:
        """Return what a thing is read by: its table, else, where it has none, its id.

        Raises:
            ValidationError: The manifest has no such thing, or its table has no name.
        """
        places = (self.section(name) for name in ("nodes", "sources", *SECTIONS))
        thing = next((place[unique_id] for place in places if unique_id in place), None)
        if not isinstance(thing, Mapping):
            raise ValidationError(f"it depends on {unique_id!r}, which the manifest does not have")
        return table_of(thing) or unique_id

    def catalogued(self, unique_id: str) -> Thing:
        """Return the columns of a table as the catalog has them, by name."""
        found = (self._catalog.get("nodes") or {}).get(unique_id)
        columns = found.get("columns") if isinstance(found, Mapping) else None
        return columns if isinstance(columns, Mapping) else {}

    def group_owner(self, group: str, package: str) -> Any:
        """Return the owner of a group, of the same package where two have one of that name."""
        groups = self.section("groups")
        named = [unique_id for unique_id in groups if unique_id.rpartition(".")[2] == group]
        same = f"group.{package}.{group}"
        found = groups.get(same if same in named or not named else named[0])
        return found.get("owner") if isinstance(found, Mapping) else None

    @property
    def coverage(self) -> dict[str, Any]:
        """What was read, and by which dbt it was written."""
        said = self._held["metadata"]
        kinds = Counter(_kind(thing) for _, thing in self.things())
        kept = {key: said[key] for key in ("dbt_version", "adapter_type", "project_name", "generated_at") if said.get(key)}
        return {**kept, "kinds": dict(kinds), "sources": len(self.section("sources")), "left_out": dict(self.left_out)}

    def _note_test(self, unique_id: str, thing: Any) -> None:
        if not isinstance(thing, Mapping):
            self.errors.append(RowError(where=shown(unique_id), reason="it is no mapping"))
        elif _kind(thing) in {"test", "unit_test"}:
            try:
                attached = thing.get("attached_node")
                for tested in [attached] if isinstance(attached, str) else depended_on(thing):
                    self.tests[tested].append(str(thing.get("name") or unique_id))
            except ValidationError as error:
                self.errors.append(RowError(where=shown(unique_id), reason=str(error)))


def open_manifest(manifest: Path, catalog: Path | None) -> Manifest:
    """Open the files that dbt wrote.

    Raises:
        SourceError: One cannot be read, is not what dbt writes, or is of a schema that is not known.
    """
    found = _opened(manifest, "manifest")
    if found.get("nodes") is None:
        raise SourceError(f"{shown(str(manifest))} has no 'nodes', which every manifest of dbt has, also that of an empty project")
    return Manifest(found, _opened(catalog, "catalog") if catalog is not None else {})


def table_of(thing: Thing) -> str:
    """Return the full name of the table that a thing is, as ``database.schema.table``; '' where it is none.

    Raises:
        ValidationError: It has a schema and no name in it.
    """
    if "schema" not in thing or (thing.get("config") or {}).get("materialized") == "ephemeral":
        return ""
    name = thing.get("alias") or thing.get("identifier") or thing.get("name")
    if not isinstance(name, str):
        raise ValidationError(f"its table has no name: {name!r}")
    return ".".join(part for part in (thing.get("database"), thing.get("schema"), name) if isinstance(part, str) and part)


def depended_on(thing: Thing) -> list[str]:
    """Return the ids of what a thing reads; a seed has none."""
    depends = thing.get("depends_on")
    found = depends.get("nodes") if isinstance(depends, Mapping) else None
    if found is not None and not (isinstance(found, list) and all(isinstance(each, str) for each in found)):
        raise ValidationError(f"what it depends on is no list of ids: {found!r}")
    return list(dict.fromkeys(found or ()))


def _opened(path: Path, kind: str) -> Thing:
    found = load_json(path)
    said = found.get("metadata") if isinstance(found, Mapping) else None
    schema = SCHEMA.search(str(said.get("dbt_schema_version"))) if isinstance(said, Mapping) else None
    if not isinstance(found, Mapping) or schema is None or schema[1] != kind:
        raise SourceError(f"{shown(str(path))} is no {kind} of dbt: it does not name its schema")
    if int(schema[2]) not in KNOWN[kind]:
        known = ", ".join(f"v{version}" for version in KNOWN[kind])
        raise SourceError(f"{shown(str(path))} is a {kind} of schema v{schema[2]}; known is {known}: nothing was read")
    return found


def _kind(thing: Any) -> str:
    return str(thing.get("resource_type") or "") if isinstance(thing, Mapping) else ""
