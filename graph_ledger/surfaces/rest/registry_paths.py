"""The addresses of model versions, as the OpenAPI document tells of them."""

from collections.abc import Collection, Mapping
from typing import Any

from graph_ledger.surfaces.rest.artifact_sent import OCTETS
from graph_ledger.surfaces.rest.error_answers import problem_answers
from graph_ledger.surfaces.rest.registry_routes import ARTIFACT, MODELS, ONE, STAGE, VERSION, VERSIONS
from graph_ledger.surfaces.rest.registry_told import model_told, version_told
from graph_ledger.surfaces.tools.catalogue import SERVED
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel

Json = dict[str, Any]
SEGMENT: Json = {"type": "string", "minLength": 1, "pattern": r"^[^/\\]+$"}
NAME: Json = {"name": "name", "in": "path", "required": True, "schema": SEGMENT, "description": "Name of the model.",
              "example": "fraud_scoring"}  # fmt: skip
NUMBER: Json = {"name": "version", "in": "path", "required": True, "schema": SEGMENT, "description": "The version, as it was registered.",
                "example": "1.0.0"}  # fmt: skip
BYTES: Json = {OCTETS: {"schema": {"type": "string", "format": "binary"}}}
TAG: Json = {"ETag": {"description": "SHA-256 of the bytes that were registered, in quotes.", "schema": {"type": "string"}}}
TOLD, MODEL_TOLD = ({"$ref": f"#/components/schemas/{name}"} for name in ("VersionByAddress", "ModelByAddress"))
PARAMETERS = {MODELS: [], ONE: [NAME], VERSIONS: [NAME]}
READER, WRITER = "Takes the role reader.", "Takes the role writer."


def registry_schemas(components: Mapping[str, Json]) -> Json:
    """Return what the addresses answer: what is told of the library's values, field by field."""
    version, model = (
        {name: dict(components[kind.__name__]["properties"][name]) for name in told}
        for kind, told in (
            (ModelVersion, version_told(ModelVersion(version="1", model_name="m"))),
            (RegisteredModel, model_told(RegisteredModel(name="m"))),
        )
    )
    version["metrics"] = {
        "type": "object", "additionalProperties": {"type": "number"}, "description": ModelVersion.model_fields["metrics"].description,
    }  # fmt: skip
    model["versions"] = _list_of(TOLD) | {"description": RegisteredModel.model_fields["versions"].description}
    return {"VersionByAddress": _object("A version of a model.", version), "ModelByAddress": _object("A model and its versions.", model)}


def registry_paths(components: Mapping[str, Json]) -> Json:
    """Return the paths; ``components`` describe what the tools of the same deeds are asked."""
    staged, deleted = (_body(components, f"registry_{name}", ("name", "version")) for name in ("stage", "delete"))
    names = _object("Names of models.", {"models": _list_of({"type": "string"})})
    versions = _object("Versions of a model.", {"versions": _list_of(TOLD)})
    gone = _object("What was deleted.", {"deleted": {"type": "string"}})
    return {
        MODELS: {
            "get": _reads(MODELS, "registered_models", "List the models of which versions were registered", names),
            "post": _writes(
                MODELS,
                "register_version",
                "Register a version, and the model on first use",
                _body(components, "registry_register", ()),
                status=201,
            ),
        },
        ONE: {"get": _reads(ONE, "registered_model", "Show a model with its versions", MODEL_TOLD)},
        VERSIONS: {
            "get": _reads(
                VERSIONS, "registered_versions", "List the versions of a model in the order in which they were registered", versions
            ),
            "post": _writes(
                VERSIONS,
                "register_version_of_model",
                "Register a version of this model",
                _body(components, "registry_register", ("name",)),
                status=201,
            ),
        },
        VERSION: {
            "get": _reads(VERSION, "registered_version", "Show a version", TOLD),
            "delete": _writes(
                VERSION, "delete_version", "Delete a version and its bytes; its events stay, and its number stays taken", deleted, gone
            ),
        },
        STAGE: {"post": _writes(STAGE, "stage_version", "Move a version; to production archives the version that is there", staged)},
        ARTIFACT: {"get": _fetches(), "put": _sends()},
    }


def _fetches() -> Json:
    told = _reads(ARTIFACT, "version_bytes", "Fetch the bytes of a version, in parts", TOLD)
    told["responses"] = {
        "200": {"description": "The bytes", "content": BYTES, "headers": TAG},
        **problem_answers(body=False, may_be_gone=True),
    }
    return told


def _sends() -> Json:
    told = _writes(
        ARTIFACT, "store_version_bytes", "Send the bytes of a version that was registered without; the same again are silent", {}
    )
    return told | {"requestBody": {"required": True, "description": "The bytes, not packed.", "content": BYTES}}


def _reads(path: str, name: str, summary: str, answer: Json) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "description": READER,
        "parameters": PARAMETERS.get(path, [NAME, NUMBER]),
        "responses": {"200": _answer(answer), **problem_answers(body=False)},
    }


def _writes(path: str, name: str, summary: str, body: Json, answer: Json = TOLD, *, status: int = 200) -> Json:
    told = _reads(path, name, summary, answer) | {"description": WRITER}
    told["responses"] = {str(status): _answer(answer), **problem_answers(body=True)}
    return told | {"requestBody": {"required": bool(body.get("required")), "content": {"application/json": {"schema": body}}}}


def _body(components: Mapping[str, Json], tool: str, in_address: Collection[str]) -> Json:
    """Return what a tool is asked in a body, which is all that does not stand in the address."""
    asked = components[SERVED[tool].asks.__name__]
    fields = {name: field for name, field in asked["properties"].items() if name not in in_address}
    required = [name for name in asked["required"] if name not in in_address]
    return asked | {"properties": fields, "required": required}


def _answer(schema: Json) -> Json:
    return {"description": "The answer", "content": {"application/json": {"schema": schema}}}


def _object(description: str, properties: Json) -> Json:
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}


def _list_of(schema: Json) -> Json:
    return {"type": "array", "items": schema}
