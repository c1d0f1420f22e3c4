"""The example of a configuration: every type stands in it, and every entry can be made."""

from pathlib import Path

import pytest

from graph_ledger.connectors.registry import OURS
from graph_ledger.settings import Settings, read_settings
from graph_ledger.surfaces.configured import Entry, made, read_configuration
from tests.archive import SAMPLE
from tests.deploy.conftest import ROOT

FILE = ROOT / "deploy" / "graph-ledger.example.toml"
SECRETS = {
    "SCHEDULER_URL": "sqlite:///jobs.db",
    "REGISTRY_AUTHORIZATION": "Bearer s3cret",
    "GITHUB_TOKEN": "s3cret",
    "PREFECT_API_KEY": "s3cret",
    "MLFLOW_TOKEN": "s3cret",
}


def test_every_type_has_an_entry() -> None:
    assert {entry.type for entry in read_configuration(FILE)} == set(OURS)


def test_every_entry_can_be_made_with_its_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "warehouse").symlink_to(SAMPLE / "2025-12-31")
    (tmp_path / "target").symlink_to(SAMPLE.parent / "sample_dbt")
    (tmp_path / "events").mkdir()
    for name in ("estate.yaml", "risk.yaml"):
        (tmp_path / name).write_text("models: []", encoding="utf-8")
    entries = read_configuration(FILE)
    assert [made(entry, tmp_path).name for entry in entries] == [entry.label for entry in entries]


def test_it_names_secrets_and_holds_none() -> None:
    named = {line.split('"')[1] for line in FILE.read_text(encoding="utf-8").splitlines() if "_env = " in line and not line.startswith("#")}
    assert named == set(SECRETS)


def test_it_explains_every_key_of_an_entry_and_says_where_the_graph_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert all(f"#   {name}" in text for name in Entry.model_fields if name != "type")
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GRAPH_LEDGER_{name.upper()}", raising=False)
    settings = read_settings(FILE)
    assert (settings.uri, settings.user, settings.password) == ("neo4j://graph.example.com:7687", "neo4j", None)
