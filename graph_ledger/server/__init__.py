"""The local Neo4j Community server: installed from a lock file, run without Docker and without a Java of the system."""

from graph_ledger.server.install import install, is_installed
from graph_ledger.server.logs import logs
from graph_ledger.server.password import credentials
from graph_ledger.server.start import start
from graph_ledger.server.status import Status, status
from graph_ledger.server.stop import stop
from graph_ledger.server.temporary import Temporary, temporary

__all__ = ["Status", "Temporary", "credentials", "install", "is_installed", "logs", "start", "status", "stop", "temporary"]
