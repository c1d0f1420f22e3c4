"""The start-up cache: what Java learnt in one training run, so that later starts take 2 s instead of 4."""

from pathlib import Path

from graph_ledger.errors import ServerStartError
from graph_ledger.server.configuration import write_configuration
from graph_ledger.server.folders import Home, Installation
from graph_ledger.server.java import fingerprint, server_command
from graph_ledger.server.orphans import remove, throwaway_home
from graph_ledger.server.password import credentials, ensure_password
from graph_ledger.server.ports import ANY, LOOPBACK, Ports, free_ports
from graph_ledger.server.process import await_ready, end, launch

KEPT = 3
PATIENCE = 120.0
STATEMENTS = (
    "CREATE CONSTRAINT trained IF NOT EXISTS FOR (n:Trained) REQUIRE n.key IS UNIQUE",
    "UNWIND range(1, 2000) AS i MERGE (n:Trained {key: i}) SET n.at = datetime() RETURN count(n)",
    "MATCH (a:Trained), (b:Trained {key: a.key + 1}) MERGE (a)-[r:NEXT {key: a.key}]->(b) RETURN count(r)",
    "MATCH p = (a:Trained {key: 1})-[:NEXT*1..]->(b) WITH b, min(length(p)) AS n RETURN collect(b.key), collect(n)",
)


def warm(installation: Installation) -> None:
    """Make the start-up cache for this Java and these jars; the oldest of others go.

    Raises:
        ServerStartError: The training run did not get that far.
    """
    target = _file(installation)
    draft = target.with_suffix(".draft")
    home, ports = throwaway_home(), free_ports(ANY)
    try:
        home.create()
        write_configuration(home, ports)
        ensure_password(installation, home)
        launch(server_command(installation, home, f"-XX:AOTCacheOutput={draft}"), home, ports, installation.lock.version)
        await_ready(home, PATIENCE)
        _exercise(home, ports)
        end(home)
    finally:
        remove(home)
    if not draft.exists():
        raise ServerStartError("Java wrote no start-up cache")
    draft.replace(target)
    for old in sorted(installation.root.glob("*.aot"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink()


def is_warm(installation: Installation) -> bool:
    """Say whether there is a start-up cache for this Java and these jars."""
    return _file(installation).exists()


def start_up_flags(installation: Installation) -> list[str]:
    """Return the flags that use the start-up cache, none when there is none."""
    return [f"-XX:AOTCache={_file(installation)}"] if is_warm(installation) else []


def _file(installation: Installation) -> Path:
    return installation.root / f"{fingerprint(installation)}.aot"


def _exercise(home: Home, ports: Ports) -> None:
    import httpx

    with httpx.Client(base_url=f"http://{LOOPBACK}:{ports.http}", auth=credentials(home.root), timeout=60, trust_env=False) as client:
        for statement in STATEMENTS:
            client.post("/db/neo4j/query/v2", json={"statement": statement}).raise_for_status()
