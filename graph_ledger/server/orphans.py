"""Throwaway servers whose Python was killed before it could end them: the next one does."""

import os
import platform
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from graph_ledger.server.extra import server_extra
from graph_ledger.server.folders import Home
from graph_ledger.server.process import end

PREFIX = "graph-ledger-server-"
OWNER = "owner"


def throwaway_home() -> Home:
    """Make a home in the folder for temporary files that says whose it is."""
    home = Home.at(Path(mkdtemp(prefix=PREFIX)))
    (home.root / OWNER).write_text(f"{os.getpid()} {platform.node()}", encoding="utf-8")
    return home


def remove(home: Home) -> None:
    """End the server of a throwaway home at once and remove its folder."""
    end(home, grace=0)
    rmtree(home.root, ignore_errors=True)


def sweep() -> None:
    """Remove what dead owners left behind on this machine."""
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        if _is_orphan(folder):
            remove(Home.at(folder))


def _is_orphan(folder: Path) -> bool:
    with server_extra():
        import psutil
    try:
        number, machine = (folder / OWNER).read_text(encoding="utf-8").split(" ", 1)
        owner = psutil.Process(int(number)) if machine == platform.node() else None
        return owner is not None and owner.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
    except (OSError, ValueError, psutil.AccessDenied):  # another user's, or made this moment
        return False
