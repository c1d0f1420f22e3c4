"""``graph-ledger server`` on a real server."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph_ledger import server as local
from graph_ledger.errors import NotInstalledError
from graph_ledger.surfaces.cli.server import server


def said(*arguments: str, home: Path, cache: Path) -> str:
    """Return what a command writes to stdout."""
    environment = {"GRAPH_LEDGER_HOME": str(home), "GRAPH_LEDGER_CACHE": str(cache)}
    return CliRunner().invoke(server, arguments, env=environment, catch_exceptions=False).stdout


def test_status_says_what_the_library_says(home: Path, cache: Path) -> None:
    assert json.loads(said("status", "--json", home=home, cache=cache)) == local.status(home, cache).model_dump(mode="json")
    assert said("start", home=home, cache=cache) == said("status", home=home, cache=cache)
    assert "Started." in said("logs", "--lines", "40", home=home, cache=cache)


def test_a_machine_without_a_server_is_told_how_to_get_one(tmp_path: Path) -> None:
    assert "server install" in said("status", home=tmp_path, cache=tmp_path)
    with pytest.raises(NotInstalledError):
        said("start", home=tmp_path, cache=tmp_path)


def test_no_command_writes_the_password(home: Path, cache: Path) -> None:
    _, password = local.credentials(home)
    assert not any(password in said(command, home=home, cache=cache) for command in ("start", "status", "logs"))
