"""Packaged statements by the names people give them: those of ``explore/`` go without their folder."""

import re
from collections.abc import Mapping
from typing import Any

import click

EXPLORE = "explore/"
TEXTS_AND_COMMENTS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*")
BACKSLASH = r"\u005c"
QUOTED = {"'": r"\u0027", "\\": BACKSLASH}
PARAMETER = re.compile(r"\$(\w+)")


def short_names() -> list[str]:
    """Return every name as it is shown."""
    from graph_ledger.database.statements import names

    return [name.removeprefix(EXPLORE) for name in names()]


def full_name(name: str) -> str:
    """Return the name of a statement as the library knows it."""
    from graph_ledger.database.statements import names

    return EXPLORE + name if EXPLORE + name in names() else name


def parameters(text: str) -> set[str]:
    """Return the names of the parameters that a statement takes.

    >>> parameters("MATCH (n {key: $key, name: '$no'}) RETURN n")
    {'key'}
    """
    return set(PARAMETER.findall(TEXTS_AND_COMMENTS.sub("''", text)))


def filled_in(text: str, values: Mapping[str, str]) -> str:
    r"""Put texts in the place of parameters, as quoted literals.

    >>> filled_in("MATCH (n {key: $key}) RETURN n", {"key": "it's"})
    "MATCH (n {key: 'it\\u005c\\u0027s'}) RETURN n"
    """
    return PARAMETER.sub(lambda match: literal(values[match[1]]) if match[1] in values else match[0], text)


def literal(text: str) -> str:
    """Return a text as a literal of Cypher: letters, digits and what is harmless as they are, all else by number."""
    return "'" + "".join(c if c.isalnum() or c in " /_-.,:;()@+=*" else _numbered(c) for c in text) + "'"


def check_parameters(context: click.Context, text: str, given: Mapping[str, Any]) -> None:
    """Refuse a call that gives too little or what the statement does not take."""
    taken = parameters(text)
    if missing := sorted(taken - given.keys()):
        raise click.UsageError(f"the statement needs {', '.join(f'--param {name}=...' for name in missing)}", context)
    if foreign := sorted(given.keys() - taken):
        raise click.UsageError(f"the statement takes no {', '.join(foreign)}: it takes {', '.join(sorted(taken)) or 'none'}", context)


def _numbered(character: str) -> str:
    # The server turns numbers into characters before it reads the literal, so a quote and a backslash still need one in front.
    if character in QUOTED:
        return BACKSLASH + QUOTED[character]
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))
