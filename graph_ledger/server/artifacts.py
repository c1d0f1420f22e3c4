"""The jars that are the server, as ``artifacts.lock`` lists them: one ``group:artifact:version[:classifier] sha256`` a line."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

SERVER = ("org.neo4j.app", "neo4j-server")


class Artifact(NamedTuple):
    """One jar of the lock."""

    group: str
    name: str
    version: str
    classifier: str
    sha256: str

    @property
    def file_name(self) -> str:
        """The jar's name in the library folder."""
        return "-".join(part for part in (self.name, self.version, self.classifier) if part) + ".jar"

    def __str__(self) -> str:
        return ":".join(part for part in (self.group, self.name, self.version, self.classifier) if part)


class Lock(NamedTuple):
    """All jars of one server, and a short digest that changes with any of them."""

    artifacts: tuple[Artifact, ...]
    digest: str

    @property
    def version(self) -> str:
        """The server's version."""
        return next((jar.version for jar in self.artifacts if (jar.group, jar.name) == SERVER), "unknown")


@cache
def shipped_lock() -> Lock:
    """Read the lock that came with the package."""
    return parsed(files("graph_ledger.server").joinpath("artifacts.lock").read_text(encoding="utf-8"))


def parsed(text: str) -> Lock:
    """Read the text of a lock file.

    >>> parsed("org.example:thing:1.0:linux-x86_64 abc").artifacts[0].file_name
    'thing-1.0-linux-x86_64.jar'
    """
    return Lock(tuple(_artifact(line) for line in text.splitlines() if line), sha256(text.encode()).hexdigest()[:12])


def _artifact(line: str) -> Artifact:
    coordinate, checksum = line.split()
    group, name, version, *classifier = coordinate.split(":")
    return Artifact(group, name, version, "".join(classifier), checksum)
