"""How a route fails, for the OpenAPI document."""

from typing import Any

from graph_ledger.values.problem import MEDIA_TYPE

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
ERRORS: Json = {
    "Problem": {
        "type": "object",
        "description": "What went wrong: RFC 9457 problem details.",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": TEXT,
            "title": TEXT | {"description": "What kind of trouble it is."},
            "status": {"type": "integer"},
            "detail": TEXT | {"description": "What to do about it."},
            "error": TEXT | {"description": "Name of the error in the Python client."},
            "errors": {
                "type": "array",
                "description": "The fields that do not fit, the first twenty.",
                "items": {"type": "object", "required": ["field", "message"], "properties": {"field": TEXT, "message": TEXT}},
            },
            "near": TEXTS | {"description": "Of a model that there is not: keys that nearly fit."},
            "keys": TEXTS | {"description": "Of a name that several models have: their keys."},
            "limit": TEXT | {"description": "What ran out: rows, depth, seconds, bytes, requests."},
            "most": {"type": ["number", "null"], "description": "How much of it a request may have."},
            "needed": TEXT | {"description": "What it takes: a role, or an option of the service."},
            "result": {"$ref": "#/components/schemas/GateResult", "description": "What the change gate found, and whom it hits."},
            "findings": TEXTS | {"description": "Everything that is wrong with the tables of a contract ledger."},
            "id": TEXT | {"description": "Under which the service's log tells more."},
        },
    }
}
GONE = 410
"""What only a route of bytes answers."""
SAID = {
    400: "More rows, steps or time than a request may have; `limit` names which",
    401: "No key, or none that is known",
    403: "The role of the key does not suffice, or the source may not be read here",
    404: "No such model or element; `near` lists what nearly fits",
    409: "Several models fit, in `keys`; the graph is not as the request takes it to be; or the change gate says no, in `result`",
    410: "The bytes of the version are gone from the store",
    422: "A field does not fit; `errors` lists each",
    429: "Too many requests at one time; come again after `Retry-After` seconds",
    500: "Not foreseen; the service's log tells more under the `id`",
    501: "The service lacks a package that this takes; its log names it",
    502: "A source was not read to its end, or a store cannot be read, so nothing was concluded from it",
    503: "The database cannot answer now",
}
OF_BODIES = {408: "The body came too slowly", 413: "The body is too long", 415: "The body is no JSON by its name"}
PROBLEM: Json = {
    f"Problem{status}": {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, text in {**SAID, **OF_BODIES}.items()
}


def problem_answers(*, body: bool, may_be_gone: bool = False) -> Json:
    """Return every answer of a route that tells of trouble."""
    told = sorted((SAID | (OF_BODIES if body else {})).keys() - (set() if may_be_gone else {GONE}))
    return {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in told}
