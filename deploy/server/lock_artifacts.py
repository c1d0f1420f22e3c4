"""Write ``graph_ledger/server/artifacts.lock`` anew: which jars the local server is, and what is in them. For maintainers.

Maven resolves, because another resolver picks other versions; so Maven and a Java must be on the path::

    python deploy/server/lock_artifacts.py
"""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

ROOTS = ("org.neo4j.app:neo4j-server:2026.08.1", "org.neo4j:neo4j:2026.08.1", "org.neo4j.client:neo4j-browser:5.24.0")
LOCK = Path(__file__).parents[2] / "graph_ledger" / "server" / "artifacts.lock"
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>graph-ledger</groupId><artifactId>local-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>{}</dependencies>
</project>
"""


def main() -> None:
    """Resolve the roots, hash every jar of their runtime closure, write the lock."""
    with TemporaryDirectory() as folder:
        lines = sorted(resolved(Path(folder)))
    LOCK.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} jars in {LOCK}", file=sys.stderr)  # noqa: T201


def resolved(folder: Path) -> list[str]:
    """Return a line ``group:artifact:version[:classifier] sha256`` for each jar."""
    (folder / "pom.xml").write_text(POM.format("".join(dependency(root) for root in ROOTS)), encoding="utf-8")
    goal = ["dependency:list", "-DincludeScope=runtime", "-DoutputFile=list.txt", "-DoutputAbsoluteArtifactFilename=true"]
    subprocess.run(["mvn", "-B", "-q", *goal], cwd=folder, check=True)  # noqa: S603, S607
    listed = (folder / "list.txt").read_text(encoding="utf-8").splitlines()
    return [locked(line.strip()) for line in listed if ":jar:" in line]


def dependency(root: str) -> str:
    """Return the pom's element for ``group:artifact:version``."""
    group, artifact, version = root.split(":")
    return f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version></dependency>"


def locked(line: str) -> str:
    """Turn Maven's ``group:artifact:jar[:classifier]:version:scope:path`` into a line of the lock."""
    coordinate, _, path = line.partition(":/")
    group, artifact, _, *classifier, version, _ = coordinate.split(":")
    checksum = sha256(Path("/", path).read_bytes()).hexdigest()
    return f"{':'.join([group, artifact, version, *classifier])} {checksum}"


if __name__ == "__main__":
    main()
