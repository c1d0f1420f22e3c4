"""Events that OpenLineage's own Python client writes."""

import json
import subprocess
from pathlib import Path

import pytest

from graph_ledger import Ledger
from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.connectors.openlineage_receiver import OpenLineageReceiver
from graph_ledger.connectors.testing import check_connector
from tests.connectors.openlineage_sender import PROGRAM
from tests.connectors.twice import written
from tests.environments import environment

pytestmark = pytest.mark.slow


def send(transport: dict[str, object]) -> None:
    """Let the client send the events of its program."""
    python = environment("openlineage", "openlineage-python") / "python"
    done = subprocess.run([python, "-c", PROGRAM, json.dumps(transport)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("append", [True, False])
@pytest.mark.parametrize("pretty", [True, False])
def test_what_the_client_writes_to_files_is_read(tmp_path: Path, append: bool, pretty: bool) -> None:
    send({"type": "file", "log_file_path": str(tmp_path / "events.jsonl"), "append": append, "debug_mode": pretty})
    listing = check_connector(openlineage_connector(tmp_path))
    assert not listing.errors
    assert listing.coverage["events"] == 6
    nodes = {node.name: node for node in listing}
    assert {name: [port.key for port in (*node.inputs, *node.outputs)] for name, node in nodes.items()} == {
        "etl/load": ["s3://lake/raw/orders.csv", "shop.public.orders"],
        "etl/daily": ["shop.public.orders", "shop.mart.daily"],
    }
    metadata = nodes["etl/daily"].metadata
    assert (metadata["owner"], metadata["purpose"], metadata["model_type"]) == ("team:orders", "Orders of a customer", "query")
    assert (metadata["sql"], metadata["parent"]) == ("INSERT INTO mart.daily SELECT 1", "etl/nightly")
    assert metadata["schemas"] == {"shop.mart.daily": {"customer": "text", "total": "numeric"}}
    assert [(flow.output_column, flow.input_column, flow.kind, flow.subtype) for flow in nodes["etl/daily"].columns] == [
        ("*", "customer", "INDIRECT", "GROUP_BY"),
        ("total", "amount", "DIRECT", "AGGREGATION"),
    ]


def test_what_the_client_writes_again_changes_nothing(tmp_path: Path, ledger: Ledger) -> None:
    connector = openlineage_connector(tmp_path)
    send({"type": "file", "log_file_path": str(tmp_path / "events.jsonl"), "append": True})
    assert (ledger.discover(connector).added, ledger.downstream("etl/load")) == (2, ["etl/daily"])
    before = written(ledger)
    send({"type": "file", "log_file_path": str(tmp_path / "events.jsonl"), "append": True})
    again = ledger.discover(connector)
    assert (again.added, again.changed, again.gone, again.skipped) == (0, 0, 0, 2)
    assert written(ledger) == before


def test_what_the_client_sends_is_received(tmp_path: Path, ledger: Ledger) -> None:
    with OpenLineageReceiver(tmp_path / "inbox") as receiver:
        send({"type": "http", "url": receiver.url, "compression": "gzip"})
    listing = check_connector(openlineage_connector(tmp_path / "inbox"))
    assert ([node.name for node in listing], listing.coverage["events"]) == (["etl/daily", "etl/load"], 6)
    ledger.discover(openlineage_connector(tmp_path / "inbox"))
    assert ledger.downstream("etl/load") == ["etl/daily"]
