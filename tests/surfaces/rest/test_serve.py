"""``graph-ledger serve`` as a process: where it listens, what it says, how it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest

from graph_ledger.access.keys import create_key, revoke_key
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.hosts import on_loopback
from graph_ledger.values.node import DataNode
from tests.surfaces.conftest import Say
from tests.surfaces.rest.test_limits import held

PROGRAM = str(Path(sys.executable).parent / "graph-ledger")


@contextmanager
def process(log: Path, *options: str, port: int = 0, **more: str) -> Iterator[tuple["subprocess.Popen[bytes]", httpx.Client]]:
    """Run the command; yield it and a client of where it says that it listens."""
    command = [PROGRAM, "serve", "--port", str(port), *options]
    with log.open("wb") as out, subprocess.Popen(command, stderr=out, stdout=out, env=os.environ | more) as serving:
        try:
            until = time.monotonic() + 60
            while not (found := re.search(r"http://[\w.\[\]:]+:\d+", log.read_text(encoding="utf-8"))):
                assert serving.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < until
                time.sleep(0.05)
            with httpx.Client(base_url=found[0].replace("0.0.0.0", "127.0.0.1"), trust_env=False, timeout=60) as client:
                yield serving, client
        finally:
            serving.kill()


def test_it_listens_to_others_only_once_there_is_a_key_that_works(say: Say, ledger: Ledger, tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", socket.gethostname()):
        if not on_loopback(host):
            done = say("serve", "--host", host, "--port", "0")
            assert (done.exit_code, "keys create" in done.stderr) == (2, True), done.stderr
    create_key(ledger.database, "gone", "reader")
    revoke_key(ledger.database, "gone")
    assert say("serve", "--host", "0.0.0.0", "--port", "0").exit_code == 2
    shown = {"X-API-Key": create_key(ledger.database, "r", "reader")}
    with process(tmp_path / "log", "--host", "0.0.0.0") as (_, client):
        assert [client.get(path).status_code for path in ("/health", "/ready", "/docs", "/overview", "/metrics")] == [
            200,
            200,
            200,
            401,
            401,
        ]
        assert client.get("/overview", headers={**shown, "Host": "ledger.example"}).status_code == 200


def test_it_ends_when_told_and_answers_first_what_it_was_asked(estate: Ledger, environment: dict[str, str], tmp_path: Path) -> None:
    log, answers = tmp_path / "log", list[int]()
    with process(log, "--log-format", "json") as (serving, client):
        client.get("/models/fraud").raise_for_status()

        def ask() -> None:
            answers.append(client.post("/record", json={"model_name": "fraud", "event": "reviewed"}).status_code)

        asking = Thread(target=ask)
        with held(estate, "ml/fraud"):
            asking.start()
            while "in_flight 2.0" not in httpx.get(f"{client.base_url}/metrics", trust_env=False).text:
                time.sleep(0.05)
            serving.send_signal(signal.SIGTERM)
            time.sleep(0.3)
        assert serving.wait(30) == 0
        asking.join()
    assert answers == [200]
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["event"] == "listening"
    assert lines[-1]["event"] == "ended"
    told = next(line for line in lines if line["event"] == "request")
    assert (told["method"], told["route"], told["status"]) == ("GET", "/models/{subject:path}", 200)
    assert {"time", "level", "milliseconds", "key", "client"} <= told.keys()


def test_options_are_settings_as_well(estate: Ledger, environment: dict[str, str], tmp_path: Path) -> None:
    with process(tmp_path / "log", GRAPH_LEDGER_REST_MAX_ROWS="2", GRAPH_LEDGER_REST_CORS='["https://a.example"]') as (_, client):
        assert client.get("/list").json()["limit"] == "rows"
        assert client.get("/health", headers={"Origin": "https://a.example"}).headers["access-control-allow-origin"] == "https://a.example"
    with process(tmp_path / "log", "--max-rows", "3", GRAPH_LEDGER_REST_MAX_ROWS="2") as (_, client):
        assert client.get("/list").status_code == 200


def test_an_admin_has_read_what_is_allowed_and_trouble_comes_back_in_the_answer(
    ledger: Ledger, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "models.json").write_text('[{"name": "a", "platform": "p"}]', encoding="utf-8")
    (tmp_path / "shut.json").write_text("[]", encoding="utf-8")
    (tmp_path / "open" / "link.json").symlink_to(tmp_path / "shut.json")
    keys = {role: {"X-API-Key": create_key(ledger.database, role, role)} for role in ("writer", "admin")}
    with process(tmp_path / "log", "--allow-folder", str(tmp_path / "open"), "--allow-connector", "rest") as (_, client):

        def discover(role: str, **source: object) -> httpx.Response:
            return client.post("/discover", json=source, headers=keys[role])

        file = {"source_type": "file", "file_path": str(tmp_path / "open" / "models.json")}
        assert discover("writer", **file).status_code == 403
        assert discover("admin", **file).json()["models_added"] == 1
        for shut in ("shut.json", "open/../shut.json", "open/link.json"):
            assert discover("admin", source_type="file", file_path=str(tmp_path / shut)).status_code == 403
        missing = discover("admin", source_type="file", file_path=str(tmp_path / "open" / "none.json"))
        assert (missing.status_code, len(missing.json()["errors"])) == (200, 1)
        asked = {"source_type": "connector", "connector_name": "rest", "connector_config": {"url": "http://127.0.0.1:9/"}}
        assert discover("admin", **asked).status_code == 403
    assert ledger.get("a").platform == "p"


def test_a_taken_port_and_a_strange_address_are_said(say: Say) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = say("serve", "--port", str(taken.getsockname()[1]))
    assert (done.exit_code, "in use" in done.stderr) == (2, True)
    assert say("serve", "--host", "no such host").exit_code == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost", "LOCALHOST"])
def test_addresses_of_this_machine_alone(host: str) -> None:
    assert on_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "10.0.0.1", "localhost.example", "127.0.0.1.example"])
def test_addresses_that_others_reach(host: str) -> None:
    assert not on_loopback(host)


def test_a_service_is_served_from_more_than_one_process(estate: Ledger, environment: dict[str, str], tmp_path: Path) -> None:
    with process(tmp_path / "one") as (_, one), process(tmp_path / "two") as (_, two):
        one.post("/record", json={"model_name": "fraud", "event": "reviewed"}).raise_for_status()
        assert two.get("/latest/fraud").json()["event"]["event_type"] == "reviewed"


def test_a_node_named_like_a_file_is_no_file(ledger: Ledger, environment: dict[str, str], tmp_path: Path) -> None:
    ledger.add(DataNode("../../etc/passwd", platform="p"))
    with process(tmp_path / "log") as (_, client):
        assert client.get("/models/p%2F..%2F..%2Fetc%2Fpasswd").json()["name"] == "../../etc/passwd"
        for path in ("/docs/%2e%2e/%2e%2e/app.py", "/docs/..%2fapp.py", "/docs//etc/passwd"):
            assert client.get(path).status_code == 404
