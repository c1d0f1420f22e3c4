"""A project of dbt, as its manifest and its catalog have it."""

import os
from pathlib import Path

from graph_ledger.connectors.dbt_reading import Manifest, node_of, open_manifest
from graph_ledger.connectors.paths import shown
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode, check_platform


class DbtConnector:
    """Made by `dbt_connector`, which says what each part is."""

    def __init__(self, manifest: Path, catalog: Path | None, *, name: str, scope: str, platform: str) -> None:
        self.manifest, self.catalog = manifest, catalog
        self.name, self.scope, self.platform = name, scope, check_platform(platform)
        self.errors: list[RowError] = []
        """What the last reading could not use."""

    def discover(self) -> Listing:
        """Read the files once; the listing is complete when everything in the manifest was read.

        Raises:
            SourceError: A file cannot be read, is not what dbt writes, or is of a schema that is not known.
        """
        manifest = open_manifest(self.manifest / "manifest.json" if self.manifest.is_dir() else self.manifest, self.catalog)
        self.errors = list(manifest.errors)
        nodes = [node for unique_id, thing in manifest.things() if (node := self._tried(unique_id, thing, manifest)) is not None]
        return Listing(
            nodes, source=self.name, scope=self.scope, complete=not self.errors, errors=self.errors, coverage=manifest.coverage
        )  # fmt: skip

    def _tried(self, unique_id: str, thing: object, manifest: Manifest) -> DataNode | None:
        try:
            return node_of(unique_id, thing, manifest, self.platform)
        except (ValidationError, AttributeError, TypeError) as error:
            self.errors.append(RowError(where=shown(unique_id), reason=str(error)))
            return None


def dbt_connector(
    manifest: str | os.PathLike[str],
    catalog: str | os.PathLike[str] | None = None,
    *,
    name: str = "dbt",
    scope: str = DEFAULT_SCOPE,
    platform: str = "dbt",
) -> DbtConnector:
    """Make a connector of what dbt writes into its target folder.

    Models, seeds, snapshots, exposures, metrics, semantic models, saved queries and functions are nodes, named by dbt's own
    ids. Ports are tables, ``database.schema.alias``; a source is a port alone, as it is a table that somebody else writes.

    Args:
        manifest: The file ``manifest.json``, or the folder it is in.
        catalog: The file ``catalog.json``, for the types of columns; None: without.
        name: Signs every claim.
        scope: What one run covers; two projects have a scope each.
        platform: The platform of the nodes, and part of their identity.
    Source: ``docs/connectors/dbt.md``.

    >>> listing = dbt_connector("target", "target/catalog.json").discover()
    >>> [node.name for node in listing]
    ['model.shop.daily', 'exposure.shop.weekly']
    """
    return DbtConnector(Path(manifest), None if catalog is None else Path(catalog), name=name, scope=scope, platform=platform)
