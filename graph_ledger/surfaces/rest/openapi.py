"""The OpenAPI document: every route with what it asks, what it answers, an example, and how it fails."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from graph_ledger.surfaces.rest.contract_paths import contract_paths
from graph_ledger.surfaces.rest.error_answers import ERRORS, PROBLEM, problem_answers
from graph_ledger.surfaces.rest.other_routes import OTHER_PATHS
from graph_ledger.surfaces.rest.registry_paths import registry_paths, registry_schemas
from graph_ledger.surfaces.tools.catalogue import SERVED
from graph_ledger.surfaces.tools.tool import Tool

Json = dict[str, Any]
Schemas = Mapping[tuple[Any, str], Json]
VERSION = "3.1.0"
KEYS: Json = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key, as `graph-ledger keys create` prints it"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key"},
}


def document(version: str, tools: Mapping[str, Tool[Any, Any]] = SERVED) -> bytes:
    """Return the OpenAPI document of a service, as JSON."""
    models = [(model, mode) for tool in tools.values() for model, mode in ((tool.asks, "validation"), (tool.answers, "serialization"))]
    found, definitions = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]  # two modes
    schemas: Schemas = found  # type: ignore[assignment]  # the same
    components: Json = definitions["$defs"]
    paths: Json = {}
    for tool in tools.values():
        for path, operation in _operations(tool, schemas, components):
            paths.setdefault(path, {})[tool.method.lower()] = operation
    said = {
        "openapi": VERSION,
        "info": {"title": "graph-ledger", "version": version, "description": "Ask what breaks, as of any date."},
        "paths": paths | contract_paths(paths["/contracts"]["get"]) | registry_paths(components) | OTHER_PATHS,
        "components": {"schemas": {**components, **registry_schemas(components), **ERRORS}, "securitySchemes": KEYS, "responses": PROBLEM},
        "security": [{"bearer": []}, {"header": []}, {}],
    }
    return json.dumps(said, separators=(",", ":")).encode()


def _operations(tool: Tool[Any, Any], schemas: Schemas, components: Json) -> Iterator[tuple[str, Json]]:
    said: Json = {
        "operationId": tool.name,
        "summary": tool.title,
        "description": f"{tool.description}\n\nTakes the role {tool.role}.",
        "responses": {"200": _answer(schemas[tool.answers, "serialization"]), **problem_answers(body=tool.method == "POST")},
    }
    if tool.method == "POST":
        content = {"application/json": {"schema": schemas[tool.asks, "validation"], "example": dict(tool.example)}}
        yield f"/{tool.address}", said | {"requestBody": {"required": True, "content": content}}
        return
    yield f"/{tool.address}", said | {"parameters": list(_parameters(tool, components))}
    if tool.subject is not None:
        named = {"operationId": f"{tool.name}_by_path", "parameters": list(_parameters(tool, components, in_path=tool.subject))}
        yield f"/{tool.address}/{{{tool.subject}}}", said | named


def _answer(schema: Json) -> Json:
    return {"description": "The answer", "content": {"application/json": {"schema": schema}}}


def _parameters(tool: Tool[Any, Any], components: Json, in_path: str | None = None) -> Iterator[Json]:
    """Yield every field of what is asked as a parameter; one that may be left out is never null in an address."""
    described = components[tool.asks.__name__]
    for name, given in described.get("properties", {}).items():
        schema = _without_null(given)
        text = schema.pop("description", "")
        place = "path" if name == in_path else "query"
        said = {"name": name, "in": place, "required": place == "path" or name in described.get("required", ()), "schema": schema}
        example = {"example": tool.example[name]} if name in tool.example else {}
        yield said | ({"description": text} if text else {}) | example


def _without_null(given: Json) -> Json:
    schema = {name: value for name, value in given.items() if name != "title"}
    kinds = [each for each in schema.pop("anyOf", []) if each != {"type": "null"}]
    if len(kinds) == 1:
        schema |= kinds[0]
    elif kinds:
        schema["anyOf"] = kinds
    return {name: value for name, value in schema.items() if not (name == "default" and value is None)}
