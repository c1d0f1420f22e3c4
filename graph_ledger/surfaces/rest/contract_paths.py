"""The routes of contracts beside their tools, as the OpenAPI document tells of them."""

from typing import Any

from graph_ledger.surfaces.rest.contract_routes import CHECK, CONCEPTS, EXPORT, SCHEMA, SYNC
from graph_ledger.surfaces.rest.error_answers import problem_answers
from graph_ledger.surfaces.tools.catalogue import SERVED

Json = dict[str, Any]
PREFIX: Json = {
    "name": "prefix", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}, "description": "The namespace.",
    "example": "bank",
}  # fmt: skip


def contract_paths(listing: Json) -> Json:
    """Return the paths; ``listing`` is the operation that lists elements of every namespace."""
    asked = [each for each in listing["parameters"] if each["name"] != "prefix"]
    concepts = listing | {"operationId": "contract_concepts", "parameters": [PREFIX, *asked]}
    columns = {
        "name": "columns", "in": "query", "schema": {"enum": ["seed", "head"], "default": "seed"}, "description": "Whose order of columns."
    }  # fmt: skip
    archive = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}
    return {
        SYNC: {"post": _with_report("contract_sync", "SyncResult")},
        CHECK: {"post": _with_report("contract_check", "GateResult")},
        CONCEPTS: {"get": concepts},
        EXPORT: {
            "get": {
                "operationId": "contract_export",
                "summary": "Return the four files of a namespace, zipped",
                "description": "As `contract export` writes them.\n\nTakes the role reader.",
                "parameters": [PREFIX, columns],
                "responses": {"200": {"description": "A zip of four CSV files", "content": archive}, **problem_answers(body=False)},
            }
        },
        SCHEMA: {
            "get": {
                "operationId": "contract_schema",
                "summary": "Return the JSON Schema of a diff report",
                "description": "What `report` holds wherever one is sent.\n\nTakes the role reader.",
                "responses": {
                    "200": {"description": "A schema", "content": {"application/json": {"schema": {"type": "object"}}}},
                    **problem_answers(body=False),
                },
            }
        },
    }


def _with_report(name: str, answer: str) -> Json:
    tool = SERVED[name]
    content = {"schema": {"$ref": f"#/components/schemas/{tool.asks.__name__}"}, "example": dict(tool.example)}
    return {
        "operationId": f"{name}_of_namespace",
        "summary": tool.title,
        "description": f"{tool.description}\n\nThe metadata may leave out the prefix, and have no other.\n\nTakes the role {tool.role}.",
        "parameters": [PREFIX],
        "requestBody": {"required": True, "content": {"application/json": content}},
        "responses": {
            "200": {
                "description": "The answer",
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}}},
            },
            **problem_answers(body=True),
        },
    }
