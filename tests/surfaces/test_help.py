"""Help: every command has an example, stands in the documents, and is shown without loading the database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from graph_ledger.surfaces.cli.main import cli

ROOT = Path(__file__).parents[2]


def commands(group: click.Group, *before: str) -> Iterator[tuple[str, ...]]:
    """Yield every command by the words that call it."""
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)


ALL = sorted(commands(cli))


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_has_an_example_that_calls_it(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, [*words, "--help"], prog_name="graph-ledger")
    _, divided, examples = done.stdout.partition("Example:")
    assert (done.exit_code, divided) == (0, "Example:")
    assert f"graph-ledger {' '.join(words)}" in examples.replace(" --demo", "")


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_stands_in_the_documents(words: tuple[str, ...]) -> None:
    assert f"graph-ledger {' '.join(words)}" in (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def test_every_option_says_what_it_is_for() -> None:
    waiting: list[click.Command] = [cli]
    while waiting:
        command = waiting.pop()
        waiting += command.commands.values() if isinstance(command, click.Group) else ()
        assert all(option.help for option in command.params if isinstance(option, click.Option)), command.name
        assert "password" not in {option.name for option in command.params}


def test_help_loads_nothing_that_the_package_itself_does_not() -> None:
    def loaded(module: str) -> set[str]:
        script = f"import sys, {module}; print(*sys.modules)"
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return set(subprocess.check_output([sys.executable, "-c", script], text=True, env=environment).split())

    more = loaded("graph_ledger.surfaces.cli.main") - loaded("graph_ledger")
    assert not more & {"neo4j", "neomodel", "pydantic", "rich", "sqlglot", "httpx", "yaml", "jgo"}


def test_version_is_said() -> None:
    assert CliRunner().invoke(cli, ["--version"]).stdout.startswith("graph-ledger ")
