"""``neo4j.conf``: loopback only, no reports to anybody, memory for one large sync."""

from graph_ledger.server.folders import Home
from graph_ledger.server.ports import Ports

CONFIGURATION = """\
# Written by graph-ledger at every start; settings of your own go into neo4j.local.conf beside this file.
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.security.http_access_control_allow_origin=http://127.0.0.1:{http}
dbms.usage_report.enabled=false
client.allow_telemetry=false
server.memory.pagecache.size=256m
dbms.memory.transaction.total.max=1g
db.tx_log.preallocate=false
db.tx_log.rotation.size=32m
db.tx_log.rotation.retention_policy=keep_none
db.lock.acquisition.timeout=30s
db.transaction.timeout=5m
server.directories.import=import
db.query.default_language=CYPHER_5
dbms.fleet_manager.enabled=false
server.fleet_discovery.enabled=false
server.http.x_forward.enabled=false
internal.server.bolt.thread_pool_shutdown_wait_time=1s
"""
# Its last line: at a stop, when all is written, Bolt waits twice that long for nobody; Neo4j's own 5 s make a stop take 10 s instead of 2.
OWN = "neo4j.local.conf"


def write_configuration(home: Home, ports: Ports) -> None:
    """Write ``neo4j.conf``; a line of the user's own file replaces ours of the same key."""
    lines = CONFIGURATION.format(bolt=ports.bolt, http=ports.http).splitlines()
    own_file = home.configuration / OWN
    own = own_file.read_text(encoding="utf-8").splitlines() if own_file.exists() else []
    replaced = {_key(line) for line in own}
    kept = [line for line in lines if line.startswith("#") or _key(line) not in replaced]
    (home.configuration / "neo4j.conf").write_text("\n".join([*kept, *own, ""]), encoding="utf-8")


def _key(line: str) -> str:
    return line.partition("=")[0].strip()
