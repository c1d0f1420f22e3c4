"""Words: what a search looks for, and what it may have meant."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from graph_ledger.values.port import check_text, folded

WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[a-z]{3,}")
"""What the index is asked for: fewer letters stand in nearly every model."""
CUT_SHORT = "/.{127}.*/"
"""Finds the models with so many letters in a row (255 units of UTF-16) that the index cuts them, perhaps within a word."""
MOST_CLAUSES = 500
"""Lucene refuses a query of more than 1,024."""
ONE_SLIP, TWO_SLIPS = 4, 8
"""From how many characters on a word may be one or two slips away."""
MOST_SLIPPED = 16
"""More unknown words than that are no slips."""

Words = Sequence[Sequence[str]]
"""One list for every word of the text: those of which a model must hold one."""


def checked(text: str | None) -> str | None:
    """Return a text as it is compared, without blanks around it; None where there is nothing to look for.

    Raises:
        ValidationError: It is no text, holds NUL or half a character, or is too long.
    """
    if text is None or (isinstance(text, str) and not text.strip()):
        return None
    return folded(check_text(text, "text to look for")).strip()


def words_of(text: str) -> list[str]:
    """Return the words of a folded text, each once: letters and digits in a row; a text without any is a word itself.

    >>> words_of("ml/fraud_scoring v2")
    ['ml', 'fraud', 'scoring', 'v2']
    """
    return list(dict.fromkeys(WORD.findall(text))) or [text]


def narrowed(words: Words) -> str | None:
    """Return a Lucene query that finds every model with these words, and perhaps more; None where all must be looked at.

    Only the letters a to z get into it, so nothing that a person types is read as a query. They are looked for within the
    words of the index, since they may stand in the middle of one.

    >>> narrowed([["fraud"], ["scoring", "scored"]])
    '(+((*fraud*)) +((*scored*) (*scoring*))) OR /.{127}.*/'
    """
    clauses = [ways for near in words if all(ways := {frozenset(LETTERS.findall(word)) for word in near})]
    size = sum(len(way) for ways in clauses for way in ways)
    if not 0 < size <= MOST_CLAUSES:
        return None
    return f"({' '.join(f'+({_any(ways)})' for ways in clauses)}) OR {CUT_SHORT}"


def meant(words: Iterable[str], known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each word that no model holds, the known words that are one or two slips away; nothing if one has none.

    A slip is a character too many, too few or another one, or two neighbours in each other's place.

    Args:
        words: Words of the text.
        known: Texts that hold every word of the models.

    >>> meant(["fraud", "scroing"], ["fraud", "scoring"])
    {'scroing': ('scoring',)}
    """
    vocabulary = sorted(set(chain.from_iterable(map(WORD.findall, known))))
    everything = "\n".join(vocabulary)
    foreign = [word for word in words if word not in everything]
    if len(foreign) > MOST_SLIPPED:
        return {}
    found = {word: _near(word, vocabulary) for word in foreign}
    return found if all(found.values()) else {}


def _any(ways: Iterable[frozenset[str]]) -> str:
    return " ".join(sorted(f"({' AND '.join(f'*{run}*' for run in sorted(way))})" for way in ways))


def _near(word: str, vocabulary: Sequence[str]) -> tuple[str, ...]:
    from rapidfuzz.distance import OSA

    slips = (len(word) >= ONE_SLIP) + (len(word) >= TWO_SLIPS)
    return tuple(each for each in vocabulary if slips and OSA.distance(word, each, score_cutoff=slips) <= slips)
