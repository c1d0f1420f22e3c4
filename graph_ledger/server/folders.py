"""Where the local server's files are: what was downloaded (cache) and what is the user's (home)."""

from pathlib import Path
from typing import NamedTuple

from graph_ledger.server.artifacts import Lock, shipped_lock


class Installation(NamedTuple):
    """One installed server below the cache folder; another lock is another folder."""

    root: Path
    lock: Lock

    @classmethod
    def below(cls, cache: Path) -> "Installation":
        """Return the folder of the server that this version of the package ships for."""
        lock = shipped_lock()
        return cls(cache.expanduser().absolute() / f"neo4j-{lock.version}-{lock.digest}", lock)

    @property
    def library(self) -> Path:
        """The jars, and nothing else."""
        return self.root / "lib"

    @property
    def incoming(self) -> Path:
        """Downloads not checked yet."""
        return self.root / "incoming"

    @property
    def complete(self) -> Path:
        """An empty file that stands here once every jar was checked."""
        return self.root / "complete"

    @property
    def lock_file(self) -> Path:
        """Held while something installs."""
        return self.root.with_suffix(f"{self.root.suffix}.lock")


class Home(NamedTuple):
    """One server's own folder: data, configuration, logs, password."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> "Home":
        """Return the home at a path, which need not be there yet."""
        return cls(root.expanduser().absolute())

    @property
    def data(self) -> Path:
        """The graph."""
        return self.root / "data"

    @property
    def configuration(self) -> Path:
        """The folder of ``neo4j.conf``, which every start writes anew."""
        return self.root / "conf"

    @property
    def plugins(self) -> Path:
        """Jars that the user adds to the server."""
        return self.root / "plugins"

    @property
    def log(self) -> Path:
        """What the server says of itself; it rotates the file."""
        return self.root / "logs" / "neo4j.log"

    @property
    def console(self) -> Path:
        """What Java itself said since the last start: the byte of readiness, or the reason of an end."""
        return self.root / "logs" / "console.log"

    @property
    def password(self) -> Path:
        """The password, for the owner's eyes only."""
        return self.root / "password"

    @property
    def record(self) -> Path:
        """Which process the server is; it may be stale."""
        return self.root / "server.json"

    @property
    def lock_file(self) -> Path:
        """Held while something starts or stops the server."""
        return self.root / "server.lock"

    def create(self) -> None:
        """Make the folders; the home itself is the owner's alone."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.data, self.configuration, self.plugins, self.log.parent, self.root / "import"):
            folder.mkdir(exist_ok=True)
