"""FsspecModelStore: artifacts wherever fsspec reaches: object stores, other machines, memory."""

import io
import secrets
from importlib import import_module
from typing import Any, BinaryIO, cast

from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.registry.stores.paths import PENDING, check_path, path_of
from graph_ledger.registry.stores.store import ModelStore, Staged, copied

COMMAND = 'pip install "graph-ledger[stores]"'


class FsspecModelStore(ModelStore):
    """Artifacts at an address that fsspec knows, such as ``s3://bucket/models``; ``options`` are those of its file system.

    Raises:
        ModuleNotFoundError: fsspec, or what it needs for such an address, is not installed.
        ValidationError: It knows no such address.
    """

    def __init__(self, address: str, **options: Any) -> None:
        self._address = address.rstrip("/")
        try:
            self._files, self._base = import_module("fsspec.core").url_to_fs(self._address, **options)
        except ImportError as error:
            raise ModuleNotFoundError(f"{error}: {COMMAND} brings fsspec, and {address!r} may need a package of its own") from None
        except ValueError as error:
            raise ValidationError(f"{address!r} is no address of a store: {error}") from None

    @property
    def address(self) -> str:
        """The address."""
        return self._address

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

    def load_artifact(self, path: str) -> bytes:
        """Return bytes."""
        return bytes(self._files.cat_file(self._at(path)))

    def open_artifact(self, path: str) -> BinaryIO:
        """Open bytes to be read in parts."""
        return cast("BinaryIO", self._files.open(self._at(path), "rb"))

    def delete_artifact(self, path: str) -> bool:
        """Delete bytes; False where there were none."""
        place = self._at(path)
        if not self._files.exists(place):
            return False
        self._files.rm_file(place)
        return True

    def stage(self, source: BinaryIO) -> Staged:
        """Write bytes under a temporary name, in parts."""
        name = secrets.token_hex(16)
        place = f"{self._base}/{PENDING}/{name}"
        self._files.makedirs(f"{self._base}/{PENDING}", exist_ok=True)
        try:
            with self._files.open(place, "wb") as sink:
                digest, size = copied(source, sink.write)
        except BaseException:
            self.discard(Staged(name, "", 0))
            raise
        return Staged(name, digest, size)

    def publish(self, staged: Staged, model_name: str, version: str) -> str:
        """Give staged bytes their name; the same bytes under it already will do."""
        path = path_of(model_name, version)
        target = self._at(path)
        if self._files.exists(target):
            with self._files.open(target, "rb") as there:
                if copied(there) != (staged.sha256, staged.size):
                    raise ConflictError(f"{path} is in the store already, with other bytes: a stored artifact is never overwritten")
            return path
        self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
        self._files.mv(f"{self._base}/{PENDING}/{staged.name}", target)
        return path

    def discard(self, staged: Staged) -> None:
        """Forget staged bytes."""
        place = f"{self._base}/{PENDING}/{staged.name}"
        if self._files.exists(place):
            self._files.rm_file(place)

    def _at(self, path: str) -> str:
        return f"{self._base}/{check_path(path)}"
