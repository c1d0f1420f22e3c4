"""What the facets of a job come to in the ledger's words."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.connectors.metadata_file import plain

FIRST = ("OWNER", "MAINTAINER")
"""Types of owners, the one to ask first in front."""


def said_by(facets: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata of a node: what the facets of its job and of its runs say, where they say something.

    >>> said_by({"ownership": {"owners": [{"name": "team:orders"}]}, "documentation": {"description": "Sums up"}})
    {'owner': 'team:orders', 'purpose': 'Sums up'}
    """
    kind, location, code, parent = (_facet(facets, name) for name in ("jobType", "sourceCodeLocation", "sourceCode", "parent"))
    owners = _owners(_facet(facets, "ownership").get("owners"))
    found = {
        "owner": owners[0] if owners else None,
        "owners": owners[1:] and owners,
        "purpose": _text(_facet(facets, "documentation").get("description")),
        "model_type": _text(kind.get("jobType")).lower(),
        "processing": _text(kind.get("processingType")).lower(),
        "integration": _text(kind.get("integration")).lower(),
        "sql": _text(_facet(facets, "sql").get("query")),
        "language": _text(code.get("language")),
        "source_code": _text(code.get("sourceCode")),
        "code_url": _text(location.get("url")) or _text(location.get("repoUrl")),
        "code_path": _text(location.get("path")),
        "parent": _job(parent),
        "tags": _tags(_facet(facets, "tags").get("tags")),
    }
    return {name: plain(value) for name, value in found.items() if value}


def _owners(given: Any) -> list[str]:
    """Return the names of owners, by their types; those of no special type in the order in which they are told."""
    found = [(each, name) for each in _list(given) if isinstance(each, Mapping) and (name := _text(each.get("name")))]
    ranks = {kind: rank for rank, kind in enumerate(FIRST)}
    return [name for _, name in sorted(found, key=lambda owner: ranks.get(_text(owner[0].get("type")).upper(), len(FIRST)))]


def _tags(given: Any) -> dict[str, str]:
    tags = [each for each in _list(given) if isinstance(each, Mapping)]
    return {_text(tag.get("key")): _text(tag.get("value")) for tag in tags if _text(tag.get("key"))}


def _job(parent: Mapping[str, Any]) -> str:
    """Return the job whose run started this one; which run that was changes every time, and is left out."""
    job = parent.get("job")
    names = [_text(job.get("namespace")), _text(job.get("name"))] if isinstance(job, Mapping) else []
    return "/".join(names) if all(names) else ""


def _facet(facets: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = facets.get(name)
    return found if isinstance(found, Mapping) and not found.get("_deleted") else {}


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
