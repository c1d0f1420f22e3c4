"""What people write in the tags of a system: owner and tier, and which ports there are."""

import json
from collections.abc import Mapping
from typing import Any

from graph_ledger.connectors.rest_reading.items import ports_of
from graph_ledger.errors import ValidationError
from graph_ledger.values.port import DataPort

IDENTITY = ("owner", "tier", "purpose", "model_type", "status")
"""Tags that the ledger reads as what it knows of a model."""


def identity(tags: Mapping[str, str]) -> dict[str, str]:
    """Return what tags say of owner, tier, purpose, model_type and status; a blank tag has no opinion.

    >>> identity({"owner": "risk", "tier": " ", "team": "x"})
    {'owner': 'risk'}
    """
    return {name: tags[name].strip() for name in IDENTITY if tags.get(name, "").strip()}


def several(record: Mapping[str, Any], field: str) -> list[Any]:
    """Return what a field of a record lists; null, and no such field, list nothing.

    Raises:
        ValidationError: It is no list.

    >>> several({"tags": ["a"], "aliases": None}, "tags"), several({}, "tags")
    (['a'], [])
    """
    found = record.get(field)
    if found is not None and not isinstance(found, list):
        raise ValidationError(f"its {field} are a list, not {str(found)[:40]!r}")
    return found or []


def ports_in(text: str, where: str) -> list[DataPort]:
    """Return the ports of one text: names divided by commas, or a JSON list of names and of mappings with an ``identifier``.

    Raises:
        ValidationError: It begins like JSON and is none, or holds what is no port.

    >>> ports_in("raw, features", "inputs"), ports_in('[{"identifier": "alerts", "kind": "queue"}]', "inputs")
    ([DataPort('raw'), DataPort('features')], [DataPort('alerts', kind='queue')])
    """
    if not text.lstrip().startswith(("[", "{")):
        return ports_of([name.strip() for name in text.split(",")], where)
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise ValidationError(f"{where!r} begins like JSON and cannot be read as such: {text[:40]!r}") from None
    return ports_of(found, where)
