"""Replacing: write a file whole or not at all, and leave whatever else a path leads to as it is."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, BinaryIO, Literal, TextIO, TypeVar

from graph_ledger.errors import ValidationError

File = TypeVar("File", bound=IO[Any])


def always() -> bool:
    """Let the file be replaced."""
    return True


def reason(error: Exception) -> str:
    """Return why a file cannot be read or written."""
    return getattr(error, "strerror", None) or str(error)


@contextmanager
def replacing(path: str | Path, gives_way: Callable[[], bool] = always) -> Iterator[TextIO]:
    """Open a file of text that takes the place of ``path`` when all is well, and leaves no trace when it is not.

    A link stays and what it leads to is replaced, with the mode that it has; a device or a pipe is written to.

    Args:
        path: The file.
        gives_way: Asked when all is written, while no other process replaces a file of that folder; False leaves the file as it is.

    Raises:
        ValidationError: Nothing can be written there; found out before anything else is done.
    """
    with _replacing(path, lambda file, how: file.open(how, encoding="utf-8", newline="\n"), gives_way) as file:
        yield file


@contextmanager
def replacing_bytes(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file of bytes that takes the place of ``path``, likewise.

    Raises:
        ValidationError: Nothing can be written there; found out before anything else is done.
    """
    with _replacing(path, lambda file, how: file.open("xb" if how == "x" else "ab"), always) as file:
        yield file


@contextmanager
def _replacing(path: str | Path, opening: Callable[[Path, Literal["x", "a"]], File], gives_way: Callable[[], bool]) -> Iterator[File]:
    given = Path(path)
    try:
        mode = _mode(given)
        target = None if _is_stream(given, mode) else given.resolve()
        file = opening(given if target is None else target.with_name(f".{token_hex(8)}.part"), "x" if target else "a")
    except (OSError, ValueError) as error:
        raise ValidationError(f"{str(path)!r} cannot be written: {reason(error)}") from None
    if target is None:
        with file:
            yield file
        return
    beside = Path(file.name)
    try:
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with _alone(target.parent):
            if gives_way():
                beside.replace(target)
    except OSError as error:
        raise ValidationError(f"{str(path)!r} cannot be written: {reason(error)}") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def _mode(path: Path) -> int | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a folder")
    return mode


def _is_stream(path: Path, mode: int | None) -> bool:
    """Say whether nothing can take its place: a device, a pipe, or what a process has open, such as /dev/stdout."""
    return mode is not None and (not stat.S_ISREG(mode) or path.absolute().parts[1:2] in {("dev",), ("proc",)})


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold off other processes and threads that replace a file of a folder, where the system can."""
    held = _lock(folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _lock(folder: Path) -> int | None:
    try:
        import fcntl

        held = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    with suppress(OSError):
        fcntl.flock(held, fcntl.LOCK_EX)
    return held
