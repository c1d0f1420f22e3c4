"""Fetch the jars of a lock, each checked against its SHA-256 before it counts."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from graph_ledger.errors import InstallError
from graph_ledger.server.artifacts import Artifact
from graph_ledger.server.extra import server_extra
from graph_ledger.server.folders import Installation

THREADS = 16
TRIES = 3


def download(installation: Installation, advance: Callable[[], None]) -> bool:
    """Make the library folder hold exactly the jars of the lock, and say whether anything had to change.

    Args:
        installation: Where; sound jars that are there stay untouched.
        advance: Called once for every jar that is in place.

    Raises:
        InstallError: A jar could not be fetched, or is not the one that the lock names.
    """
    installation.library.mkdir(parents=True, exist_ok=True)
    wanted = {jar.file_name for jar in installation.lock.artifacts}
    strangers = [path for path in installation.library.iterdir() if path.name not in wanted]
    for path in strangers:
        path.unlink()
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = [pool.submit(_place, installation, jar, advance) for jar in installation.lock.artifacts]
        try:
            fetched = [each.result() for each in waiting]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            rmtree(installation.incoming, ignore_errors=True)
    return any(fetched) or bool(strangers)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing when there is no such file."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _place(installation: Installation, jar: Artifact, advance: Callable[[], None]) -> bool:
    target = installation.library / jar.file_name
    stale = checksum(target) != jar.sha256
    if stale:
        _fetched(installation, jar).replace(target)
    advance()
    return stale


def _fetched(installation: Installation, jar: Artifact) -> Path:
    reason = ""
    for attempt in range(TRIES):
        time.sleep(attempt)
        folder = installation.incoming / f"{jar.file_name}-{attempt}"
        try:
            path = _request(folder, jar)
        except (OSError, RuntimeError) as error:  # what requests and jgo raise
            reason = f"could not be fetched ({error})"
            continue
        if (found := checksum(path)) == jar.sha256:
            return path
        reason = f"came with SHA-256 {found}, but {jar.sha256} is expected"
    raise InstallError(f"{jar} {reason}")


def _request(folder: Path, jar: Artifact) -> Path:
    with server_extra():
        from jgo.maven import MavenContext
    component = MavenContext(repo_cache=folder, timeout=30).project(jar.group, jar.name).at_version(jar.version)
    return Path(component.artifact(jar.classifier).resolve())
