"""Keys: Ed25519, as C2SP signed notes name and use them; a key is read from a PEM file, a public one also from its text.

Source: https://c2sp.org/signed-note, signature type 1.
"""

import base64
import binascii
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from graph_ledger.errors import ValidationError
from graph_ledger.values.replacing import reason

ED25519 = b"\x01"
RAW = 32
VKEY = "name+hash+base64"


class PublicKey(NamedTuple):
    """A key that checks signatures; without a name it checks whatever it signed, under any name."""

    raw: bytes
    name: str | None = None

    def signed(self, text: bytes, signature: bytes) -> bool:
        """Say whether a signature of the text is its own."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class PrivateKey(NamedTuple):
    """A key that signs."""

    raw: bytes
    sign: Callable[[bytes], bytes]


def key_id(name: str, raw: bytes) -> bytes:
    """Return the four bytes by which a signature says whose it is."""
    return sha256(name.encode() + b"\n" + ED25519 + raw).digest()[:4]


def vkey(name: str, raw: bytes) -> str:
    """Return a public key in the one line that other tools read."""
    return f"{name}+{key_id(name, raw).hex()}+{base64.b64encode(ED25519 + raw).decode()}"


def private_key(path: str | Path) -> PrivateKey:
    """Read the key that signs from a PEM file.

    Raises:
        ValidationError: No such file, no PEM, encrypted, or another kind than Ed25519.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    data = _read(path)
    try:
        key = load_pem_private_key(data, None)
    except TypeError:
        raise ValidationError(f"the key {path} is encrypted: give one without a password, in a folder that only you can read") from None
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValidationError(f"{path} holds no private key in PEM: {_first_line(error)}; {_how_to_make_one()}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ValidationError(f"the key {path} is no Ed25519 key; {_how_to_make_one()}")
    return PrivateKey(key.public_key().public_bytes_raw(), key.sign)


def public_key(given: str | Path) -> PublicKey:
    """Read the key that checks: ``name+hash+base64``, or a file that holds such a line or a PEM.

    Raises:
        ValidationError: It is neither, or of another kind than Ed25519.
    """
    if isinstance(given, str) and given.count("+") >= 2 and not _exists(given):  # noqa: PLR2004  # name+hash+base64
        return _of_vkey(given)
    data = _read(given)
    if b"-----BEGIN" not in data:
        return _of_vkey(data.decode("utf-8", errors="replace").strip())
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if b"PRIVATE KEY" in data:
        raise ValidationError(f"{given} holds a private key; give the public one: `openssl pkey -in {given} -pubout`")
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValidationError(f"{given} holds no public key in PEM: {_first_line(error)}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise ValidationError(f"the key {given} is no Ed25519 key")
    return PublicKey(key.public_bytes_raw())


def _of_vkey(text: str) -> PublicKey:
    name, _, rest = text.partition("+")
    hashed, _, encoded = rest.partition("+")
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    raw = data[1:]
    if not name or not name.isprintable() or data[:1] != ED25519 or len(raw) != RAW:
        raise ValidationError(f"{text!r} is no public key: give a PEM file, or {VKEY} of an Ed25519 key")
    if hashed != key_id(name, raw).hex():
        raise ValidationError(f"the public key of {name} does not have the hash {hashed!r} that it names: copy it anew")
    return PublicKey(raw, name)


def _exists(path: str) -> bool:
    """Say whether it is a file; a line too long for the name of one is none."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _read(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise ValidationError(f"the key {str(path)!r} cannot be read: {reason(error)}") from None


def _how_to_make_one() -> str:
    return "`openssl genpkey -algorithm ed25519 -out key.pem` makes one"


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
