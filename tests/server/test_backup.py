"""A copy of a home and a dump of its database are a ledger again; a password is exchanged. As docs/operations.md says."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph_ledger import DataNode, Ledger, server
from graph_ledger.server.folders import Home, Installation
from graph_ledger.server.java import admin_command
from graph_ledger.server.process import end

pytestmark = pytest.mark.slow
Opened = Callable[[Path], Ledger]


@pytest.fixture
def opened(cache: Path) -> Iterator[Opened]:
    """Start the server of a home and open it; all of them end with the test."""
    homes: list[Path] = []

    def start(home: Path) -> Ledger:
        homes.append(home)
        return Ledger(str(server.start(home, cache).uri), auth=server.credentials(home), database="neo4j")

    yield start
    for home in homes:
        end(Home.at(home), grace=0)


@pytest.fixture(scope="module")
def sealed(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home of a stopped server, sealed, and the checkpoint that was kept elsewhere."""
    home = tmp_path_factory.mktemp("sealed") / "home"
    with Ledger(str(server.start(home, cache).uri), auth=server.credentials(home)) as ledger:
        checkpoint = filled(ledger)
    server.stop(home)
    return home, checkpoint


@pytest.fixture
def kept(sealed: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of that home, which a test may change, and the checkpoint."""
    return shutil.copytree(sealed[0], tmp_path / "home"), sealed[1]


def filled(ledger: Ledger) -> str:
    """Take in two models and what happened to one, and seal; return the checkpoint."""
    ledger.add([DataNode("features", outputs=["t"]), DataNode("fraud", inputs=["t"])], observed_at="2026-03-01")
    ledger.record("fraud", event="validated", actor="mrm-team", payload={"result": "pass"}, timestamp="2026-03-02")
    return ledger.seal().checkpoint


def still_the_ledger(ledger: Ledger, checkpoint: str) -> None:
    """Fail unless every event, every answer and the log are what they were."""
    assert ledger.verify(deep=True).ok
    assert ledger.prove_consistency(checkpoint).status == "ok"
    assert ledger.downstream("features") == ["fraud"]
    assert [check.name for check in ledger.doctor() if not check.ok] == []


def test_a_copy_of_the_folder_is_the_ledger(kept: tuple[Path, str], opened: Opened, tmp_path: Path) -> None:
    home, checkpoint = kept
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    with opened(home) as ledger:  # life goes on, and then the disk is lost
        ledger.record("fraud", event="retrained", actor="ml")
        later = ledger.seal().checkpoint
    end(Home.at(home), grace=0)
    shutil.rmtree(home)
    shutil.copytree(copy, home)
    with opened(home) as ledger:
        still_the_ledger(ledger, checkpoint)
        assert ledger.prove_consistency(later).status != "ok"  # what came after the copy is missing, and that is seen
        ledger.record("fraud", event="retrained", actor="ml")  # and it is written on


def test_a_dump_of_the_database_is_the_ledger(kept: tuple[Path, str], opened: Opened, cache: Path, tmp_path: Path) -> None:
    home, checkpoint = kept
    fresh, dumps = tmp_path / "fresh", tmp_path / "dumps"
    dumps.mkdir()
    server.start(fresh, cache)  # which makes its users
    server.stop(fresh)
    administer(cache, home, "database", "dump", "neo4j", f"--to-path={dumps}")
    administer(cache, fresh, "database", "load", "neo4j", f"--from-path={dumps}", "--overwrite-destination=true")
    with opened(fresh) as ledger:  # under the password of the fresh one
        still_the_ledger(ledger, checkpoint)


def administer(cache: Path, home: Path, *command: str) -> None:
    """Run Neo4j's own tool on a stopped home."""
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(admin_command(Installation.below(cache), *command), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_password_is_exchanged_in_the_server_and_in_its_file(kept: tuple[Path, str], opened: Opened) -> None:
    home, checkpoint = kept
    user, old = server.credentials(home)
    with opened(home) as ledger, ledger.database.driver.session(database="system") as session:
        session.run("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", old=old, new="a new one of 2026").consume()
    (home / "password").write_text("a new one of 2026\n", encoding="utf-8")
    server.stop(home)
    assert (home / "password").stat().st_mode & 0o777 == 0o600
    with opened(home) as ledger:
        assert server.credentials(home) == (user, "a new one of 2026")
        still_the_ledger(ledger, checkpoint)


def test_another_user_may_do_all_by_an_address_that_routes(home: Path, cache: Path) -> None:
    with (
        Ledger(str(server.status(home, cache).uri), auth=server.credentials(home)) as ledger,
        ledger.database.driver.session(database="system") as session,
    ):
        checkpoint = filled(ledger)
        session.run("CREATE USER discovery SET PLAINTEXT PASSWORD $new CHANGE NOT REQUIRED", new="of its own 2026").consume()
        with Ledger(ledger.database.uri.replace("bolt://", "neo4j://"), auth=("discovery", "of its own 2026")) as other:
            written = other.record("fraud", event="retrained", actor="ml", timestamp="2026-04-01")
            assert other.latest("fraud") == written  # what it wrote itself it reads
            still_the_ledger(other, checkpoint)
