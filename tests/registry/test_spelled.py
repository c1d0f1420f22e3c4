"""Spelled: one name is one name however its letters are composed, and two that differ in case alone do not stand beside each other."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.registry import ModelRegistry
from tests.graph import counts, nodes

NAME, VERSION = (unicodedata.normalize("NFD", text) for text in ("prüfung", "é1"))


def test_every_verb_knows_a_name_in_either_spelling(registry: ModelRegistry, ledger: Ledger) -> None:
    ledger.add(DataNode("service", platform="app"))
    registry.register(NAME, VERSION)
    registry.register(NAME, "2")
    assert registry.list_models() == ["prüfung"]
    assert registry.store_artifact(NAME, VERSION, b"weights") == registry.get_version("prüfung", "é1")
    for version in (VERSION, "2"):
        assert registry.transition_stage(NAME, version, "production") is not None
    assert registry.rollback(NAME, actor="ann").version == "é1"
    assert registry.get_production_model(NAME) == registry.get_version(NAME, VERSION)
    assert registry.production_at(NAME, "2100-01-01") == registry.get_production_model("prüfung")
    assert registry.get_latest(NAME) == registry.get_version(NAME, "2")
    assert (len(registry.stage_history(NAME)), len(registry.stage_history(NAME, VERSION))) == (5, 3)
    assert registry.compare(NAME, VERSION, "2").a.version == "é1"
    assert registry.load_artifact(NAME, VERSION) == b"weights"
    opened, check = registry.open_artifact(NAME, VERSION), registry.verify_artifact(NAME, VERSION)
    assert opened is not None
    assert check is not None
    assert (opened[0].read(), check.ok) == (b"weights", True)
    assert registry.deploy(NAME, VERSION, "service", actor="ops").target == "app/service"
    lineage = registry.lineage(NAME, VERSION)
    assert lineage is not None
    assert lineage.downstream == ("service",)
    assert registry.retire(NAME, VERSION, "service", actor="ops")
    model = registry.get_model(NAME)
    assert model is not None
    assert [each.version for each in registry.list_versions(NAME)] == [each.version for each in model.versions] == ["é1", "2"]
    assert registry.delete_version(NAME, VERSION, force=True)
    assert registry.get_version("prüfung", "é1") is None
    assert {key for (key,) in nodes(ledger, "Source", "key") if key.startswith("registry")} == {
        "registry/prüfung",
        "registry/prüfung/deployments",
    }
    assert ledger.verify(deep=True).ok


def test_names_that_differ_in_case_alone_are_refused(registry: ModelRegistry, ledger: Ledger) -> None:
    registry.register("clf", "rc1")
    before = counts(ledger)
    for name, version in (("CLF", "rc1"), ("clf", "RC1"), ("Clf", "Rc1")):
        with pytest.raises(ConflictError, match="differs from clf:rc1 in case alone"):
            registry.register(name, version)
    assert counts(ledger) == before
    assert registry.register("CLF", "rc2").model_name == "CLF"


def test_of_two_that_differ_in_case_alone_and_come_at_once_one_is_registered(registry: ModelRegistry, ledger: Ledger) -> None:
    def register(name: str) -> str:
        try:
            return registry.register(name, "1").model_name
        except ConflictError:
            return ""

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(register, ["clf", "CLF", "Clf", "cLf"]))
    assert len([each for each in said if each]) == 1
    assert len(nodes(ledger, "ModelVersion", "key")) == 1


def test_metrics_and_tags_are_found_in_either_spelling(registry: ModelRegistry) -> None:
    composed, decomposed = "é", unicodedata.normalize("NFD", "é")
    version = registry.register("clf", "1", metrics={decomposed: 2}, tags={composed: "x"})
    for spelled in (composed, decomposed):
        assert registry.search(metric=f"{spelled}=2") == registry.search(tag=f"{spelled}=x") == [version]
    with pytest.raises(ValidationError, match="two names are one"):
        registry.register("clf", "2", metrics={composed: 1, decomposed: 2})
