"""The password of the local server: random, made once for a home, in a file that only the owner can read."""

import os
import secrets
import subprocess
from pathlib import Path

from graph_ledger.errors import ServerStartError
from graph_ledger.server.folders import Home, Installation
from graph_ledger.server.java import admin_command

USER = "neo4j"


def credentials(home: Path) -> tuple[str, str]:
    """Return user and password of the server of a home.

    Raises:
        ServerStartError: It has none yet, because it never was started.
    """
    try:
        return USER, Home.at(home).password.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise ServerStartError(f"{home} has no password yet: start the server first") from None


def ensure_password(installation: Installation, home: Home) -> None:
    """Make the password before the server's first start; later it is only looked for.

    Raises:
        ServerStartError: The graph is there but its password is not, or the server refused it.
    """
    if (home.data / "databases" / "system").exists():
        if not home.password.exists():
            raise ServerStartError(f"the file {home.password} is gone, and the graph beside it opens with no other password: put it back")
        return
    if not home.password.exists():
        with os.fdopen(os.open(home.password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(24))
    if not (home.data / "dbms" / "auth.ini").exists():
        _hand_over(installation, home)


def _hand_over(installation: Installation, home: Home) -> None:
    _, password = credentials(home.root)
    command = admin_command(installation, "dbms", "set-initial-password", password)
    environment = {**os.environ, "NEO4J_HOME": str(home.root), "NEO4J_CONF": str(home.configuration)}
    done = subprocess.run(command, env=environment, cwd=home.root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ServerStartError(f"its password could not be set: {done.stderr.strip() or done.stdout.strip()}")
