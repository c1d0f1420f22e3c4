"""A registered model of MLflow with its versions, as a node."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from graph_ledger.connectors.merging import distinct
from graph_ledger.connectors.tagged import identity, ports_in, several
from graph_ledger.errors import ValidationError
from graph_ledger.values.node import DataNode, check_name
from graph_ledger.values.port import DataPort

Record = Mapping[str, Any]
PROMPT = "mlflow.prompt.is_prompt"
"""MLflow keeps prompts among the models, told apart by this tag."""
OWN_TAGS = "mlflow."
KEPT_VERSIONS = 20


def record(item: Any) -> Record:
    """Return an item of an answer.

    Raises:
        ValidationError: It is no mapping.
    """
    if not isinstance(item, Mapping):
        raise ValidationError(f"an item is a mapping, not {str(item)[:40]!r}")
    return item


def is_prompt(model: Record) -> bool:
    """Say whether this model, or this version, is none."""
    return tags_of(model).get(PROMPT, "").lower() == "true"


def model_node(model: Record, versions: Sequence[Record], platform: str, node_type: str) -> DataNode:
    """Return the node of a model.

    Args:
        model: As the registry tells it.
        versions: Its versions, newest first.
        platform: The platform of the node.
        node_type: The name of the connector.

    Raises:
        ValidationError: It has no name, or its tags name no ports where they should.

    >>> node = model_node({"name": "fraud", "tags": [{"key": "inputs", "value": "features"}]}, [], "mlflow", "mlflow")
    >>> node.inputs, node.outputs
    ((DataPort('features'),), (DataPort('models:/fraud'),))
    """
    name = model.get("name")
    if not isinstance(name, str):
        raise ValidationError(f"a registered model has a name, which {name!r} is not")
    name = check_name(name)
    said = [tags_of(model), *(tags_of(version) for version in versions[:1])]
    outputs = [DataPort(f"models:/{name}"), *_ports(said, "outputs")]
    return DataNode(name, platform, distinct(_ports(said, "inputs")), distinct(outputs), _metadata(model, versions, node_type))


def tags_of(record: Record) -> dict[str, str]:
    """Return tags as a mapping, in order of their names."""
    found = {str(tag.get("key")): str(tag.get("value", "")) for tag in several(record, "tags") if isinstance(tag, Mapping)}
    return dict(sorted(found.items()))


def number(version: Record) -> int:
    """Return the number of a version.

    Raises:
        ValidationError: It has none.
    """
    try:
        return int(version["version"])
    except (KeyError, OverflowError, TypeError, ValueError):
        raise ValidationError(f"a version of {version.get('name')!r} has no number: {version.get('version')!r}") from None


def _ports(said: Iterable[Mapping[str, str]], side: str) -> list[DataPort]:
    return [port for tags in said for port in ports_in(tags.get(side, ""), side)]


def _metadata(model: Record, versions: Sequence[Record], node_type: str) -> dict[str, Any]:
    tags = tags_of(model)
    aliases = {str(each.get("alias")): str(each.get("version")) for each in several(model, "aliases") if isinstance(each, Mapping)}
    description = str(model.get("description") or "").strip()
    found: dict[str, Any] = {"node_type": node_type, **({"purpose": description} if description else {}), **identity(tags)}
    kept = {name: value for name, value in tags.items() if not name.startswith(OWN_TAGS)}
    found.update({"tags": kept} if kept else {})
    found.update({"aliases": dict(sorted(aliases.items()))} if aliases else {})
    if versions:
        found["latest_version"], found["version_count"] = str(versions[0]["version"]), len(versions)
        found["versions"] = [_version(version, aliases) for version in versions[:KEPT_VERSIONS]]
    times = {"created_at": model.get("creation_timestamp"), "updated_at": model.get("last_updated_timestamp")}
    return {**found, **{name: _moment(value) for name, value in times.items() if value is not None}}


def _version(version: Record, aliases: Mapping[str, str]) -> dict[str, Any]:
    number = str(version["version"])
    found: dict[str, Any] = {"version": number}
    found.update({name: version[name] for name in ("run_id", "source") if version.get(name)})
    stage, status = version.get("current_stage"), version.get("status")
    found.update({"stage": stage} if stage and stage != "None" else {})
    found.update({"status": status} if status and status != "READY" else {})
    named = sorted(alias for alias, target in aliases.items() if target == number)
    return {**found, **({"aliases": named} if named else {})}


def _moment(milliseconds: Any) -> str:
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, timezone.utc).isoformat()
    except (OverflowError, OSError, TypeError, ValueError):
        raise ValidationError(f"{milliseconds!r} is no time in milliseconds") from None
