"""In the graph: versions are members and nodes like all others, so that lineage, groups, tags and verification know them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.registry import ModelRegistry
from tests.discovery.test_late import Source, said
from tests.graph import check_relationships, counts, nodes


@pytest.fixture
def estate(registry: ModelRegistry, ledger: Ledger) -> ModelRegistry:
    """Data, two versions trained on it, one of them in production, and a service that runs it."""
    ledger.add([
        DataNode("producer", platform="etl", outputs=["mp:vehicle.speed"], metadata={"owner": "data-team"}),
        DataNode("scoring-service", platform="app", outputs=["decisions"], metadata={"owner": "ops"}),
    ])  # fmt: skip
    for version, metrics in (("1", {"auc_roc": 0.8}), ("2", {"auc_roc": 0.9, "gini": 0.5})):
        registry.register(
            "clf",
            version,
            "sklearn",
            metrics,
            {"depth": int(version)},
            tags={"env": "eu"},
            artifact=b"w",
            owner="risk",
            trained_on=["mp:Vehicle.Speed"],
        )
    registry.transition_stage("clf", "2", "production")
    registry.deploy("clf", "2", "scoring-service", actor="ops")
    return registry


def test_what_is_written_is_what_the_design_draws(estate: ModelRegistry, ledger: Ledger) -> None:
    check_relationships(ledger, "ModelVersion", "MEMBER_OF", "RegisteredModel", {(f"registry/clf:{n}", "registry/clf") for n in "12"})
    check_relationships(ledger, "ModelVersion", "FEEDS", "Port", {(f"registry/clf:{n}", f"registry:clf:{n}") for n in "12"})
    check_relationships(
        ledger, "Port", "FEEDS", "DataNode",
        {("mp:vehicle.speed", "registry/clf:1"), ("mp:vehicle.speed", "registry/clf:2"), ("registry:clf:2", "app/scoring-service")},
    )  # fmt: skip
    ((sha, size),) = nodes(ledger, "Artifact", "key", "size")
    check_relationships(ledger, "ModelVersion", "STORED_AS", "Artifact", {(f"registry/clf:{n}", sha) for n in "12"})
    assert size == 1
    assert nodes(ledger, "ModelVersion", "version", "stage", "framework", "metric_auc_roc", "metric_gini", "owner") == {
        ("1", "development", "sklearn", 0.8, None, "risk"), ("2", "production", "sklearn", 0.9, 0.5, "risk"),
    }  # fmt: skip
    assert {(member.name, member.role) for member in ledger.members("clf")} == {("clf:1", "version"), ("clf:2", "version")}
    assert ledger.verify(deep=True).ok


def test_a_walk_leads_from_the_data_through_the_version_to_where_it_runs(estate: ModelRegistry, ledger: Ledger) -> None:
    assert ledger.trace("scoring-service") == ["producer", "clf:2", "scoring-service"]
    found = ledger.impact("producer")
    assert {node.name for node in found.nodes} == {"clf:1", "clf:2", "scoring-service"}
    assert {"risk", "ops"} <= set(found.owners)
    assert "registry/clf" in found.composites
    chain = estate.lineage("clf", "2")
    assert chain is not None
    assert (chain.upstream, chain.downstream) == (("producer",), ("scoring-service",))
    assert [(each.target, each.owner) for each in chain.deployments] == [("app/scoring-service", "ops")]


def test_deploying_twice_is_silent_and_retiring_ends_it(estate: ModelRegistry, ledger: Ledger) -> None:
    before = counts(ledger)
    first = estate.deploy("clf", "2", "scoring-service", actor="somebody")
    assert counts(ledger) == before
    estate.deploy("clf", "1", "scoring-service", actor="ops")
    assert estate.deploy("clf", "2", "app/scoring-service", actor="ops") == first
    assert set(ledger.upstream("scoring-service")) == {"producer", "clf:1", "clf:2"}
    assert (estate.retire("clf", "2", "scoring-service", actor="ops"), estate.retire("clf", "2", "scoring-service", actor="ops")) == (
        True,
        False,
    )
    assert ledger.upstream("scoring-service") == ["producer", "clf:1"]
    assert ledger.upstream("scoring-service", as_of=first.since) == ["producer", "clf:2"]
    with pytest.raises(ConflictError, match="no version clf:9"):
        estate.deploy("clf", "9", "scoring-service", actor="ops")
    assert estate.retire("clf", "9", "scoring-service", actor="ops") is False
    assert ledger.verify(deep=True).ok


def test_two_versions_are_compared(estate: ModelRegistry, ledger: Ledger) -> None:
    ledger.add(DataNode("more", platform="etl", outputs=["more"]))
    estate.register("clf", "3", metrics={"auc_roc": 0.9}, parameters={"depth": 2, "seed": None}, trained_on="more")
    found = estate.compare("clf", "2", "3")
    assert [(each.name, each.a, each.b) for each in found.metrics] == [("gini", 0.5, None)]
    assert [(each.name, each.a, each.b) for each in found.parameters] == [("seed", None, None)]
    assert [(each.name, each.a, each.b) for each in found.inputs] == [
        ("more", None, "more"), ("mp:vehicle.speed", "mp:vehicle.speed", None),
    ]  # fmt: skip
    assert found.to_dict()["a"] == found.a.to_dict()
    with pytest.raises(ConflictError, match="no version clf:9"):
        estate.compare("clf", "2", "9")


def test_versions_are_found_by_what_they_are(estate: ModelRegistry) -> None:
    estate.register("other", "1", "onnx", {"auc_roc": 0.7, "Gini index": 3}, description="Scores EMails", tags={"env": "us"})

    def found(**asked: object) -> set[str]:
        return {each.full_name for each in estate.search(**asked)}  # type: ignore[arg-type]

    assert found(stage="production") == {"clf:2"}
    assert found(framework="ONNX") == found(text="emails") == found(tag="env=us") == {"other:1"}
    assert found(tag="env=eu", metric="auc_roc>=0.9") == found(metric="auc_roc > .8") == {"clf:2"}
    assert found(metric="auc_roc<0.8") == found(metric="Gini index == 3") == {"other:1"}
    assert found(metric="auc_roc<=0.8", text="CLF") == {"clf:1"}
    assert found(metric="loss>0") == found(text="clf:2", stage="archived") == set()
    assert [each.full_name for each in estate.search(limit=1, offset=1)] == ["clf:2"]
    for wrong in (
        {"stage": "live"},
        {"metric": "auc_roc"},
        {"metric": "auc_roc>=high"},
        {"metric": ">=1"},
        {"tag": "env"},
        {"limit": -1},
        {"metric": "a>=nan"},
    ):
        with pytest.raises(ValueError, match=r"is no|is written as|limit|from 0"):
            estate.search(**wrong)


def test_versions_are_not_called_silent_because_nobody_reads_them_again(estate: ModelRegistry, ledger: Ledger) -> None:
    estate.register("old", "1", created_at="2020-01-01")
    estate.register("old", "2")
    silence = ledger.silent(1)
    assert (silence.models, silence.unread) == ((), ())


def test_a_registry_without_a_store_has_the_configured_one(ledger: Ledger) -> None:
    with ModelRegistry(ledger=ledger) as registry:
        assert registry.store is ledger.registry.store
    assert ledger.list() == []


def test_what_runs_somewhere_is_deleted_by_force_alone_and_runs_nowhere_then(estate: ModelRegistry, ledger: Ledger) -> None:
    ledger.add(DataNode("batch", platform="app"))
    estate.transition_stage("clf", "2", "staging")
    for target in ("batch", "scoring-service"):
        estate.deploy("clf", "2", target, actor="ops")
    estate.deploy("clf", "1", "batch", actor="ops")
    before = counts(ledger)
    with pytest.raises(ConflictError, match="runs at app/batch and 1 others: retire it there first"):
        estate.delete_version("clf", "2")
    assert counts(ledger) == before
    assert estate.delete_version("clf", "2", force=True, actor="ann")
    assert (ledger.upstream("scoring-service"), set(ledger.upstream("batch"))) == ([], {"clf:1", "producer"})
    told = [(event.event_type, event.actor) for event in ledger.history("registry/clf:2") if event.event_type == "undeployed"]
    assert told == [("undeployed", "ann")] * 2
    assert ledger.verify(deep=True).ok


def test_deploying_at_the_same_time_as_deleting_leaves_no_claim_on_what_is_gone(estate: ModelRegistry, ledger: Ledger) -> None:
    estate.register("clf", "3", trained_on=["features"])

    def deploy() -> bool:
        try:
            return bool(estate.deploy("clf", "3", "scoring-service", actor="ops"))
        except ConflictError:
            return False

    with ThreadPoolExecutor(2) as pool:
        deployed, deleted = pool.submit(deploy), pool.submit(lambda: estate.delete_version("clf", "3", force=True))
    assert (deleted.result(), deployed.exception()) == (True, None)
    assert "clf:3" not in ledger.upstream("scoring-service")
    assert ledger.verify(deep=True).ok


def test_a_version_that_runs_in_a_version_of_another_model_is_still_one(estate: ModelRegistry, ledger: Ledger) -> None:
    estate.register("ensemble", "1", metrics={"auc_roc": 0.95}, trained_on=["votes"])
    estate.deploy("clf", "2", "registry/ensemble:1", actor="ops")
    stored = estate.store_artifact("ensemble", "1", b"weights")
    assert stored is not None
    assert (stored.metrics.auc_roc, stored.artifact_size) == (0.95, 7)
    assert set(ledger.upstream("ensemble:1")) == {"clf:2", "producer"}
    with pytest.raises(ValidationError, match="cannot run in itself"):
        estate.deploy("clf", "2", "registry/clf:2", actor="ops")
    assert estate.delete_version("ensemble", "1")
    assert ledger.verify(deep=True).ok


def test_a_version_that_was_made_of_another_stays_whole_when_that_goes(registry: ModelRegistry, ledger: Ledger) -> None:
    ledger.add(DataNode("svc", platform="app"))
    registry.register("m", "1", trained_on=["raw"])
    registry.register("m", "2", trained_on=["m:1", "features"])
    registry.deploy("m", "2", "svc", actor="ops")
    chain = registry.lineage("m", "1")
    assert chain is not None
    assert (chain.deployments, registry.retire("m", "1", "registry/m:2", actor="ops")) == ((), False)
    registry.deploy("m", "1", "registry/m:2", actor="ops")
    assert registry.retire("m", "1", "registry/m:2", actor="ops")
    assert registry.delete_version("m", "1")
    assert ledger.trace("svc") == ["m:2", "svc"]
    check_relationships(ledger, "ModelVersion", "FEEDS", "Port", {("registry/m:2", "registry:m:2")})
    stored = registry.store_artifact("m", "2", b"weights")
    assert stored is not None
    assert stored.artifact_size == 7
    for wrong in ("registry/m:1", "registry:n:3"):
        with pytest.raises(ConflictError, match=r"m:1 was deleted|cannot be trained on itself"):
            registry.register("n", "3", trained_on=[wrong])
    assert ledger.verify(deep=True).ok


def test_what_a_source_lists_is_there_by_what_the_source_says(registry: ModelRegistry, ledger: Ledger) -> None:
    def listed(*names: str) -> None:
        ledger.discover(Source("listing", {name: said("") for name in names}), allow_removals=True)

    ledger.register(name="by hand", platform="p", owner="ops", model_type="service", tier="low", purpose="serves", actor="ann")
    registry.register("m", "1")
    listed("ran", "runs", "never")
    for target in ("p/ran", "p/runs", "p/by hand"):
        registry.deploy("m", "1", target, actor="ops")
    for target in ("p/ran", "p/by hand"):
        assert registry.retire("m", "1", target, actor="ops")
    listed("other")
    present = nodes(ledger, "ModelRef", "key", "present")
    assert present >= {("p/ran", False), ("p/runs", True), ("p/never", False), ("p/by hand", True)}
    with pytest.raises(ConflictError, match="p/never is not there any more"):
        registry.deploy("m", "1", "p/never", actor="ops")
    assert registry.retire("m", "1", "p/runs", actor="ops")
    assert ("p/runs", False) in nodes(ledger, "ModelRef", "key", "present")
    assert ledger.verify(deep=True).ok


def test_who_says_so_itself_runs_a_version_and_goes_on_saying_so(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("r", "1")
    ledger.add(DataNode("svc", platform="app", inputs=["registry:r:1"]))
    chain = registry.lineage("r", "1")
    assert chain is not None
    assert [each.target for each in chain.deployments] == ["app/svc"]
    with pytest.raises(ConflictError, match="runs at app/svc: "):
        registry.delete_version("r", "1")
    assert registry.delete_version("r", "1", force=True)
    check_relationships(ledger, "Port", "FEEDS", "DataNode", {("registry:r:1", "app/svc")})
    assert ledger.verify(deep=True).ok


def test_versions_of_other_models_in_its_group_are_none_of_a_model(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("c", "1")
    registry.register("d", "7")
    registry.transition_stage("d", "7", "production")
    ledger.add_member("registry/c", "registry/d:7", actor="ann")
    registry.transition_stage("c", "1", "production")
    model, promoted = registry.get_model("c"), registry.production_at("c", "2100-01-01")
    assert model is not None
    assert promoted is not None
    assert ([each.version for each in model.versions], promoted.version) == (["1"], "1")
    assert ({each.version for each in registry.stage_history("c")}, registry.get_latest("c")) == ({"1"}, registry.get_version("c", "1"))
    with pytest.raises(ConflictError, match="nothing to roll back to"):
        registry.rollback("c", actor="ann")
    assert ledger.verify(deep=True).ok


def test_a_version_that_is_taken_out_of_the_group_is_one_of_its_model_still(registry: ModelRegistry, ledger: Ledger) -> None:
    for version in "12":
        registry.register("e", version)
    ledger.remove_member("registry/e", "registry/e:1", actor="ann")
    for version in "12":
        assert registry.transition_stage("e", version, "production") == registry.get_version("e", version)
    assert [each.version for each in registry.list_versions("e")] == ["1", "2"]
    assert registry.rollback("e", actor="ann").version == "1"
    assert registry.get_production_model("e") == registry.get_version("e", "1")
    assert registry.delete_version("e", "1", force=True)
    assert ledger.verify(deep=True).ok


def test_what_a_person_records_by_hand_is_no_word_of_the_registry(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("h", "1", metrics={"mae": 1.0})
    for event in ("stage_changed", "version_deleted", "model_described"):
        with pytest.raises(ValidationError, match=r"is written by registry\."):
            ledger.record("registry/h:1", event=event, payload={"new": "production"}, actor="ann")
    ledger.add(DataNode("h:1", platform="registry", metadata={"model_version": {"a": 1}}))
    ledger.record("registry/h:1", event="discovered", payload={"model_version": {}}, source="registry/h", actor="ann")
    version = registry.get_version("h", "1")
    assert version is not None
    assert (version.metrics.mae, ledger.verify(deep=True).ok) == (1.0, True)
