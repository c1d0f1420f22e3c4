"""Connector types by name, so that a configuration can say ``{"type": "files", "path": "estate.yaml"}``."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import metadata
from typing import Any

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.connectors.options import call_with
from graph_ledger.errors import ValidationError

GROUP = "graph_ledger.connectors"
"""The group of entry points in which a package offers its connector types."""
OUR_PACKAGE = "graph-ledger"
ROOM = "graph_ledger.connectors"
OURS = {
    "composite": f"{ROOM}.composite:composite_connector",
    "dbt": f"{ROOM}.dbt:dbt_connector",
    "files": f"{ROOM}.files:FilesConnector",
    "github": f"{ROOM}.github:github_connector",
    "mlflow": f"{ROOM}.mlflow:mlflow_connector",
    "noop": f"{ROOM}.noop:noop_connector",
    "openlineage": f"{ROOM}.openlineage:openlineage_connector",
    "prefect": f"{ROOM}.prefect:prefect_connector",
    "rest": f"{ROOM}.rest:rest_connector",
    "sql": f"{ROOM}.sql_url:sql_from_url",
    "warehouse": f"{ROOM}.warehouse:WarehouseConnector",
}
"""What this package brings; read from here, as the entry points of an installed package may be older than its code."""


@dataclass(frozen=True)
class ConnectorType:
    """A name in a configuration, and the function it stands for; nothing is imported before it is used."""

    name: str
    target: str
    """Where the factory is, as ``module:function``; it takes keyword options and returns a connector."""
    package: str = OUR_PACKAGE
    """Who brings it."""
    rivals: tuple[str, ...] = ()
    """Other packages that bring a type of this name."""

    def load(self) -> Any:
        """Import the factory.

        Raises:
            ValidationError: It cannot be imported, mostly as a library is missing.
        """
        try:
            return metadata.EntryPoint(self.name, self.target, GROUP).load()
        except Exception as error:
            said = f"{type(error).__name__}: {error}" if not isinstance(error, ImportError) else str(error)
            missing = f": install {error.name!r}" if isinstance(error, ModuleNotFoundError) and not _inside(error.name, self.target) else ""
            raise ValidationError(
                f"the connector type {self.name!r} of {self.package} ({self.target}) cannot be used: {said}{missing}"
            ) from error


def connector_types() -> dict[str, ConnectorType]:
    """Return every type there is, by name: ours, and those that installed packages bring.

    A package cannot replace one of ours: ours stays, and a warning names the package.

    Source: ``docs/connectors/types.md``.

    >>> connector_types()["files"].target
    'graph_ledger.connectors.files:FilesConnector'
    """
    return _types(metadata.entry_points(group=GROUP))


def make_connector(kind: str, /, **options: Any) -> SourceConnector:
    """Make the connector of a type with its options, as a configuration gives them.

    Raises:
        ValidationError: There is no such type, it cannot be imported, or an option is missing, unknown or refused.
    Source: ``docs/connectors/types.md``.

    >>> make_connector("files", path="nodes.yaml", name="estate").name
    'estate'
    >>> make_connector("files", pth="nodes.yaml")
    Traceback (most recent call last):
    graph_ledger.errors.ValidationError: the connector type 'files' has no option 'pth': did you mean 'path'? ...
    """
    types = connector_types()
    found = types.get(kind) if isinstance(kind, str) else None
    if found is None:
        raise ValidationError(f"there is no connector type {kind!r}: {_advice(kind, types)}")
    if found.rivals and found.package != OUR_PACKAGE:
        both = " and ".join((found.package, *found.rivals))
        raise ValidationError(f"the connector type {kind!r} is brought by {both}: keep one of them installed")
    made = call_with(found.load(), kind, options)
    name = getattr(made, "name", None)
    if not isinstance(name, str) or not callable(getattr(made, "discover", None)):
        raise ValidationError(
            f"the connector type {kind!r} of {found.package} made no connector (a name and a discover()), but {type(made).__name__!r}"
        )
    connector: SourceConnector = made
    return connector


def _types(entry_points: Iterable[metadata.EntryPoint]) -> dict[str, ConnectorType]:
    types = {name: ConnectorType(name, target) for name, target in OURS.items()}
    for entry in sorted(entry_points, key=lambda each: (each.name, _package(each), each.value)):
        package, held = _package(entry), types.get(entry.name)
        if package == OUR_PACKAGE:
            continue
        if held is None:
            types[entry.name] = ConnectorType(entry.name, entry.value, package)
        elif held.package == OUR_PACKAGE:
            warnings.warn(f"{package} brings a connector type {entry.name!r}, which is one of ours: ours is used", stacklevel=3)
        elif held.package != package:
            types[entry.name] = ConnectorType(held.name, held.target, held.package, (*held.rivals, package))
    return dict(sorted(types.items()))


def _package(entry: metadata.EntryPoint) -> str:
    return entry.dist.name.lower().replace("_", "-") if entry.dist is not None else "an unknown package"


def _inside(module: str | None, target: str) -> bool:
    """Whether a missing module is the target itself, or around it: then there is no library to install."""
    return module is None or f"{target.partition(':')[0]}.".startswith(f"{module}.")


def _advice(kind: object, types: Iterable[str]) -> str:
    near = get_close_matches(str(kind).lower(), list(types))
    return f"{f'did you mean {near[0]!r}? ' if near else ''}there are {', '.join(types)}"
