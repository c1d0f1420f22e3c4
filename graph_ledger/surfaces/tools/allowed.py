"""Allowed: which sources a caller may have read by the machine that answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from graph_ledger.errors import NotAllowedError

ANYTHING = "*"
PORTS = {"http": 80, "https": 443}
OWN_FILES = ("sqlite", "duckdb")
"""Addresses of SQL that are files."""


class Asks(NamedTuple):
    """Options of a connector type that say what it reads."""

    files: tuple[str, ...] = ()
    addresses: Mapping[str, str] = {}
    """Each with what is asked where it is left out; empty where it cannot be."""


TYPES: Mapping[str, Asks] = {
    "dbt": Asks(files=("manifest", "catalog")),
    "files": Asks(files=("path",)),
    "github": Asks(addresses={"base_url": "https://api.github.com"}),
    "mlflow": Asks(addresses={"url": "http://127.0.0.1:5000"}),
    "noop": Asks(),
    "openlineage": Asks(files=("path",)),
    "prefect": Asks(addresses={"url": "http://127.0.0.1:4200/api"}),
    "rest": Asks(addresses={"url": ""}),
    "sql": Asks(addresses={"url": ""}),
    "warehouse": Asks(files=("folder",)),
}
"""What is known well enough to be checked; any other type, and whoever brings one, is run only where anything may be read."""
NOT_SENT = frozenset({"allowed_hosts", "cache", "transport", "parser", "connectors"})
"""Options that would lead elsewhere, or write: for the operator's own configuration."""


class Source(NamedTuple):
    """What a request would have read."""

    file: str | None = None
    connector: str | None = None
    options: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Allowed:
    """Which sources a caller may have read by the machine that answers; by default none."""

    folders: tuple[Path, ...] = ()
    """Files in or below these."""
    connectors: frozenset[str] = frozenset()
    """Connector types; ``*`` for all."""
    addresses: tuple[str, ...] = ()
    """Beginnings of the addresses that these may ask, up to a slash; ``*`` for all."""

    def check(self, source: Source) -> None:
        """Refuse to read what is not allowed.

        Raises:
            NotAllowedError: A file, a connector type, an address or an option is not on the list.
        """
        if self._anything:
            return
        if source.file is not None:
            self._check_file(source.file)
        if source.connector is not None:
            self._check_connector(source.connector, source.options)

    @property
    def _anything(self) -> bool:
        """Whether all lists name everything: a person at the machine itself."""
        return ANYTHING in self.connectors and ANYTHING in self.addresses and Path("/") in self.folders

    def _check_connector(self, connector: str, options: Mapping[str, Any]) -> None:
        if connector not in TYPES or not {connector, ANYTHING} & self.connectors:
            raise NotAllowedError(f"the connector {connector!r} may not be run here: run it beside the ledger", "--allow-connector")
        if strange := sorted(NOT_SENT & options.keys()):
            raise NotAllowedError(f"the option {strange[0]!r} may not be sent: it is for a configuration of your own", "--allow-connector")
        asks = TYPES[connector]
        for name in asks.files:
            if options.get(name) is not None:
                self._check_file(str(options[name]))
        for address in _addresses(asks, options):
            self._check_address(address)

    def _check_file(self, file: str) -> None:
        """Whether a file lies below an allowed folder once every link is followed."""
        found = _resolved(file)
        if found is None or not any(found.is_relative_to(folder.resolve()) for folder in self.folders):
            raise NotAllowedError("this file may not be read here: hand the models in inline, or have its folder allowed", "--allow-folder")

    def _check_address(self, address: str) -> None:
        scheme, _, rest = address.partition("://")
        if scheme.partition("+")[0].lower() in OWN_FILES:
            self._check_file(rest.partition("?")[0].removeprefix("/"))
            return
        asked = _place(address)
        if asked is None or not any(start == ANYTHING or _begins(asked, _place(start)) for start in self.addresses):
            raise NotAllowedError("that address may not be asked from here", "--allow-address")


class Place(NamedTuple):
    """Where an address leads, in the one form in which two can be compared."""

    scheme: str
    host: str
    port: int | None
    steps: tuple[str, ...]


def _addresses(asks: Asks, options: Mapping[str, Any]) -> Iterator[str]:
    for name, default in asks.addresses.items():
        if found := options.get(name) or default:
            yield str(found)


def _place(address: str) -> Place | None:
    """Return where an address leads; None where that cannot be told for sure."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme.lower())
    except ValueError:
        return None
    path = unquote(parts.path)
    steps = tuple(filter(None, path.split("/")))
    if not parts.hostname or parts.username or "\\" in address or "%" in path or {".", ".."} & set(steps):
        return None
    return Place(parts.scheme.lower(), parts.hostname.lower(), port, steps)


def _begins(asked: Place, start: Place | None) -> bool:
    return start is not None and asked[:3] == start[:3] and asked.steps[: len(start.steps)] == start.steps


def _resolved(file: str) -> Path | None:
    try:
        return None if file == "-" else Path(file).resolve()
    except (OSError, ValueError, RuntimeError):
        return None
