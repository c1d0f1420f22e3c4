"""A file system that reads credentials out of its address, tells no times, and says of what is gone what it likes."""

from typing import Any, ClassVar

import fsspec
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.utils import infer_storage_options

ADDRESS = "vault://KEY:SECRET@host"


class VaultFileSystem(MemoryFileSystem):  # type: ignore[misc]
    """Memory behind a password."""

    protocol = "vault"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    def __init__(self, *arguments: Any, host: str = "", username: str = "", password: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.told = (host, username, password)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(infer_storage_options(path)["path"]).rstrip("/")

    @staticmethod
    def _get_kwargs_from_urls(path: str) -> dict[str, Any]:
        return {key: value for key, value in infer_storage_options(path).items() if key in ("host", "username", "password")}

    def info(self, path: str, **options: Any) -> dict[str, Any]:
        """Tell name, size and type."""
        return {key: value for key, value in super().info(path, **options).items() if key != "created"}

    def cat_file(self, path: str, *_: Any, **__: Any) -> bytes:
        """Return bytes."""
        if path not in self.store:
            raise RuntimeError("550 no such entry")
        return bytes(super().cat_file(path))

    def _open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        if self.told != ("host", "KEY", "SECRET"):
            raise PermissionError("401")
        if mode == "rb" and path not in self.store:
            raise RuntimeError("550 no such entry")
        return super()._open(path, mode, **options)


fsspec.register_implementation("vault", VaultFileSystem, clobber=True)
