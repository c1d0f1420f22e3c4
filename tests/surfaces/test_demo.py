"""``graph-ledger demo``: a home of its own, the same twice."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph_ledger import server
from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings
from graph_ledger.surfaces.cli.main import cli
from tests.graph import counts

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"


def documented() -> dict[str, str]:
    """Return the commands of the page whose answers hold on every day, each with the answer that the page shows."""
    blocks = re.findall(r"^```console\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    shown = [part.partition("\n") for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part]
    lasting = [each for each in shown if "--demo" in each[0] and "|" not in each[0] and "20" not in each[0] + each[2]]
    return {command: said.strip() for command, _, said in lasting}


@pytest.mark.slow
def test_the_demo_has_its_own_graph_and_a_second_load_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not server.is_installed(Settings().cache):
        pytest.skip("no local Neo4j is installed")
    monkeypatch.setenv("GRAPH_LEDGER_HOME", str(tmp_path))
    monkeypatch.setenv("GRAPH_LEDGER_URI", "bolt://127.0.0.1:1")  # the user's own graph is never asked
    monkeypatch.setenv("GRAPH_LEDGER_ARTIFACTS", str(tmp_path / "store"))  # and neither is the user's own store
    monkeypatch.chdir(tmp_path)
    try:
        first = CliRunner().invoke(cli, ["demo", "--json"], catch_exceptions=False)
        home = tmp_path / "demo"
        running = server.status(home, Settings().cache)
        with Ledger(str(running.uri), auth=server.credentials(home)) as ledger:
            before = counts(ledger)
            second = CliRunner().invoke(cli, ["--demo", "demo", "--json"], catch_exceptions=False)
            assert counts(ledger) == before
        impact = json.loads(first.stdout)
        assert {"ml/fraud_scoring", "alerting/alert_engine"} <= {node["key"] for node in impact["nodes"]}
        assert (first.exit_code, second.exit_code, json.loads(second.stdout)) == (0, 0, impact)
        assert "graph-ledger --demo impact customer_features --as-of" in first.stderr
        asked = CliRunner().invoke(cli, ["--demo", "history", "fraud_scoring", "--jsonl"], catch_exceptions=False)
        assert len(asked.stdout.splitlines()) > 5
        for command, shown in documented().items():
            done = CliRunner().invoke(cli, command.split()[1:], prog_name="graph-ledger")
            assert (done.stdout or done.stderr).strip() == shown
        (tmp_path / "model.pkl").write_bytes(b"weights")
        told = ["--demo", "registry", "register", "mine", "1.0", "--artifact", str(tmp_path / "model.pkl")]
        assert CliRunner().invoke(cli, told, catch_exceptions=False).exit_code == 0
        assert ((home / "artifacts" / "mine" / "1.0" / "model.bin").read_bytes(), (tmp_path / "store").exists()) == (b"weights", False)
        assert CliRunner().invoke(cli, ["--demo", "browse", "--print"], catch_exceptions=False).stdout.startswith(str(running.browser))
    finally:
        server.stop(tmp_path / "demo")
