"""Event lines: on which line of a report file each element is named."""

import json
import re
from collections.abc import Iterator, Mapping

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]')
EVENT_DEPTH = 3
"""Brackets open around the label of an event: the report, its list, the event."""


def event_lines(text: str) -> Mapping[str, int]:
    """Return the line, from 1, of the first event of each label; nothing where the text is no JSON.

    Only the labels of the events themselves count, and neither those that their content lists nor those in aspects.

    >>> event_lines('{"changes": [{"label": "Vehicle",' + chr(10) + ' "change_type": "ADDED"}]}')
    {'Vehicle': 1}
    """
    lines: dict[str, int] = {}
    line, seen = 1, 0
    for label, start in _labels(text):
        line, seen = line + text.count("\n", seen, start), start
        lines.setdefault(label, line)
    return lines


def _labels(text: str) -> Iterator[tuple[str, int]]:
    depth, section, before, key = 0, "", "", ""
    for token in TOKEN.finditer(text):
        found = token.group()
        if found in "{[":
            depth += 1
        elif found in "}]":
            depth -= 1
        elif found == ":":
            key = before
            section = before if depth == 1 else section
        elif key == '"label"' and depth == EVENT_DEPTH and section == '"changes"':
            yield json.loads(found), token.start()
        before, key = found, key if found == ":" else ""
