"""Completion knows the models, and is silent when it does not."""

import pytest
from click.shell_completion import ShellComplete

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.main import cli
from tests.surfaces.conftest import Say


def offered(*words: str, begun: str) -> list[str]:
    """Return what the tab key offers after these words."""
    return [item.value for item in ShellComplete(cli, {}, "graph-ledger", "_X").get_completions(list(words), begun)]


def test_names_keys_and_statements_are_offered(estate: Ledger, say: Say) -> None:
    assert offered("impact", begun="fr") == ["fraud"]
    assert offered("path", "features", begun="al") == ["alerting/queue"]
    assert offered("cypher", "run", begun="wid") == ["widest_impact"]


@pytest.mark.parametrize(("name", "value"), [("URI", "bolt://127.0.0.1:1"), ("PASSWORD", "wrong"), ("URI", "nonsense")])
def test_a_database_that_does_not_answer_offers_nothing_and_says_nothing(
    name: str, value: str, say: Say, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"GRAPH_LEDGER_{name}", value)
    assert offered("impact", begun="") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script(shell: str, say: Say) -> None:
    done = say("completion", shell)
    assert (done.exit_code, "_GRAPH_LEDGER_COMPLETE" in done.stdout) == (0, True)
