"""The command line asks a service by its address alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import Say, estate, say
from tests.surfaces.rest.serving import served
from tests.surfaces.test_completion import offered

__all__ = ["estate", "say"]

READING = [
    "list --tier high", "show fraud", "show fraud --as-of 2026-03-01", "query fraud --order relevance", "trace queue",
    "trace features --down",
    "impact features", "impact features --mermaid", "impact features --depth 1 --json", "path features queue", "history fraud",
    "changelog --since 2026-01-01", "inventory 2026-03-31", "inventory 2026-03-31 --since 2026-01-01", "dependencies fraud",
    "investigate fraud", "overview", "runs", "coverage", "silent --days 1", "verify", "verify fraud --deep", "doctor", "tags fraud",
    "show no-such-model", "impact features --as-of nonsense",
]  # fmt: skip
SINCE = re.compile(r"\d{4}-\d\d-\d\dT?[\d:. ]*(\+00:00|Z)?")


@pytest.fixture
def service(estate: Ledger) -> Iterator[str]:
    """Where the estate is served."""
    with served(estate) as client:
        yield str(client.base_url)


def test_a_reading_command_says_of_a_service_what_it_says_of_the_database(service: str, say: Say) -> None:
    for line in READING:
        near, far = say(*line.split()), say("--uri", service, *line.split())
        assert (far.exit_code, far.stderr) == (near.exit_code, near.stderr), line
        assert SINCE.sub("", far.stdout) == SINCE.sub("", near.stdout), line


def test_a_writing_command_writes_through_a_service(service: str, say: Say, estate: Ledger, tmp_path: Path) -> None:
    listing = tmp_path / "more.yaml"
    listing.write_text("models:\n  - {name: pricing, platform: ml, inputs: [customer_features]}\n", encoding="utf-8")
    checkpoint = tmp_path / "ledger.checkpoint"
    for line in (
        "record fraud reviewed --actor mrm", "tag fraud live --actor mrm", f"discover files {listing}",
        "update fraud --tier low --actor mrm",
        f"discover files {listing} --plan --out {tmp_path / 'plan.json'}", f"seal --checkpoint {checkpoint}", f"prove --since {checkpoint}",
    ):  # fmt: skip
        found = say("--uri", service, *line.split())
        assert found.exit_code == 0, f"{line}: {found.output}"
    assert estate.get("fraud").tier == "low"
    assert "pricing" in estate.downstream("features")
    assert estate.prove_consistency(checkpoint).ok


@pytest.mark.parametrize("line", ["cypher run whole_estate", "browse", "serve", "keys list"])
def test_what_takes_the_database_says_so(service: str, say: Say, line: str) -> None:
    found = say("--uri", service, *line.split())
    assert (found.exit_code, found.stdout) == (2, "")
    assert "takes the database itself" in found.stderr.replace("\n", " ")


def test_the_tab_key_knows_the_models_of_a_service(service: str, say: Say) -> None:
    assert offered("--uri", service, "impact", begun="fr") == ["fraud"]
    assert offered("--uri", service, "impact", begun="ml/") == ["ml/fraud"]
    assert offered("--uri", "https://127.0.0.1:1", "impact", begun="fr") == []


def test_a_service_that_is_away_ends_with_the_code_of_the_database(say: Say) -> None:
    found = say("--uri", "http://127.0.0.1:1", "list")
    assert found.exit_code == 3
    assert "no graph-ledger service answers at http://127.0.0.1:1" in found.stderr
    assert say("--uri", "http://127.0.0.1:1", "--database", "x", "list").exit_code == 2
