"""A deployment of Prefect, as a node."""

import json
import re
from collections.abc import Mapping
from typing import Any

from graph_ledger.connectors.cron import frequency
from graph_ledger.connectors.merging import distinct
from graph_ledger.connectors.rest_reading.items import ports_of
from graph_ledger.connectors.tagged import identity, ports_in, several
from graph_ledger.errors import ValidationError
from graph_ledger.values.node import DataNode, check_name
from graph_ledger.values.port import DataPort

Record = Mapping[str, Any]
PortParameters = tuple[str, str] | None
SIDES = ("input", "output")
KEY = re.compile(r"[A-Za-z][\w .-]*")
TOLD = {"entrypoint": "entrypoint", "version": "version", "description": "description", "work_pool_name": "work_pool"}
"""Fields of a deployment, and what they are called in the metadata."""


def deployment_node(deployment: Record, flow: str | None, platform: str, node_type: str, parameters: PortParameters) -> DataNode:
    """Return the node of a deployment.

    Args:
        deployment: As the server tells it.
        flow: The name of its flow, where it is known.
        platform: The platform of the node.
        node_type: The name of the connector.
        parameters: The parameters that hold what it reads and what it writes.

    Raises:
        ValidationError: It has no name, or a parameter that should hold ports holds something else.

    >>> node = deployment_node({"name": "nightly", "tags": ["input:raw", "owner:risk"]}, "score", "prefect", "prefect", None)
    >>> node.name, node.inputs, node.metadata["owner"]
    ('score/nightly', (DataPort('raw'),), 'risk')
    """
    if flow is None:
        raise ValidationError("its flow is not there, after which it is named")
    if not isinstance(deployment.get("name"), str):
        raise ValidationError(f"a deployment has a name, which {deployment.get('name')!r} is not")
    tags = [str(tag) for tag in several(deployment, "tags")]
    pairs = [pair for tag in tags if (pair := _pair(tag))]
    inputs, outputs = (
        distinct([*_tagged(pairs, side), *_given(deployment, parameters[at] if parameters else None)]) for at, side in enumerate(SIDES)
    )
    name = check_name(f"{flow}/{deployment['name']}")
    return DataNode(name, platform, inputs, outputs, {"node_type": node_type, **_metadata(deployment, tags, pairs)})


def _pair(tag: str) -> tuple[str, str] | None:
    """Return key and value of a tag that has both; an address is no such tag."""
    key, _, value = (part.strip() for part in tag.partition(":"))
    return (key.lower(), value) if KEY.fullmatch(key) and value and not tag.partition(":")[2].startswith("//") else None


def _tagged(pairs: list[tuple[str, str]], side: str) -> list[DataPort]:
    return [DataPort(value) for key, value in sorted(pairs) if key == side]


def _given(deployment: Record, parameter: str | None) -> list[DataPort]:
    parameters = deployment.get("parameters")
    held = parameters.get(parameter) if parameter and isinstance(parameters, Mapping) else None
    try:
        return ports_in(held, str(parameter)) if isinstance(held, str) else ports_of(held, str(parameter))
    except ValidationError as error:
        raise ValidationError(f"its parameter names no ports: {error} (port_parameters says which parameters do)") from None


def _metadata(deployment: Record, tags: list[str], pairs: list[tuple[str, str]]) -> dict[str, Any]:
    said = dict(reversed([(key, value) for key, value in sorted(pairs) if key not in SIDES]))
    found: dict[str, Any] = {**said, **identity(said)}
    if "author" in said:
        found.setdefault("owner", said["author"])
    found.update({name: deployment[field] for field, name in TOLD.items() if deployment.get(field)})
    if deployment.get("description"):
        found.setdefault("purpose", str(deployment["description"]).strip())
    found.update({"tags": sorted(tags)} if tags else {})
    found.update({"paused": True} if deployment.get("paused") is True else {})
    found.update(_schedules(several(deployment, "schedules")))
    times = {"source_updated_at": deployment.get("updated"), "created_at": deployment.get("created")}
    return {**found, **{name: value for name, value in times.items() if value}}


def _schedules(given: list[Any]) -> dict[str, Any]:
    """Return when it runs: every schedule, and the first cron line that is active in words too."""
    schedules = [_schedule(each) for each in given if isinstance(each, Mapping)]
    if not schedules:
        return {}
    schedules.sort(key=lambda each: json.dumps(each, sort_keys=True))
    found: dict[str, Any] = {"schedules": schedules}
    cron = next((each["cron"] for each in schedules if each["active"] and "cron" in each), None)
    if cron:
        spoken = frequency(str(cron))
        found.update({"cron": cron, **({"run_frequency": spoken} if spoken else {})})
    return found


def _schedule(given: Record) -> dict[str, Any]:
    rule = given.get("schedule")
    held = rule if isinstance(rule, Mapping) else {}
    return {"active": given.get("active") is not False} | {
        name: held[name] for name in ("cron", "interval", "rrule", "timezone") if held.get(name) is not None
    }
