"""FsspecModelStore: artifacts wherever fsspec reaches: object stores, other machines, memory."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, BinaryIO, cast

from graph_ledger.errors import ValidationError
from graph_ledger.registry.stores.addresses import links_of, shown, with_options
from graph_ledger.registry.stores.paths import PENDING, check_path
from graph_ledger.registry.stores.staging_store import StagingModelStore
from graph_ledger.registry.stores.store import copied

COMMAND = 'pip install "graph-ledger[stores]"'


class FsspecModelStore(StagingModelStore):
    """Artifacts at an address that fsspec knows, such as ``s3://bucket/models``; ``options`` are those of its file system.

    Credentials may stand in the address, and are told nowhere. Most such file systems cannot take a name only where it is free:
    of two who publish one version at once, the registry's lock lets one in; nothing else does.

    Raises:
        ModuleNotFoundError: fsspec, or what it needs for such an address, is not installed.
        ValidationError: It knows no such address, or the address is a folder of this machine.
    """

    def __init__(self, address: str, **options: Any) -> None:
        super().__init__()
        self._address = shown(address)
        if links_of(address)[-1].scheme.lower() in ("", "file", "local"):
            raise ValidationError(
                f"{self._address!r} ends in a folder of this machine: give the folder alone, which is kept by FileModelStore"
            )
        self._files, self._base = _reached(address, self._address, options)
        _check_files(self._files, self._base, address, self._address)

    @property
    def address(self) -> str:
        """The address, without any credentials."""
        return self._address

    def load_artifact(self, path: str) -> bytes:
        """Return bytes."""
        return bytes(self._files.cat_file(self._found(path)))

    def open_artifact(self, path: str) -> BinaryIO:
        """Open bytes to be read in parts."""
        return cast("BinaryIO", self._files.open(self._found(path), "rb"))

    def delete_artifact(self, path: str) -> bool:
        """Delete bytes; False where there were none."""
        place = self._at(path)
        if not self._is_there(place):
            return False
        self._files.rm_file(place)
        return True

    def _keep(self, name: str, source: BinaryIO) -> tuple[str, int]:
        self._files.makedirs(f"{self._base}/{PENDING}", exist_ok=True)
        with self._files.open(self._at(f"{PENDING}/{name}"), "wb") as sink:
            return copied(source, sink.write)

    def _give(self, name: str, path: str) -> None:
        target = self._at(path)
        if self._is_there(target):
            raise FileExistsError(path)
        self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
        self._files.mv(self._at(f"{PENDING}/{name}"), target)

    def _drop(self, name: str) -> None:
        self._files.rm_file(self._at(f"{PENDING}/{name}"))

    def _waiting(self) -> Iterable[str]:
        folder = f"{self._base}/{PENDING}"
        self._files.invalidate_cache(folder)
        return [str(found).rstrip("/").rpartition("/")[2] for found in self._files.ls(folder, detail=False)]

    def _found(self, path: str) -> str:
        """Return where bytes lie that are there: some file systems say in words of their own, or when they are read, that they are not.

        Raises:
            FileNotFoundError: They are not.
        """
        place = self._at(path)
        if not self._is_there(place):
            raise FileNotFoundError(path)
        return place

    def _is_there(self, place: str) -> bool:
        """Whether something lies there now; unlike fsspec's own ``exists``, what cannot be told is not taken for a no."""
        self._files.invalidate_cache(place)
        try:
            self._files.info(place)
        except FileNotFoundError:
            return False
        return True

    def _at(self, path: str) -> str:
        return f"{self._base}/{check_path(path)}"


def _reached(address: str, told: str, options: dict[str, Any]) -> tuple[Any, str]:
    """Return the file system at an address, and the path in it."""
    secret = any(link.user or link.query for link in links_of(address))
    address, options = with_options(address, options)
    try:
        files, base = import_module("fsspec.core").url_to_fs(address, **options)
    except ImportError as error:
        raise ModuleNotFoundError(f"{error}: {COMMAND} brings fsspec, and {told!r} may need a package of its own") from None
    except ValueError as error:
        why = "" if secret else f": {error}"  # it may quote what is not told
        raise ValidationError(f"{told!r} is no address of a store{why}") from None
    return files, str(base).rstrip("/")


def _check_files(files: Any, base: str, address: str, told: str) -> None:
    """Refuse what would follow links out of the base, show credentials in every path, or read a path as a pattern."""
    local = import_module("fsspec.implementations.local").LocalFileSystem
    while files is not None:
        if isinstance(files, local):
            raise ValidationError(f"{told!r} is kept in a folder of this machine: give the folder alone")
        files = getattr(files, "fs", None)
    if any(secret and secret in base for link in links_of(address) for secret in (link.user, link.query)):
        raise ValidationError(
            f"the file system of {told!r} does not read credentials or options out of an address: give them to FsspecModelStore as "
            "options, or set them in fsspec's configuration or the file system's own"
        )
    if any(sign in base for sign in "*?["):
        raise ValidationError(f"{told!r} is no address of a store: '*', '?' and '[' make it a pattern")
