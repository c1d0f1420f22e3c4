"""One thing of a manifest as a node: its ports, and what is said of it."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.connectors.dbt_reading.manifest import Manifest, Thing, depended_on, table_of
from graph_ledger.connectors.metadata_file import TIERS, plain
from graph_ledger.errors import ValidationError
from graph_ledger.values.node import DataNode

ENDS = frozenset({"exposure", "saved_query"})
"""Kinds that nothing reads from."""
KEPT = ("tags", "group", "access", "language", "version", "latest_version", "deprecation_date", "label", "url", "maturity")
"""What is kept as it is, where it says something."""


def node_of(unique_id: str, thing: Any, manifest: Manifest, platform: str) -> DataNode:
    """Turn one thing of a manifest into a node.

    Raises:
        ValidationError: It is not what dbt writes, or depends on what the manifest does not have.
    """
    kind = thing.get("resource_type") if isinstance(thing, Mapping) else None
    if not isinstance(kind, str):
        raise ValidationError(f"it is no mapping with a resource_type: {str(thing)[:40]}")
    inputs = [manifest.port(each) for each in depended_on(thing)]
    outputs = [] if kind in ENDS else [manifest.port(unique_id)]
    metadata = {
        "model_type": f"dbt_{kind}",
        **{key: value for key, value in plain(_said(unique_id, thing, manifest)).items() if value not in (None, "", [], {})},
    }
    return DataNode(unique_id, platform, inputs, outputs, metadata)


def _said(unique_id: str, thing: Thing, manifest: Manifest) -> dict[str, Any]:
    config, meta = _mapping(thing.get("config")), {**_mapping(_mapping(thing.get("config")).get("meta")), **_mapping(thing.get("meta"))}
    tests = sorted(manifest.tests.get(unique_id, ()))
    tier = str(meta.get("tier") or "").lower()
    return {
        **{key: thing.get(key) for key in KEPT},
        "owner": _owner(thing, meta, manifest),
        "purpose": str(thing.get("description") or "").strip(),
        "tier": tier if tier in TIERS else None,
        "package": thing.get("package_name"),
        "path": thing.get("original_file_path"),
        "relation": table_of(thing) if thing.get("resource_type") != "exposure" else None,
        "materialized": config.get("materialized"),
        "exposure_type": thing.get("type") if thing.get("resource_type") == "exposure" else None,
        "checksum": _checksum(thing),
        "meta": meta,
        "columns": _columns(thing, manifest.catalogued(unique_id)),
        "tests": {"count": len(tests), "names": tests} if tests else None,
    }


def _owner(thing: Thing, meta: Thing, manifest: Manifest) -> str:
    group = thing.get("group")
    said = [thing.get("owner"), meta.get("owner")]
    if isinstance(group, str):
        said.append(manifest.group_owner(group, str(thing.get("package_name"))))
    return next((text for text in map(_name, said) if text), "")


def _name(owner: Any) -> str:
    """Return one name of an owner: a text, the first of several, or the address of one who has both."""
    if isinstance(owner, Mapping):
        return _name(owner.get("email")) or _name(owner.get("name"))
    if isinstance(owner, list):
        return next((text for text in map(_name, owner) if text), "")
    return owner.strip() if isinstance(owner, str) else ""


def _columns(thing: Thing, catalogued: Thing) -> dict[str, dict[str, str]]:
    """Return type and description of each column, by its name in lower case: the catalog writes as the database does."""
    found: dict[str, dict[str, str]] = {}
    for columns, words in ((_mapping(thing.get("columns")), ("data_type", "description")), (catalogued, ("type", "comment"))):
        for name, column in columns.items():
            said = found.setdefault(name.lower(), {})
            for key, word in zip(("type", "description"), words, strict=True):
                text = _mapping(column).get(word)
                if isinstance(text, str) and text.strip() and (key == "type" or key not in said):
                    said[key] = text.strip()
    return found


def _checksum(thing: Thing) -> str | None:
    """Return the hash of the code; of a large seed dbt keeps the path in its place."""
    said = _mapping(thing.get("checksum"))
    return str(said["checksum"]) if said.get("name") == "sha256" and said.get("checksum") else None


def _mapping(value: Any) -> Thing:
    return value if isinstance(value, Mapping) else {}
