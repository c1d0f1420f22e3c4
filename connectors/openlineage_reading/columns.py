"""Column lineage: which column of an output comes from which column of an input."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graph_ledger.connectors.openlineage_reading.events import Dataset, listed, mapping, text
from graph_ledger.values.column import ALL, SUBTYPES, ColumnFlow

Naming = Callable[[str, str], str]
"""From namespace and name to a port's identifier."""
OF_OLD = {"IDENTITY": ("DIRECT", "IDENTITY"), "MASKED": ("DIRECT", "TRANSFORMATION")}
"""What a field said of all its inputs before each input had transformations of its own."""


def flows_of(dataset: Dataset, naming: Naming) -> list[ColumnFlow]:
    """Return the flows into a dataset that its facet ``columnLineage`` tells; an input of the dataset as a whole has ``*``.

    Raises:
        ValidationError: The facet is not what OpenLineage describes.
    """
    facet = dataset.facets.get("columnLineage")
    if facet is None or mapping(facet, "columnLineage").get("_deleted"):
        return []
    output = naming(dataset.namespace, dataset.name)
    found: dict[ColumnFlow, None] = {}
    for column, field in mapping(facet.get("fields") or {}, "fields").items():
        said = mapping(field, f"the field {column!r}")
        found |= dict.fromkeys(_into(output, column, said.get("inputFields"), OF_OLD.get(str(said.get("transformationType"))), naming))
    found |= dict.fromkeys(_into(output, ALL, facet.get("dataset"), ("INDIRECT", ""), naming))
    return list(found)


def _into(output: str, column: str, inputs: Any, anyhow: tuple[str, str] | None, naming: Naming) -> Iterator[ColumnFlow]:
    for given in listed(inputs, "inputFields"):
        source = mapping(given, "an input field")
        place, field = naming(text(source, "namespace"), text(source, "name")), text(source, "field")
        for kind, subtype in _kinds(source, anyhow or ("DIRECT", "")):
            yield ColumnFlow(output, column, place, field, kind, subtype)


def _kinds(source: Mapping[str, Any], anyhow: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield how an input takes part; a word that nobody knows is left out rather than the flow."""
    said = [mapping(each, "a transformation") for each in listed(source.get("transformations"), "transformations")]
    for transformation in said:
        kind, subtype = str(transformation.get("type") or "").upper(), str(transformation.get("subtype") or "").upper()
        if kind not in SUBTYPES:
            kind, subtype = anyhow
        yield kind, subtype if subtype in SUBTYPES[kind] else ""
    if not said:
        yield anyhow
