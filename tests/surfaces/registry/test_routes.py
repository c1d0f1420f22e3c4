"""``/registry/models...`` and the registry of a client behind a service: the same answers, and bytes in parts both ways."""

import io
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_ledger.access.keys import create_key
from graph_ledger.errors import ConflictError, OverBudgetError, ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.registry import ModelMetrics, ModelRegistry
from graph_ledger.remote.registry import RemoteRegistry
from graph_ledger.values.api_key import KeyRole
from graph_ledger.values.node import DataNode
from graph_ledger.values.registry.metrics import STANDARD
from tests.remote.same import same
from tests.surfaces.rest.serving import served

ONE = "/registry/models/clf/versions/1.0"
ROLES: tuple[KeyRole, ...] = ("reader", "writer")
OCTETS = {"Content-Type": "application/octet-stream"}


def test_a_model_is_registered_moved_and_deleted_by_its_addresses(client: httpx.Client, stored: Ledger) -> None:
    made = client.post(
        "/registry/models", json={"name": "clf", "version": "1.0", "metrics": {"mae": 1}, "tags": {"a": "b"}, "actor": "ann"}
    )
    known = stored.registry.get_version("clf", "1.0")
    assert known is not None
    assert (made.status_code, made.json()) == (201, known.to_dict() | {"artifact_sha256": None, "artifact_size": None})
    assert client.post("/registry/models/clf/versions", json={"version": "2.0"}).status_code == 201
    assert client.get("/registry/models").json() == {"models": ["clf"]}
    assert [each["version"] for each in client.get("/registry/models/clf").json()["versions"]] == ["1.0", "2.0"]
    assert client.get("/registry/models/clf/versions").json()["versions"][0] == client.get(ONE).json() == made.json()
    moved = client.post(f"{ONE}/stage", json={"stage": "production", "reason": "x"})
    assert (moved.status_code, moved.json()["stage"]) == (200, "production")
    assert client.delete(ONE).status_code == 409
    assert client.request("DELETE", ONE, json={"force": True}).json() == {"deleted": "clf:1.0"}
    assert (client.get(ONE).status_code, client.delete(ONE).status_code) == (404, 404)


def test_bytes_go_in_and_out_in_parts_and_never_change(client: httpx.Client, stored: Ledger) -> None:
    content = os.urandom(3_000_000)
    assert client.put(f"{ONE}/artifact", content=content, headers=OCTETS).status_code == 404
    stored.registry.register("clf", "1.0")
    assert client.get(f"{ONE}/artifact").status_code == 404
    put = client.put(f"{ONE}/artifact", content=iter([content[:1_000_000], content[1_000_000:]]), headers=OCTETS)
    assert (put.status_code, put.json()["artifact_path"]) == (200, "clf/1.0/model.bin")
    known = stored.registry.get_version("clf", "1.0")
    assert known is not None
    told = known.to_dict() | {"artifact_sha256": sha256(content).hexdigest(), "artifact_size": 3_000_000}
    assert put.json() == client.get(ONE).json() == told
    assert client.get("/registry/models/clf").json()["versions"] == client.get("/registry/models/clf/versions").json()["versions"] == [told]
    got = client.get(f"{ONE}/artifact")
    assert (got.content == content, got.headers["etag"], got.headers["content-length"]) == (
        True,
        f'"{sha256(content).hexdigest()}"',
        "3000000",
    )
    assert client.put(f"{ONE}/artifact", content=content, headers=OCTETS).status_code == 200
    assert client.put(f"{ONE}/artifact", content=b"others", headers=OCTETS).status_code == 409
    assert stored.registry.load_artifact("clf", "1.0") == content


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("GET", "/registry/models/other", {}, 404),
        ("GET", "/registry/models/..%2F..%2Fetc", {}, 404),
        ("GET", "/registry/models/a%5Cb", {}, 422),
        ("GET", "/registry/models?x=1", {}, 422),
        ("POST", "/registry/models", {"json": {"name": "clf"}}, 422),
        ("POST", "/registry/models", {"json": []}, 422),
        ("POST", "/registry/models", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 422),
        ("POST", "/registry/models/clf/versions", {"json": {"name": "other", "version": "2"}}, 422),
        ("POST", "/registry/models/clf/versions", {"json": {"version": "1.0"}}, 409),
        ("POST", f"{ONE}/stage", {"json": {"stage": "live"}}, 422),
        ("POST", f"{ONE}/stage", {"json": {"stage": "staging", "expected": "archived"}}, 409),
        ("POST", "/registry/models/clf/versions/9/stage", {"json": {"stage": "staging"}}, 404),
        ("PUT", f"{ONE}/artifact", {"content": b"x", "headers": {"Content-Type": "application/json"}}, 415),
        ("PUT", f"{ONE}/artifact", {"content": b"x" * 5_000_001, "headers": OCTETS}, 413),
        ("PUT", f"{ONE}/artifact", {"content": iter([b"x" * 5_000_001]), "headers": OCTETS}, 413),
        ("PUT", ONE, {"content": b"x", "headers": OCTETS}, 415),
    ],
)
def test_what_is_refused_is_a_problem_and_changes_nothing(
    client: httpx.Client, stored: Ledger, method: str, path: str, given: Any, status: int
) -> None:
    stored.registry.register("clf", "1.0")
    told = client.request(method, path, **given)
    assert told.status_code == status, told.text
    assert told.headers["content-type"].startswith("application/problem+json")
    model = stored.registry.get_model("clf")
    assert model is not None
    assert [(each.version, each.stage.value, each.artifact_path) for each in model.versions] == [("1.0", "development", None)]


def test_only_a_writer_writes(stored: Ledger) -> None:
    stored.registry.register("clf", "1.0")
    keys: dict[str, str] = {role: create_key(stored.database, role, role) for role in ROLES}
    with served(stored, keys_needed=True) as client:
        for role, status in (("reader", 403), ("writer", 200)):
            key = {"Authorization": f"Bearer {keys[role]}"}
            assert client.get(ONE, headers=key).status_code == 200
            assert client.put(f"{ONE}/artifact", content=b"x", headers={**OCTETS, **key}).status_code == status
            assert client.post(f"{ONE}/stage", json={"stage": "staging", "actor": "ann"}, headers=key).status_code == status
        reader = {"Authorization": f"Bearer {keys['reader']}"}
        known = stored.registry.get_model("clf")
        for method, path, given in (
            ("DELETE", ONE, {}), ("DELETE", ONE, {"force": True}), ("POST", "/registry/models", {"name": "clf", "version": "2.0"}),
            ("POST", "/registry/models/clf/versions", {"version": "2.0"}), ("POST", f"{ONE}/stage", {"stage": "production"}),
            ("POST", f"{ONE}/stage", {}),
        ):  # fmt: skip
            assert client.request(method, path, json=given, headers=reader).status_code == 403, (method, path)
        assert stored.registry.get_model("clf") == known
        assert client.get(ONE).status_code == client.put(f"{ONE}/artifact", content=b"x", headers=OCTETS).status_code == 401
    (move,) = stored.registry.stage_history("clf")
    assert move.actor == "writer"
    assert [event.actor for event in stored.history("clf:1.0", event_type="discovered")] == ["writer", "system"]


def test_a_client_of_a_service_has_the_same_registry(far: Ledger, stored: Ledger) -> None:
    stored.add([DataNode("customers", platform="etl", outputs=["features"]), DataNode("service", platform="app")])
    near, content = stored.registry, os.urandom(2_000_000)
    one = far.registry.register(
        "clf", "1.0", "onnx", ModelMetrics(mae=1), {"a": [1]}, "x", {"b": "c"}, io.BytesIO(content), trained_on=["customers"], owner="o"
    )
    same(one, near.get_version("clf", "1.0"))
    far.registry.register("clf", "2.0", metrics={"gini": 0.5}, artifact=b"")
    for verb, arguments, given in (
        ("get_model", ("clf",), {}), ("get_version", ("clf", "2.0"), {}), ("get_version", ("clf", "9"), {}), ("get_latest", ("clf",), {}),
        ("get_model", ("other",), {}), ("list_models", (), {}), ("list_versions", ("clf",), {}), ("list_versions", ("other",), {}),
        ("search", (), {"framework": "onnx", "limit": 3}), ("compare", ("clf", "1.0", "2.0"), {}), ("lineage", ("clf", "1.0"), {}),
        ("load_artifact", ("clf", "1.0"), {}), ("load_artifact", ("clf", "2.0"), {}), ("verify_artifact", ("clf", "1.0"), {}),
        ("get_production_model", ("clf",), {}), ("stage_history", ("clf",), {}), ("production_at", ("clf", "2099-01-01"), {}),
    ):  # fmt: skip
        same(getattr(far.registry, verb)(*arguments, **given), getattr(near, verb)(*arguments, **given))
    same(far.registry.transition_stage("clf", "1.0", "production", actor="ann"), near.get_production_model("clf"))
    far.registry.transition_stage("clf", "2.0", "production")
    assert far.registry.rollback("clf", actor="bob").version == "1.0"
    same(far.registry.stage_history("clf"), near.stage_history("clf"))
    same(far.registry.production_at("clf", "2099-01-01"), near.production_at("clf", "2099-01-01"))
    same(far.registry.deploy("clf", "1.0", "service", actor="ops"), near.deploy("clf", "1.0", "service", actor="ops"))
    assert far.registry.retire("clf", "1.0", "service", actor="ops")
    assert (far.registry.delete_version("clf", "2.0"), far.registry.delete_version("clf", "2.0")) == (True, False)
    assert far.registry.transition_stage("clf", "2.0", "staging") is None
    for wrong, error in (
        (lambda: far.registry.register("clf", "1.0"), ConflictError), (lambda: far.registry.register("../x", "1"), ValidationError),
        (lambda: far.registry.compare("clf", "1.0", "7"), ConflictError), (lambda: far.registry.search(stage="live"), ValidationError),
        (lambda: far.registry.store_artifact("clf", "1.0", b"y"), ConflictError), (lambda: far.registry.store, ValidationError),
        (lambda: far.registry.register("clf", "3", artifact=b"x" * 5_000_001), OverBudgetError),
    ):  # fmt: skip
        with pytest.raises(error):
            wrong()


def test_both_registries_have_the_same_verbs() -> None:
    from inspect import signature

    verbs = {name for name in dir(ModelRegistry) if not name.startswith("_") and callable(getattr(ModelRegistry, name))}
    for verb in verbs:
        assert signature(getattr(RemoteRegistry, verb)) == signature(getattr(ModelRegistry, verb)), verb


def test_the_page_of_versions_lists_every_verb_and_every_metric() -> None:
    page = (Path(__file__).parents[3] / "docs" / "registry.md").read_text(encoding="utf-8")
    table = re.search(r"^\| Method \| Returns \|\n(.*?)\n\n", page, re.DOTALL | re.MULTILINE)
    assert table is not None
    verbs = {name for name, verb in vars(ModelRegistry).items() if not name.startswith("_") and callable(verb)}
    assert set(re.findall(r"`registry\.(\w+)\(", table[1])) == verbs - {"close"}
    (told,) = (line for line in page.splitlines() if line.startswith("`ModelMetrics` knows"))
    assert set(re.findall(r"`([a-z0-9_]+)`", told)) == set(STANDARD)
