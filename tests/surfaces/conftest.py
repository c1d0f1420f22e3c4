"""The command line on the test database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.main import cli
from graph_ledger.values.node import DataNode
from tests.conftest import Address

Say = Callable[..., Result]
DAY = "2026-03-01"


@pytest.fixture
def environment(address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What names the test database; also set for this process. No file of settings, and a home without a server."""
    uri, (user, password) = address
    found = {"GRAPH_LEDGER_URI": uri, "GRAPH_LEDGER_USER": user, "GRAPH_LEDGER_PASSWORD": password, "GRAPH_LEDGER_HOME": str(tmp_path)}
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return found


@pytest.fixture
def say(ledger: Ledger, environment: dict[str, str]) -> Say:
    """Run a command on the emptied test database."""
    return lambda *arguments, given=None: CliRunner().invoke(cli, arguments, input=given, prog_name="graph-ledger")


@pytest.fixture
def ask(environment: dict[str, str]) -> Say:
    """Run a command on the test database as it is."""
    return lambda *arguments: CliRunner().invoke(cli, arguments, prog_name="graph-ledger")


@pytest.fixture
def estate(ledger: Ledger) -> Ledger:
    """Features feed fraud, fraud feeds a queue; the features are read since 1 March."""
    ledger.add(
        [
            DataNode("features", platform="etl", outputs=["customer_features"], metadata={"owner": "data-team"}),
            DataNode(
                "fraud", platform="ml", inputs=["customer_features"], outputs=["scores"], metadata={"owner": "risk-team", "tier": "high"}
            ),
            DataNode("queue", platform="alerting", inputs=["scores"], metadata={"owner": "ops-team"}),
        ],
        observed_at=DAY,
    )
    ledger.record("fraud", event="retrained", actor="ml-pipeline", payload={"auc": 0.98}, timestamp="2026-03-02T09:00:00Z")
    return ledger
