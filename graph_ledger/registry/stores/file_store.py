"""FileModelStore: artifacts in a folder."""

import os
from collections.abc import Iterable
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from graph_ledger.errors import ValidationError
from graph_ledger.registry.stores.durable import give_name, make_folder, sync_folder
from graph_ledger.registry.stores.paths import PENDING, check_path
from graph_ledger.registry.stores.staging_store import StagingModelStore
from graph_ledger.registry.stores.store import copied


class FileModelStore(StagingModelStore):
    """Artifacts in a folder: ``{base}/{model}/{version}/model.bin``.

    A file is never overwritten, and appears whole or not at all; once it has its name it outlasts a loss of power. On disks
    without hard links who is killed while it gets its name may leave an empty file. Nothing outside of the folder is read or
    written, whatever names, paths and links say.

    Raises:
        ValidationError: No folder is named.
    """

    def __init__(self, base_path: str | PathLike[str] = "./models") -> None:
        super().__init__()
        if not os.fspath(base_path):
            raise ValidationError("a store is in a folder: '' names none; '.' is the one you are in")
        self.base_path = Path(base_path)

    @property
    def address(self) -> str:
        """Its folder, as a file address."""
        return self.base_path.absolute().as_uri()

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
        base, folder = self.base_path.resolve(), file.parent
        with suppress(OSError):  # a folder that is not empty, or that somebody else just removed
            while folder != base:
                folder.rmdir()
                folder = folder.parent
        sync_folder(folder)
        return True

    def _keep(self, name: str, source: BinaryIO) -> tuple[str, int]:
        file = self._inside(f"{PENDING}/{name}")
        make_folder(file.parent)
        with file.open("xb") as sink:
            found = copied(source, sink.write)
            sink.flush()
            os.fsync(sink.fileno())
        return found

    def _give(self, name: str, path: str) -> None:
        target, base = self._inside(path), self.base_path.resolve()
        give_name(self._inside(f"{PENDING}/{name}"), target)
        for folder in target.parents:  # those that were there too: who made one may have been killed before it was synced
            sync_folder(folder)
            if folder == base:
                break

    def _drop(self, name: str) -> None:
        self._inside(f"{PENDING}/{name}").unlink(missing_ok=True)

    def _waiting(self) -> Iterable[str]:
        return (file.name for file in self._inside(PENDING).iterdir())

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
