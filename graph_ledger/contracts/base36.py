"""Base 36: serials as they stand at the end of a URI."""

import re

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
EXACT = re.compile(r"0|[1-9a-z][0-9a-z]*")


def b36encode(serial: int) -> str:
    """Write a serial in base 36, without padding.

    Raises:
        ValueError: It is negative.

    >>> [b36encode(serial) for serial in (0, 35, 36, 42, 103, 1_000_000)]
    ['0', 'z', '10', '16', '2v', 'lfls']
    """
    if serial < 0:
        raise ValueError(f"a serial is 0 or more, not {serial}")
    digits = ""
    while serial >= len(DIGITS):
        serial, digit = divmod(serial, len(DIGITS))
        digits = DIGITS[digit] + digits
    return DIGITS[serial] + digits


def b36decode(text: str) -> int:
    """Read a serial in base 36.

    Raises:
        ValueError: It is not the exact form: another character, a capital, padding, nothing.

    >>> b36decode("2v")
    103
    """
    if not EXACT.fullmatch(text):
        raise ValueError(f"{text!r} is no serial in base 36: the digits are 0-9 and a-z, without padding")
    return int(text, len(DIGITS))
