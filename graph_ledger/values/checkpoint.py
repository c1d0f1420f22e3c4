"""Checkpoint: how many events were sealed and their root, as a text to be kept where the ledger's writers cannot write.

Source: https://c2sp.org/tlog-checkpoint and https://c2sp.org/signed-note.
"""

import base64
import binascii
import re
from pathlib import Path
from typing import Literal, NamedTuple

from graph_ledger.errors import ValidationError
from graph_ledger.values.keys import PrivateKey, PublicKey, key_id
from graph_ledger.values.replacing import reason

DASH = "\u2014"
HASH = 32
SIZE = re.compile(r"[1-9][0-9]{0,17}")
SIGNATURE = re.compile(rf"{DASH} (\S+) (\S+)")
LONGEST = 255
Signed = Literal["signed", "wrong", "not signed"]


class Signature(NamedTuple):
    """A line below a checkpoint: who signed, by which key, and the signature itself."""

    name: str
    key: bytes
    signature: bytes


class Checkpoint(NamedTuple):
    """The first events of a log, by their number and the root over them."""

    origin: str
    size: int
    root: bytes
    body: str
    """What is signed: the lines before the blank one."""
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, as a file holds it."""
        lines = [f"{DASH} {each.name} {_base64(each.key + each.signature)}\n" for each in self.signatures]
        return self.body + ("\n" + "".join(lines) if lines else "")

    def is_like(self, other: "Checkpoint") -> bool:
        """Say whether both name the same events."""
        return (self.size, self.root) == (other.size, other.root)

    def signed_by(self, key: PublicKey) -> Signed:
        """Say whether a key signed it; a signature in the key's name that is not its own is wrong, even beside a right one.

        A key with a name signs for the log of that name alone.
        """
        found: Signed = "not signed"
        if key.name not in {None, self.origin}:
            return found
        for each in self.signatures:
            if key.name in {None, each.name} and each.key == key_id(each.name, key.raw):
                if not key.signed(self.body.encode(), each.signature):
                    return "wrong"
                found = "signed"
        return found


def checkpoint_of(origin: str, size: int, root: bytes, key: PrivateKey | None = None) -> Checkpoint:
    """Make a checkpoint, signed where a key is given.

    Raises:
        ValidationError: The origin would spoil it: what is signed is read again as origin, size and root, or not made at all.
    """
    body = f"{check_origin(origin)}\n{size}\n{_base64(root)}\n"
    signed = () if key is None else (Signature(origin, key_id(origin, key.raw), key.sign(body.encode())),)
    return parse(Checkpoint(origin, size, root, body, signed).text)


def parse(text: str, name: str = "the checkpoint") -> Checkpoint:
    r"""Read a checkpoint.

    Raises:
        ValidationError: It is none; the message says which line is wrong.

    >>> parse("example.com/ledger\n3\nrrbLz+J0uwtPsGel5VeCZNsPqbUa9eC6FZFY8ynghuQ=\n").size
    3
    """
    body, divided, below = text.rpartition("\n\n")
    body, below = (body + "\n", below) if divided else (below, "")
    lines = body.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not text.replace("\n", "").isprintable():  # noqa: PLR2004  # three and the end
        raise ValidationError(f"{name} is none: it has a line each for origin, number of events and root, and ends with a line feed")
    origin, size, root = lines[:3]
    if not SIZE.fullmatch(size):
        raise ValidationError(f"{name} is none: its second line, {size!r}, is no number of events")
    decoded = _decoded(root)
    if decoded is None or len(decoded) != HASH:
        raise ValidationError(f"{name} is none: its third line, {root!r}, is no SHA-256 in base64")
    return Checkpoint(origin, int(size), decoded, body, tuple(_signature(line, name) for line in _lines(below, divided, name)))


def held(given: str | Path) -> Checkpoint:
    """Read a checkpoint that a person gives: its text, or the file that holds it."""
    if isinstance(given, str) and "\n" in given:
        return parse(given)
    try:
        text = Path(given).read_bytes().decode()
    except (OSError, ValueError) as error:
        raise ValidationError(f"the checkpoint {str(given)!r} cannot be read: {reason(error)}") from None
    return parse(text, f"the checkpoint {given}")


def check_origin(origin: object) -> str:
    """Return the name of a log, which is also the name under which it signs.

    Raises:
        ValidationError: It is blank or too long, or has a space, a plus or what cannot be printed.
    """
    if not isinstance(origin, str) or not 0 < len(origin) <= LONGEST or not origin.isprintable() or re.search(r"[\s+]", origin):
        raise ValidationError(f"origin: {origin!r} names no log; give up to {LONGEST} letters without spaces and plus: example.com/ledger")
    return origin


def _lines(below: str, divided: str, name: str) -> list[str]:
    lines = below.split("\n")
    if divided and (lines[-1] or len(lines) == 1):
        raise ValidationError(f"{name} is none: signatures follow the blank line, each ends with a line feed")
    return lines[:-1]


def _signature(line: str, name: str) -> Signature:
    found = SIGNATURE.fullmatch(line)
    data = _decoded(found[2]) if found else None
    if found is None or data is None or len(data) <= 4 or "+" in found[1]:  # noqa: PLR2004  # the key's id, then the signature
        raise ValidationError(f"{name} is none: {line!r} is no signature")
    return Signature(found[1], data[:4], data[4:])


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes | None:
    """Return the bytes of the one text that stands for them."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if _base64(data) == text else None
