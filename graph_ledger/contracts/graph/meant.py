"""Which concept is meant: by label, old or new, by any URI of it, by an address at which it is met."""

import re
from typing import NamedTuple

from graph_ledger.contracts.graph.ports import port_of
from graph_ledger.database.database import Database, Row
from graph_ledger.errors import AmbiguousModelError, ConceptNotFoundError, ValidationError
from graph_ledger.values.contracts.kinds import Status
from graph_ledger.values.port import normal

NEAR, LOOKED_AT = 5, 20_000
ADDRESS, URI = 1, 2
"""How a reference was understood; 0 is by a name."""
_PARTS = re.compile(r"(?P<prefix>[^:/\s]+)[:/](?P<label>.+)", re.DOTALL)


class Found(NamedTuple):
    """A concept that a reference may mean."""

    uri: str
    label: str
    status: str
    serial: int
    prefix: str
    previous: list[str]
    how: int
    """2: by a URI, 1: by an address, 0: by a name."""


class Reference(NamedTuple):
    """A reference as it is looked for."""

    text: str
    prefix: str | None
    label: str


def reference(ref: str) -> Reference:
    """Take a reference apart.

    Raises:
        ValidationError: It is none, or blank.
    """
    if not isinstance(ref, str) or not ref.strip():
        raise ValidationError(f"a concept is asked for by PREFIX:LABEL, a URI or a runtime path, not by {ref!r}")
    text = normal(ref)
    parts = _PARTS.fullmatch(text)
    if parts is None or parts["label"].startswith("//"):
        return Reference(text, None, text)
    return Reference(text, parts["prefix"].lower(), parts["label"])


def candidates(database: Database, ref: str) -> list[Found]:
    """Return every concept that a reference may mean, the likeliest first.

    Raises:
        ConceptNotFoundError: None; ``.near`` lists what is nearly called so.
        AmbiguousModelError: Namespaces disagree; ``.keys`` lists them.
    """
    asked = reference(ref)
    port = None if asked.prefix is None else port_of(asked.prefix, asked.label)
    row = database.read("contracts/resolve", ref=asked.text, prefix=asked.prefix, label=asked.label, port=port)
    found = sorted((Found(*columns) for columns in row["found"]), key=lambda each: _rank(each, asked))
    if not found:
        raise ConceptNotFoundError(ref, _near(asked, database.read("contracts/labels", prefix=asked.prefix, most=LOOKED_AT)))
    prefixes = {each.prefix for each in found if each.how == found[0].how and each.status == found[0].status}
    if asked.prefix is None and len(prefixes) > 1 and found[0].how < 2:  # noqa: PLR2004  # a URI is one namespace's
        raise AmbiguousModelError(ref, sorted(f"{prefix}:{asked.label}" for prefix in prefixes))
    return found


def _rank(each: Found, asked: Reference) -> tuple[bool, bool, bool, bool, int]:
    """A URI first, then the living, then who is called so now, then who was, then an address; then who came last."""
    living = each.status == Status.ACTIVE
    return each.how != 2, not living, each.label != asked.label, asked.label not in each.previous, -each.serial  # noqa: PLR2004


def _near(asked: Reference, row: Row) -> list[str]:
    from rapidfuzz import process

    wanted = asked.text if asked.prefix is None else f"{asked.prefix}:{asked.label}"
    return [label for label, _, _ in process.extract(wanted, row["labels"], limit=NEAR, score_cutoff=80)]
