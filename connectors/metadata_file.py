"""What the metadata.yaml of a table says, as plain JSON."""

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

from graph_ledger.errors import ValidationError

TIERS = frozenset({"high", "medium", "low"})
"""Tiers that the ledger knows; any other level stays metadata."""
SPARE, A_CHARACTER = 100_000, 2
"""Most values that a YAML text may stand for: some to spare, and so many a character; one without aliases stays below that."""
A_VALUE = 10
"""A long text counts as a value more for so many of its characters."""
DEEPEST = 100
MOST_DIGITS = 1_000
NUMBER = re.compile(r"\s*[-+]?(?:0[bx][0-9a-fA-F_]+|[0-9][0-9_:.]*)\s*")
PLACE = re.compile(r" at 0x[0-9a-fA-F]+")
"""Where in the memory an object was, as Python says of one that has no text of its own: another place each time."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str, *, unique: bool = False) -> Any:
    """Return a YAML text as plain JSON.

    Args:
        text: The text.
        unique: Whether a key that stands twice in one mapping is refused; else the last one counts.

    Raises:
        ValidationError: It is not YAML, or stands for too much; the message has line and column.
    """
    try:
        _check(text)
        return plain(_loaded_once(text) if unique else yaml.load(text, Loader=LOADER))  # noqa: S506  # the safe loader, compiled
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
        raise ValidationError(f"not YAML: {said}{place}") from None
    except (RecursionError, ValueError) as error:
        raise ValidationError(f"not YAML that can be read: {str(error) or 'nested too deep'}") from None


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: dates as ISO text, keys as text, no NaN; a set in order, as it has none of its own.

    Raises:
        ValidationError: It is nested too deep.

    >>> plain({"on": date(2026, 8, 21), 1: (None, "")})
    {'on': '2026-08-21', '1': [None, '']}
    """
    return _plain(value, 0)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping of JSON, as its ``object_pairs_hook``.

    Raises:
        ValidationError: A key stands twice in it, so that what the first one holds would be lost.

    >>> once([("a", 1), ("b", 2)])
    {'a': 1, 'b': 2}
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValidationError(f"the key {next(key for key in found if keys.count(key) > 1)[:40]!r} stands twice in one mapping")
    return found


def table_metadata(found: Any) -> dict[str, Any]:
    """Return the metadata of a node: owner, purpose, tier and status where the file has an opinion, and all it says.

    >>> table_metadata({"owners": ["a@example.com"], "labels": {"level": "gold"}, "deprecated": True})["status"]
    'deprecated'
    """
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise ValidationError("metadata is a mapping of names and values")
    metadata = {str(key): value for key, value in found.items() if value is not None and key not in {"owner", "tier", "status"}}
    owners = [owner for owner in _listed(metadata.get("owners")) if isinstance(owner, str) and owner.strip()]
    if owners:
        metadata["owner"] = owners[0]
    purpose = next(
        (text.strip() for key in ("friendly_name", "description") if isinstance(text := metadata.get(key), str) and text.strip()), ""
    )
    if purpose:
        metadata["purpose"] = purpose
    level = _level(metadata.get("labels"))
    if level:
        metadata["tier" if level.lower() in TIERS else "level"] = level.lower()
    if isinstance(metadata.get("deprecated"), bool):
        metadata["status"] = "deprecated" if metadata["deprecated"] else "active"
    scheduling = metadata.get("scheduling")
    if isinstance(scheduling, Mapping) and isinstance(scheduling.get("dag_name"), str):
        metadata["dag_name"] = scheduling["dag_name"]
    return metadata


def _loaded_once(text: str) -> Any:
    loader = LOADER(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _check_keys(node)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _check_keys(root: Any) -> None:
    seen: set[int] = set()
    left = [root]
    while left:
        node = left.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            _check_mapping(node)
            left += [part for pair in node.value for part in pair]
        else:
            left += node.value


def _check_mapping(node: Any) -> None:
    keys: set[tuple[str, str]] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if (key.tag, key.value) in keys:
                mark = key.start_mark
                place = f"line {mark.line + 1}, column {mark.column + 1}"
                raise ValidationError(f"the key {key.value[:40]!r} stands twice in one mapping, {place}")
            keys.add((key.tag, key.value))


def _check(text: str) -> None:
    """Refuse a YAML text that is nested too deep, or whose aliases stand for too much, before anything is built of it."""
    most = SPARE + A_CHARACTER * len(text)
    total, within = 0, []
    sizes: dict[str | None, int] = {}
    for event in yaml.parse(text, Loader=LOADER):
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            total += sizes.get(anchor, 0)
        elif isinstance(event, yaml.CollectionStartEvent):
            within.append((anchor, total))
            total, sizes[anchor] = total + 1, most  # until it ends: an alias of itself in it has no end
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = within.pop()
            sizes[anchor] = total - before
        elif isinstance(event, yaml.ScalarEvent):
            _check_number(event)
            sizes[anchor] = 1 + len(event.value) // A_VALUE
            total += sizes[anchor]
        if total > most:
            raise ValidationError(f"its aliases stand for more than {most:,} values")
        _check_depth(len(within))


def _check_number(event: Any) -> None:
    """Refuse a number of very many digits: to work it out takes the square of their time, and JSON could not hold it."""
    if len(event.value) > MOST_DIGITS and (event.implicit[0] or event.tag) and NUMBER.fullmatch(event.value):
        raise ValidationError(f"it holds a number of {len(event.value):,} digits; {MOST_DIGITS:,} are the most")


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise ValidationError(f"it is nested more than {DEEPEST} deep")


def _plain(item: Any, around: int) -> Any:
    if not isinstance(item, (Mapping, list, tuple, set, frozenset)):
        return _scalar(item)
    depth = around + 1
    _check_depth(depth)
    if isinstance(item, Mapping):
        return {_key(key): _plain(inner, depth) for key, inner in item.items()}
    found = [_plain(inner, depth) for inner in item]
    return sorted(found, key=lambda each: json.dumps(each, sort_keys=True)) if isinstance(item, (set, frozenset)) else found


def _level(labels: Any) -> str:
    level = labels.get("level") if isinstance(labels, Mapping) else None
    first = next(iter(_listed(level)), None)
    return first.strip() if isinstance(first, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(_scalar(key)) if not isinstance(key, tuple) else str(key)


def _scalar(item: Any) -> Any:
    if item is None or isinstance(item, (bool, int, str)):
        return item
    if isinstance(item, float):
        return item if math.isfinite(item) else str(item)
    if isinstance(item, (date, datetime)):
        return item.isoformat()
    return str(bytes(item)) if isinstance(item, memoryview) else PLACE.sub("", str(item))
