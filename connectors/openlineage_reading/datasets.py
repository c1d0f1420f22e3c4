"""What a dataset is called as a port."""

from collections.abc import Iterator

from graph_ledger.connectors.openlineage_reading.events import Dataset, listed, mapping, text
from graph_ledger.values.port import DataPort

STORES = frozenset({"abfs", "abfss", "adl", "dbfs", "file", "gs", "hdfs", "kafka", "pulsar", "s3", "s3a", "s3n", "wasb", "wasbs"})
"""Schemes of namespaces whose names mean nothing without them: paths in a bucket or on a disk, topics of a broker."""


def identifier(namespace: str, name: str, *, qualified: bool = False) -> str:
    """Return the identifier of a dataset's port.

    A table is named by its name alone, ``database.schema.table``: that is how every other connector names it, whoever is
    asked. A path or a topic has its namespace in front.

    >>> identifier("postgres://db:5432", "Shop.public.orders"), identifier("s3://lake", "/orders")
    ('shop.public.orders', 's3://lake/orders')
    """
    scheme = namespace.partition(":")[0].lower()
    if not (qualified or scheme in STORES):
        return DataPort(name).identifier
    return DataPort(f"{namespace.rstrip('/')}/{name.lstrip('/')}").identifier


def other_names(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield the tables that a dataset is known as besides its own name: a path in a lake is often a table of a catalog.

    Raises:
        ValidationError: The facet ``symlinks`` is not what OpenLineage describes.
    """
    facet = dataset.facets.get("symlinks")
    if facet is None or mapping(facet, "symlinks").get("_deleted"):
        return
    for given in listed(facet.get("identifiers"), "identifiers"):
        each = mapping(given, "an identifier")
        if str(each.get("type") or "TABLE").upper() == "TABLE":
            yield text(each, "namespace"), text(each, "name")


def fields(dataset: Dataset) -> dict[str, str] | None:
    """Return the columns of a dataset with their types, where a schema facet says them."""
    schema = dataset.facets.get("schema")
    found = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(found, list):
        return None
    return {each["name"]: str(each.get("type") or "") for each in found if isinstance(each, dict) and isinstance(each.get("name"), str)}
