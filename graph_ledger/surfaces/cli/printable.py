"""Text of strangers on a terminal: what would move the cursor or turn the line around is shown, not done."""

from unicodedata import category

UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, halves of characters, line and paragraph separators."""
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that change the direction of writing."""


def printable(text: str) -> str:
    r"""Return a text in which such characters are escapes; everything else, emoji too, stays.

    >>> printable("a\nb")
    'a\\nb'
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    hidden = category(character) in UNSEEN or character in DIRECTIONS
    return character.encode("unicode_escape").decode() if hidden else character
