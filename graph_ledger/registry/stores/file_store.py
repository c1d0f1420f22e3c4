"""FileModelStore: artifacts in a folder."""

import contextlib
import io
import os
import secrets
import time
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.registry.stores.paths import PENDING, check_path, path_of
from graph_ledger.registry.stores.store import ModelStore, Staged, copied

FORGOTTEN = 24 * 3600.0
"""Seconds after which bytes that no version got are nobody's: whoever staged them was killed."""


class FileModelStore(ModelStore):
    """Artifacts in a folder: ``{base}/{model}/{version}/model.bin``.

    A file is never overwritten, and appears whole or not at all. Nothing outside of the folder is read or written, whatever
    names, paths and links say.
    """

    def __init__(self, base_path: str | PathLike[str] = "./models") -> None:
        self.base_path = Path(base_path)

    @property
    def address(self) -> str:
        """Its folder, as a file address."""
        return self.base_path.absolute().as_uri()

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
        return self._inside(path).read_bytes()

    def open_artifact(self, path: str) -> BinaryIO:
        """Open bytes to be read in parts."""
        return self._inside(path).open("rb")

    def delete_artifact(self, path: str) -> bool:
        """Delete bytes, and the folders that are empty then; False where there were none."""
        file = self._inside(path)
        try:
            file.unlink()
        except FileNotFoundError:
            return False
        base = self.base_path.resolve()
        with contextlib.suppress(OSError):  # a folder that is not empty, or that somebody else just removed
            for folder in file.parents:
                if folder == base:
                    break
                folder.rmdir()
        return True

    def stage(self, source: BinaryIO) -> Staged:
        """Write bytes under a temporary name, in parts."""
        folder = self.base_path / PENDING
        folder.mkdir(parents=True, exist_ok=True)
        self._inside(PENDING)
        _forget(folder)
        name = secrets.token_hex(16)
        file = folder / name
        try:
            with file.open("xb") as sink:
                digest, size = copied(source, sink.write)
                sink.flush()
                os.fsync(sink.fileno())
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        return Staged(name, digest, size)

    def publish(self, staged: Staged, model_name: str, version: str) -> str:
        """Give staged bytes their name; the same bytes under it already will do."""
        path = path_of(model_name, version)
        target = self._inside(path)
        try:
            self._name(self.base_path / PENDING / staged.name, target)
        except FileExistsError:
            with target.open("rb") as there:
                if copied(there) != (staged.sha256, staged.size):
                    raise ConflictError(
                        f"{path} is in the store already, with other bytes: a stored artifact is never overwritten; "
                        "take the file away, or register another version"
                    ) from None
        return path

    def discard(self, staged: Staged) -> None:
        """Forget staged bytes."""
        (self.base_path / PENDING / staged.name).unlink(missing_ok=True)

    @staticmethod
    def _name(source: Path, target: Path) -> None:
        """Give a file a second name, which fails where the name is taken; again where the folder was just removed by others."""
        for last in (False, False, True):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, target)
            except FileNotFoundError:
                if last or not source.exists():
                    raise
            except (PermissionError, NotImplementedError):
                if target.exists():
                    raise FileExistsError(target) from None
                source.rename(target)  # a file system without links
                return
            else:
                return

    def _inside(self, path: str) -> Path:
        """Return where a path leads, links followed.

        Raises:
            ValidationError: It leads out of the folder.
        """
        base = self.base_path.resolve()
        found = (base / check_path(path)).resolve()
        if base not in found.parents:
            raise ValidationError(f"the path {path!r} leads out of the store {base}, by a link")
        return found


def _forget(folder: Path) -> None:
    """Remove what was staged long ago by somebody who was killed before its version got it."""
    for entry in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - entry.stat().st_mtime > FORGOTTEN:
                entry.unlink()
