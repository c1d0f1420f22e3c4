"""A machine on which graph-ledger is installed, as the units take it to be: its folders stand below a temporary one."""

import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from tests.conftest import Address
from tests.surfaces.conftest import environment

__all__ = ["environment"]

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ESTATE = """
[[connectors]]
type = "files"
name = "estate"
path = "estate.json"
"""
MISSING = ESTATE.replace("estate", "missing")


@dataclass(frozen=True)
class Machine:
    """Folders of a machine, and what stands for them here."""

    root: Path
    uri: str
    user: str
    password: str

    @property
    def etc(self) -> Path:
        """The folder of graph-ledger.toml and secrets.env."""
        return self.root / "etc"

    @property
    def log(self) -> Path:
        """The folder of its logs."""
        return self.root / "log"

    @property
    def config(self) -> Path:
        """The file of connectors."""
        return self.etc / "graph-ledger.toml"

    def here(self, text: str) -> str:
        """Return a text of a unit with the folders that stand for those it names."""
        for there, stands in {"/etc/graph-ledger": self.etc, "/var/log/graph-ledger": self.log, "/opt/graph-ledger/bin": BIN}.items():
            text = text.replace(there, str(stands))
        return text

    def declare(self, connectors: str) -> None:
        """Write the file of connectors."""
        self.config.write_text(f'uri = "{self.uri}"\n{connectors}', encoding="utf-8")


@pytest.fixture
def machine(ledger: Ledger, address: Address, tmp_path: Path) -> Machine:
    """A machine with one estate to read; only its file of secrets holds the password."""
    uri, (user, password) = address
    found = Machine(tmp_path, uri, user, password)
    found.etc.mkdir()
    found.log.mkdir()
    found.declare(ESTATE)
    (found.etc / "estate.json").write_text('[{"name": "a", "outputs": ["t"]}, {"name": "b", "inputs": ["t"]}]', encoding="utf-8")
    secrets = {"GRAPH_LEDGER_USER": user, "GRAPH_LEDGER_PASSWORD": password, "GRAPH_LEDGER_HOME": str(tmp_path)}
    lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in secrets.items())
    (found.etc / "secrets.env").write_text(lines, encoding="utf-8")
    return found


@pytest.fixture
def read(ledger: Ledger) -> Callable[[], list[tuple[str, str]]]:
    """Return what runs there were: source and status."""
    return lambda: [(run.source, run.status) for run in ledger.runs()]
