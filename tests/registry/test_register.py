"""Register: what goes in comes out, once, and stands in the events."""

import io
from pathlib import Path
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.errors import AmbiguousModelError, ArtifactError, ConflictError, ModelNotFoundError, ValidationError
from graph_ledger.registry import ModelFramework, ModelMetrics, ModelRegistry, ModelStage
from tests.graph import counts, edges, nodes
from tests.registry.conftest import files


def test_a_version_is_in_development_and_custom_unless_said(registry: ModelRegistry) -> None:
    version = registry.register("clf", "1.0.0")
    assert (version.stage, version.framework, version.full_name) == (ModelStage.DEVELOPMENT, ModelFramework.CUSTOM, "clf:1.0.0")
    assert registry.get_version("clf", "1.0.0") == version == registry.get_latest("clf")


def test_everything_that_is_said_comes_back(registry: ModelRegistry) -> None:
    metrics, parameters = ModelMetrics(accuracy=0.9, custom={"gini": 0.5}), {"layers": [64, 2], "seed": None, "ä": {"b": 1.5}}
    said = registry.register(
        "fraud scoring", "2.0+cpu", ModelFramework.ONNX, metrics, parameters, "third try", {"env": "eu", "team": "a=b"}, b"\0weights",
        owner="risk", created_at="2026-01-02T03:04:05Z", description_of_model="Scores cards", model_tags={"domain": "cards"},
    )  # fmt: skip
    assert (said.metrics, said.parameters, said.description) == (metrics, parameters, "third try")
    assert (said.tags, said.framework, said.owner) == ({"env": "eu", "team": "a=b"}, ModelFramework.ONNX, "risk")
    assert said.created_at.isoformat() == "2026-01-02T03:04:05+00:00"
    assert registry.load_artifact("fraud scoring", "2.0+cpu") == b"\0weights"
    model = registry.get_model("fraud scoring")
    assert model is not None
    assert (model.description, model.tags, model.owner, model.versions) == ("Scores cards", {"domain": "cards"}, "risk", (said,))


def test_what_is_unknown_is_none_and_nothing_comes_of_asking(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("clf", "1.0")
    before = counts(ledger)
    for verb in (registry.get_version, registry.load_artifact, registry.verify_artifact, registry.lineage, registry.open_artifact):
        assert verb("clf", "2.0") is None
        assert verb("other", "1.0") is None
    assert (registry.get_model("other"), registry.get_latest("other"), registry.get_production_model("clf")) == (None, None, None)
    assert registry.transition_stage("clf", "2.0", "production") is registry.transition_stage("other", "1.0", "staging") is None
    assert (registry.list_versions("other"), registry.stage_history("other")) == ([], [])
    assert (registry.delete_version("clf", "2.0"), registry.store_artifact("clf", "2.0", b"x")) == (False, None)
    assert counts(ledger) == before


def test_a_version_is_registered_once(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("clf", "1.0", artifact=b"first")
    before = counts(ledger)
    with pytest.raises(ValueError, match="already exists"):
        registry.register("clf", "1.0", artifact=b"second")
    assert (counts(ledger), registry.load_artifact("clf", "1.0")) == (before, b"first")


def test_models_and_versions_are_listed_in_the_order_in_which_they_came(registry: ModelRegistry) -> None:
    registry.register("b", "10", created_at="2026-02-01")
    registry.register("b", "9", created_at="2026-01-01")
    registry.register("a", "1")
    assert registry.list_models() == ["a", "b"]
    assert registry.models() == [registry.get_model("a"), registry.get_model("b")]
    assert [each.version for each in registry.list_versions("b")] == ["10", "9"]
    latest = registry.get_latest("b")
    assert latest is not None
    assert latest.version == "10"


@pytest.mark.parametrize("artifact", [b"", b"x" * 3_000_000])
def test_bytes_go_in_as_bytes_a_path_or_a_file(filed: ModelRegistry, folder: Path, tmp_path: Path, artifact: bytes) -> None:
    (tmp_path / "model.pkl").write_bytes(artifact)
    with (tmp_path / "model.pkl").open("rb") as file:
        given: list[Any] = [artifact, bytearray(artifact), tmp_path / "model.pkl", str(tmp_path / "model.pkl"), file, io.BytesIO(artifact)]
        for number, each in enumerate(given):
            said = filed.register("clf", str(number), artifact=each)
            assert (filed.load_artifact("clf", str(number)), said.artifact_size) == (artifact, len(artifact))
    assert files(folder) == {f"clf/{number}/model.bin" for number in range(len(given))}
    assert filed.register("clf", "none").artifact_path is None
    assert filed.load_artifact("clf", "none") is None


def test_equal_bytes_are_one_artifact(registry: ModelRegistry, ledger: Ledger) -> None:
    for version, content in (("1", b"a"), ("2", b"a"), ("3", b"b")):
        registry.register("clf", version, artifact=content)
    assert len(nodes(ledger, "Artifact", "key", "size")) == 2
    assert registry.delete_version("clf", "1")
    assert (len(nodes(ledger, "Artifact", "key")), registry.load_artifact("clf", "2")) == (2, b"a")
    assert registry.delete_version("clf", "2")
    assert len(nodes(ledger, "Artifact", "key")) == 1


def test_bytes_that_are_gone_cut_or_changed_are_found(filed: ModelRegistry, folder: Path) -> None:
    filed.register("clf", "1", artifact=b"weights")
    check = filed.verify_artifact("clf", "1")
    assert check is not None
    assert (check.ok, check.size, check.sha256) == (True, 7, check.expected)
    file = folder / "clf" / "1" / "model.bin"
    for content in (b"weight", b"Weights", b""):
        file.write_bytes(content)
        found = filed.verify_artifact("clf", "1")
        assert found is not None
        assert (found.ok, found.size, found.sha256 == check.sha256) == (False, len(content), False)
        with pytest.raises(ArtifactError, match="not those that were registered"):
            filed.load_artifact("clf", "1")
    file.unlink()
    gone = filed.verify_artifact("clf", "1")
    assert gone is not None
    assert (gone.ok, gone.size, gone.sha256) == (False, None, None)
    with pytest.raises(FileNotFoundError):
        filed.load_artifact("clf", "1")


def test_bytes_may_come_later_but_never_others(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("clf", "1", metrics={"mae": 1.0}, owner="risk", trained_on=["features"])
    stored = registry.store_artifact("clf", "1", b"late", actor="ann")
    assert stored is not None
    assert (stored.artifact_size, stored.metrics.mae, stored.owner) == (4, 1.0, "risk")
    before = counts(ledger)
    assert registry.store_artifact("clf", "1", b"late") == stored
    with pytest.raises(ConflictError, match="other bytes"):
        registry.store_artifact("clf", "1", b"later")
    assert (counts(ledger), registry.load_artifact("clf", "1")) == (before, b"late")
    assert ledger.upstream("clf:1") == []
    assert edges(ledger, "Port", "FEEDS", "ModelVersion") == {("features", "registry/clf:1")}
    assert ledger.verify(deep=True).ok


def test_a_deleted_version_is_gone_and_its_number_taken(filed: ModelRegistry, folder: Path, ledger: Ledger) -> None:
    ledger.register(name="table", owner="o", model_type="t", tier="low", purpose="")
    filed.register("clf", "1", artifact=b"a", trained_on=["table", "features"])
    filed.register("clf", "2", artifact=b"b")
    assert filed.delete_version("clf", "1", actor="ann", reason="leaked")
    assert (filed.delete_version("clf", "1"), filed.get_version("clf", "1"), filed.load_artifact("clf", "1")) == (False, None, None)
    assert ([each.version for each in filed.list_versions("clf")], files(folder)) == (["2"], {"clf/2/model.bin"})
    assert ledger.downstream("table") == []
    assert not ledger.get("clf:1").present
    assert "version_deleted" in {event.event_type for event in ledger.history("clf:1", actor="ann")}
    with pytest.raises(ConflictError, match="already exists"):
        filed.register("clf", "1", artifact=b"a")
    assert files(folder) == {"clf/2/model.bin"}
    assert filed.delete_version("clf", "2")
    model = filed.get_model("clf")
    assert model is not None
    assert (filed.list_models(), model.versions, model.latest_version) == (["clf"], (), None)
    assert ledger.verify(deep=True).ok


@pytest.mark.parametrize(
    "said",
    [
        {"name": "../x"}, {"version": "a/b"}, {"framework": "keras"}, {"metrics": {"a": "b"}}, {"parameters": {"a": object()}},
        {"parameters": {1: 2}}, {"parameters": [1]}, {"tags": {"a": 1}}, {"tags": {"a=b": "c"}}, {"tags": ["a"]}, {"artifact": 7},
        {"artifact": "/no/such/file"}, {"artifact": io.StringIO("x")}, {"actor": ""}, {"trained_on": [7]}, {"trained_on": " "},
        {"created_at": "2999-01-01"}, {"created_at": "soon"}, {"description": 3}, {"metrics": {"x\0": 1.0}}, {"tags": {"a": "\0"}},
        {"owner": " "}, {"model_tags": {"": "x"}}, {"description": "\ud800"},
    ],
    ids=repr,
)  # fmt: skip
def test_what_cannot_be_said_is_refused_and_leaves_nothing(
    filed: ModelRegistry, folder: Path, ledger: Ledger, said: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"name": "clf", "version": "1", "artifact": b"weights", **said}
    before = counts(ledger)
    with pytest.raises(ValidationError):
        filed.register(**given)
    assert counts(ledger) == before
    assert not folder.exists() or files(folder) == set()


def test_a_model_that_is_there_already_gets_the_versions(registry: ModelRegistry, ledger: Ledger) -> None:
    ledger.add([DataNode("clf", platform="ml", metadata={"owner": "risk", "tier": "high"})])
    version = registry.register("clf", "1")
    model = registry.get_model("clf")
    assert model is not None
    assert (model.key, version.owner, ledger.get("clf:1").tier) == ("ml/clf", "risk", "high")
    ledger.add([DataNode("clf", platform="other")])
    registry.register("clf", "2")
    assert {each.name for each in ledger.members("ml/clf")} == {"clf:1", "clf:2"}
    ledger.add([DataNode("two", platform="a"), DataNode("two", platform="b")])
    registry.register("two", "1")
    assert nodes(ledger, "RegisteredModel", "key") == {("ml/clf",), ("registry/two",)}
    assert ledger.verify(deep=True).ok


def test_what_a_version_was_trained_on_is_found(registry: ModelRegistry, ledger: Ledger) -> None:
    ledger.add([
        DataNode("customers", platform="etl", outputs=["Features", {"identifier": "q", "kind": "x"}]),
        DataNode("same", platform="a"), DataNode("same", platform="b"),
    ])  # fmt: skip
    ledger.register(name="table", owner="o", model_type="t", tier="low", purpose="")
    registry.register("clf", "1", trained_on=["customers", "table", "MP:Vehicle.Speed", "nobody.writes"])
    read = edges(ledger, "Port", "FEEDS", "ModelVersion", "identifier")
    assert {port for port, _ in read} == {"features", "q", "mp:vehicle.speed", "nobody.writes", "table -> clf:1"}
    assert ledger.upstream("clf:1") == ["customers", "table"]
    registry.register("clf", "2", trained_on="clf:1")
    assert ledger.upstream("clf:2") == ["customers", "table", "clf:1"]
    with pytest.raises(AmbiguousModelError):
        registry.register("clf", "3", trained_on="same")
    assert ledger.verify(deep=True).ok


def test_the_events_tell_all_of_it(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("clf", "1", "onnx", {"mae": 1.5}, {"depth": 3}, "x", {"a": "b"}, b"w", actor="ann", description_of_model="Scores")
    (event,) = ledger.history("clf:1", event_type="discovered")
    told = event.payload["model_version"]
    assert (event.actor, told["metrics"], told["parameters"], told["framework"]) == ("ann", {"mae": 1.5}, {"depth": 3}, "onnx")
    assert (told["artifact"]["size"], len(told["artifact"]["sha256"])) == (1, 64)
    assert {(each.event_type, each.actor) for each in ledger.history("clf")} == {
        ("registered", "ann"), ("member_added", "ann"), ("model_described", "ann"),
    }  # fmt: skip
    assert ledger.verify(deep=True).ok


def test_a_target_that_is_not_there_is_said(registry: ModelRegistry) -> None:
    registry.register("clf", "1")
    with pytest.raises(ModelNotFoundError):
        registry.deploy("clf", "1", "nowhere", actor="ops")
