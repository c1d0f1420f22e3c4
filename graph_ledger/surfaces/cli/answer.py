"""Answer: what a packaged statement returned, as plain JSON."""

from typing import Any

from pydantic import model_serializer

from graph_ledger.values.value import Value


class Answer(Value):
    """Columns and rows; as JSON a list with one object a row."""

    columns: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[Any, ...], ...]
    """One tuple a row, as long as columns."""

    @model_serializer
    def _as_objects(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def jsonable(value: Any) -> Any:
    """Turn what the database returns into JSON: nodes and relationships become their properties, times become texts."""
    if isinstance(value, (list, tuple)):
        return [jsonable(each) for each in value]
    if isinstance(value, dict):
        return {name: jsonable(each) for name, each in value.items()}
    return value if isinstance(value, (str, int, float, bool, type(None))) else _of_the_driver(value)


def _of_the_driver(value: Any) -> Any:
    """Turn a value of the driver's own into JSON; its classes are known by what they have."""
    if hasattr(value, "relationships"):
        return jsonable(_along(value))
    if hasattr(value, "labels"):
        return {"labels": sorted(value.labels), **jsonable(dict(value.items()))}
    if hasattr(value, "start_node"):
        return {"type": value.type, **jsonable(dict(value.items()))}
    if hasattr(value, "to_native"):  # a time
        return value.to_native().isoformat().replace("+00:00", "Z")
    return str(value)


def _along(path: Any) -> list[Any]:
    """Return the nodes and relationships of a path in turn, in the direction of its first arrow."""
    steps = [each for pair in zip(path.nodes, path.relationships, strict=False) for each in pair] + [path.nodes[-1]]
    forward = not path.relationships or path.relationships[0].start_node == path.nodes[0]
    return steps if forward else steps[::-1]
