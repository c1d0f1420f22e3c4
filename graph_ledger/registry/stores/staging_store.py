"""StagingModelStore: what stores share that keep bytes under a temporary name until a version gets them."""

import io
import re
import secrets
import time
from abc import abstractmethod
from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO

from graph_ledger.errors import ValidationError
from graph_ledger.registry.stores.paths import PENDING, path_of
from graph_ledger.registry.stores.store import ModelStore, Staged, check_staged, copied, other_bytes

FORGOTTEN = 24 * 3600
"""Seconds after which bytes that no version got are nobody's: whoever staged them was killed."""
NAME = re.compile(r"[0-9a-f]{32}")
"""A temporary name: ten hex digits say when it was given, in seconds since 1970, the others are drawn."""


class StagingModelStore(ModelStore):
    """A store that takes bytes in under ``~pending`` and then gives them their name.

    A temporary name says when it was given, so what is left behind is found by one listing, whatever a file system
    tells of times.
    """

    def __init__(self) -> None:
        self._taken: dict[str, Staged] = {}

    @abstractmethod
    def _keep(self, name: str, source: BinaryIO) -> tuple[str, int]:
        """Write bytes under a temporary name, in parts; return SHA-256 and size."""

    @abstractmethod
    def _give(self, name: str, path: str) -> None:
        """Let what has a temporary name lie at a path; FileExistsError where something lies there."""

    @abstractmethod
    def _drop(self, name: str) -> None:
        """Delete what has a temporary name, if anything has."""

    @abstractmethod
    def _waiting(self) -> Iterable[str]:
        """List the temporary names."""

    def save_artifact(self, model_name: str, version: str, artifact: bytes) -> str:
        """Keep the bytes of a version; return the path under which they are found again.

        Raises:
            ConflictError: Other bytes are there already.
        """
        path_of(model_name, version)
        staged = self.stage(io.BytesIO(artifact))
        try:
            return self.publish(staged, model_name, version)
        finally:
            self.discard(staged)

    def stage(self, source: BinaryIO) -> Staged:
        """Write bytes under a temporary name, in parts; what was left there a day ago is forgotten."""
        with suppress(Exception):  # file systems raise what they like, and no registration fails of what others left
            self._sweep()
        name = f"{int(time.time()):010x}{secrets.token_hex(11)}"
        try:
            staged = Staged(name, *self._keep(name, source))
        except BaseException:
            self._forget(name)
            raise
        self._taken[name] = staged
        return staged

    def publish(self, staged: Staged, model_name: str, version: str) -> str:
        """Give staged bytes their name; the same bytes under it already will do.

        Raises:
            ConflictError: Other bytes are there already; those that are there stay.
            ValidationError: They are not what is staged here.
        """
        path = path_of(model_name, version)
        self._check(staged)
        try:
            self._give(staged.name, path)
        except FileExistsError:
            with self.open_artifact(path) as there:
                if copied(there) != (staged.sha256, staged.size):
                    raise other_bytes(path) from None
        return path

    def discard(self, staged: Staged) -> None:
        """Forget staged bytes; those that cannot be deleted now are forgotten after a day."""
        self._forget(_name(staged))

    def _check(self, staged: Staged) -> None:
        """Trust what this store said itself, and read again what somebody else says of bytes."""
        if self._taken.get(_name(staged)) != staged:
            with self.open_artifact(f"{PENDING}/{staged.name}") as there:
                check_staged(staged, there)

    def _forget(self, name: str) -> None:
        self._taken.pop(name, None)
        with suppress(Exception):  # file systems raise what they like, and what stays is swept
            self._drop(name)

    def _sweep(self) -> None:
        before = time.time() - FORGOTTEN
        for name in self._waiting():
            if NAME.fullmatch(name) and int(name[:10], 16) < before:
                self._forget(name)


def _name(staged: Staged) -> str:
    """Return the temporary name of staged bytes.

    Raises:
        ValidationError: No store gave it.
    """
    if not isinstance(staged.name, str) or not NAME.fullmatch(staged.name):
        raise ValidationError(f"{staged.name!r} is no name of staged bytes: only what this store's stage() returned is published")
    return staged.name
