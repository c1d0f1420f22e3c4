"""The routes that are no tools, as the OpenAPI document tells of them."""

from typing import Any

from graph_ledger.surfaces.rest.error_answers import problem_answers

Json = dict[str, Any]
STATUS: Json = {"application/json": {"schema": {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}}}}
EVENT = {
    "eventType": "COMPLETE", "eventTime": "2026-06-30T12:00:00Z", "producer": "https://example.com/etl",
    "run": {"runId": "0190f2b4-7a3e-7c11-9b43-0f4a5f7a9d21"}, "job": {"namespace": "etl", "name": "daily_orders"},
    "inputs": [{"namespace": "bigquery", "name": "shop.raw.orders"}], "outputs": [{"namespace": "bigquery", "name": "shop.mart.orders"}],
}  # fmt: skip
TAKEN: Json = {
    "type": "object",
    "required": ["models"],
    "properties": {
        "models": {"type": "array", "items": {"type": "string"}, "description": "Keys of the jobs on which it told something."},
    },
}
PROBLEMS = {status: answer for status, answer in problem_answers(body=True).items() if status not in {"404", "409"}}
OTHER_PATHS: Json = {
    "/api/v1/lineage": {
        "post": {
            "operationId": "lineage",
            "summary": "Take one event of OpenLineage",
            "description": "As OpenLineage's own clients send it. It is kept, and its job is in the graph when this answers.\n\nTakes the "
            "role writer.",
            "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}, "example": EVENT}}},
            "responses": {"201": {"description": "Taken", "content": {"application/json": {"schema": TAKEN}}}, **PROBLEMS},
        }
    },
    "/health": {
        "get": {
            "operationId": "health",
            "summary": "Say that the process is up; the database is not asked",
            "security": [],
            "responses": {"200": {"description": "Up", "content": STATUS}},
        }
    },
    "/ready": {
        "get": {
            "operationId": "ready",
            "summary": "Say whether the database answers, with the schema that this version needs",
            "security": [],
            "responses": {
                "200": {"description": "Ready", "content": STATUS},
                **{status: PROBLEMS[status] for status in ("400", "429", "500", "503")},
            },
        }
    },
    "/metrics": {
        "get": {
            "operationId": "metrics",
            "summary": "Tell what the service counts of itself, for Prometheus",
            "responses": {
                "200": {"description": "Numbers", "content": {"text/plain": {"schema": {"type": "string"}}}},
                **{status: PROBLEMS[status] for status in ("401", "429", "500", "503")},
            },
        }
    },
}
