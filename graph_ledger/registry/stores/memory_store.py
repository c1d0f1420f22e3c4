"""InMemoryModelStore: artifacts in this process, for trials and tests."""

from threading import Lock

from graph_ledger.registry.stores.paths import check_path, path_of
from graph_ledger.registry.stores.store import ModelStore, other_bytes


class InMemoryModelStore(ModelStore):
    """Artifacts in the memory of this process; any number of threads may use it.

    >>> store = InMemoryModelStore()
    >>> store.load_artifact(store.save_artifact("clf", "1.0", b"weights"))
    b'weights'
    """

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._lock = Lock()

    @property
    def address(self) -> str:
        """It lies in memory."""
        return "memory:"

    def save_artifact(self, model_name: str, version: str, artifact: bytes) -> str:
        """Keep the bytes of a version; return the path under which they are found again.

        Raises:
            ConflictError: Other bytes are there already.
        """
        path, content = path_of(model_name, version), bytes(artifact)
        with self._lock:
            if self._kept.setdefault(path, content) != content:
                raise other_bytes(path)
        return path

    def load_artifact(self, path: str) -> bytes:
        """Return bytes."""
        with self._lock:
            try:
                return self._kept[str(check_path(path))]
            except KeyError:
                raise FileNotFoundError(path) from None

    def delete_artifact(self, path: str) -> bool:
        """Delete bytes; False where there were none."""
        with self._lock:
            return self._kept.pop(str(check_path(path)), None) is not None
