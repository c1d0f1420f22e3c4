"""Version: which release of graph-ledger this is."""

from importlib.metadata import PackageNotFoundError, version


def installed_version() -> str | None:
    """Return the version that is installed; None where a source folder runs that nobody installed."""
    try:
        return version("graph-ledger")
    except PackageNotFoundError:
        return None
