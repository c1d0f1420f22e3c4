"""Reports: a model of so many properties as it is first told, and what a later release changes in it."""

from typing import Any

METADATA = {"name": "bench", "id": "http://bench.example/model/"}
RULES = {"entity": {"instances": True}, "property": {"unit": True, "description": False}}
A_FEW = 10
"""Properties of an entity."""
INSTANCES = ["Left", "Right"]
CHANGED = 10
"""Of so many properties, a later release changes one."""


def first_release(properties: int) -> dict[str, Any]:
    """Return the report of a first release: entities of two instances and ten properties each."""
    changes: list[dict[str, Any]] = []
    for number in range(properties):
        entity = f"Vehicle.Part{number // A_FEW}"
        if number % A_FEW == 0:
            changes.append({"label": entity, "kind": "ENTITY", "change_type": "ADDED", "aspects": {"instances": INSTANCES}})
        aspects = {"output_type": "Float", "unit": "m", "description": f"signal {number}"}
        changes.append(_of(entity, number) | {"change_type": "ADDED", "aspects": aspects})
    return {"changes": changes}


def later_release(properties: int) -> dict[str, Any]:
    """Return the report of a later one: every tenth property gets another unit, which breaks, the one behind it another text."""
    changes: list[dict[str, Any]] = []
    for number in range(0, properties - 1, CHANGED):
        entity = f"Vehicle.Part{number // A_FEW}"
        changes.append(_of(entity, number) | {"change_type": "MODIFIED", "aspects": {"unit": "km"}})
        changes.append(_of(entity, number + 1) | {"change_type": "MODIFIED", "aspects": {"description": "another"}})
    return {"changes": changes}


def _of(entity: str, number: int) -> dict[str, Any]:
    return {"label": f"{entity}.Signal{number}", "kind": "PROPERTY", "parent_label": entity}
