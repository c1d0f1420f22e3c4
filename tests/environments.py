"""Environments of their own for the systems that connectors read: made on demand, kept in the cache folder."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

from filelock import FileLock

from graph_ledger.settings import Settings

PATIENCE = 900


def environment(name: str, *requirements: str) -> Path:
    """Return the folder with the programs of an environment that holds these packages; make it where it is not there yet.

    Named by its packages and this Python, so that a changed list is another environment and two runs at once share one.
    """
    wanted = "\n".join([sys.version, *requirements])
    home = Settings().cache / "environments" / f"{name}-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}"
    home.parent.mkdir(parents=True, exist_ok=True)
    ready = home / "ready"
    with FileLock(f"{home}.lock"):
        if not ready.exists():
            venv.create(home, with_pip=True, clear=True)
            command = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
            made = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
            assert made.returncode == 0, f"{' '.join(requirements)} cannot be installed: {made.stderr[-2000:]}"
            ready.touch()
    return home / "bin"
