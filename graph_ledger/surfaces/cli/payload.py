"""What is said in JSON or as key=value on the command line."""

import json
import sys
from pathlib import Path
from typing import Any

import click

FILE, STDIN = "@", "-"
DEEP = "no JSON that can be kept: nested too deep"


def mapping(_context: click.Context, _option: click.Parameter, given: str | None) -> dict[str, Any] | None:
    """Read a JSON object: the text itself, @ and the name of a file, or - for standard input."""
    if given is None:
        return None
    try:
        found = json.loads(_text(given), parse_constant=_refuse)
    except RecursionError:
        raise click.BadParameter(DEEP) from None
    except ValueError as error:
        raise click.BadParameter(f"no JSON: {error}") from None
    if not isinstance(found, dict):
        raise click.BadParameter('a JSON object is needed, such as {"auc": 0.98}')
    return found


def values(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, Any]:
    """Read key=value, the value as JSON where it is JSON, else as a text."""
    return {name: _value(text) for name, text in _pairs(given)}


def texts(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Read key=value, the value always as a text."""
    return dict(_pairs(given))


def joined(whole: dict[str, Any] | None, single: dict[str, Any]) -> dict[str, Any] | None:
    """Put single values beside a whole object; nothing given is None.

    >>> joined({"a": 1}, {"b": 2})
    {'a': 1, 'b': 2}
    """
    if twice := sorted((whole or {}).keys() & single.keys()):
        raise click.UsageError(f"{', '.join(twice)}: said twice, in --payload and in --payload-value")
    return {**(whole or {}), **single} if whole is not None or single else None


def _text(given: str) -> str:
    try:
        if given == STDIN:
            return sys.stdin.read()
        return Path(given[1:]).read_text(encoding="utf-8") if given.startswith(FILE) else given
    except OSError as error:
        raise click.BadParameter(f"{given[1:]} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"no text in UTF-8: {error.reason}, byte {error.start}") from None


def _pairs(given: tuple[str, ...]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for each in given:
        name, divided, text = each.partition("=")
        if not divided or not name:
            raise click.BadParameter(f"{each!r} is no key=value: write auc=0.98")
        if name in found:
            raise click.BadParameter(f"{name}: said twice")
        found[name] = text
    return list(found.items())


def _value(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise click.BadParameter(DEEP) from None
    except ValueError:
        return text


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")
