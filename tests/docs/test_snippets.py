"""Every command and every snippet of the pages is run; what a page shows is what comes out."""

import json
import re
import shlex
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from graph_ledger import DataNode, Ledger, server
from graph_ledger.connectors import files
from graph_ledger.demo.load import load
from graph_ledger.settings import Settings
from graph_ledger.surfaces.cli.main import cli
from graph_ledger.values import lineage
from tests.docs.pages import PAGES, ROOT, blocks, commands, name_of, remarks, words
from tests.docs.pages import files as saved
from tests.surfaces.test_demo import PAGE as PROVED_ON_A_DEMO
from tests.surfaces.test_demo import documented

NOT_RUN = {
    "make demo": "installs and starts a server; its answer is shown again as `graph-ledger --demo impact`, which is run",
    "make test": "is what runs this",
    'pip install "graph-ledger[server]"': "installs; that there is such an extra is checked",
    "graph-ledger server install": "downloads; proved by tests/server/test_install.py",
    "graph-ledger server start": "proved by tests/server/test_start.py and test_commands.py",
    "graph-ledger server logs": "needs a server of its own; proved by tests/server/test_start.py",
    "graph-ledger server stop": "needs a server of its own; proved by tests/server/test_start.py",
    "graph-ledger --demo server stop": "needs a server of its own; proved by tests/surfaces/test_demo.py",
    "graph-ledger demo": "starts a server of its own; proved by tests/surfaces/test_demo.py",
    "graph-ledger prove 5f0c1c0e2b7d4a9f8e6d3c2b1a09f8e7": "no event has that hash; proved by tests/surfaces/test_seal.py",
    "graph-ledger check": "needs such a proof; proved by tests/surfaces/test_seal.py",
    "graph-ledger discover files estate.yaml --plan --out plan.json": "ends with 1; proved by tests/surfaces/test_scheduled.py",
    "graph-ledger discover files estate.yaml --plan": "ends with 1; proved by tests/surfaces/test_scheduled.py",
    "graph-ledger discover mlflow": "asks a server; proved by tests/connectors/test_mlflow.py",
    "graph-ledger discover prefect": "asks a server; proved by tests/connectors/test_prefect.py",
    "graph-ledger discover github": "asks a server; proved by tests/connectors/test_github.py",
    "graph-ledger discover rest": "asks a server; proved by tests/connectors/test_rest.py",
    "graph-ledger discover --apply plan.json": "needs such a plan; proved by tests/surfaces/test_scheduled.py",
    "graph-ledger contract sync -m metadata.yaml -b breaking.yaml -d diff-v1.json -o ledger --dry-run": (
        "ends with 1; proved by tests/contracts/test_command.py"
    ),
    "graph-ledger runs 4f0c2a91": "no run has that name; proved by tests/surfaces/test_scheduled.py",
    "graph-ledger --uri https://ledger.example": "asks a service; proved by tests/remote/test_command_line.py",
    "export GRAPH_LEDGER_URI=https://ledger.example": "sets a variable of the shell",
    "export GRAPH_LEDGER_KEY=gl_...": "sets a variable of the shell",
    "graph-ledger mcp": "talks to a client of its own kind; proved by tests/surfaces/mcp",
    "graph-ledger serve": "answers until it is told to end; proved by tests/surfaces/rest/test_serve.py",
    "graph-ledger browse": "opens a web browser; proved by tests/surfaces/test_strangers.py, and with --print here",
}
"""Commands that are not run here, by how they begin, each with the reason; that they exist is checked all the same."""
PIPES: Mapping[str, Callable[[str], str]] = {"jq --raw-output '.notify[]'": lambda text: "\n".join(json.loads(text)["notify"])}
"""What other programs on the pages make of an answer."""
LOADED = re.compile(r"a demo loaded on (\d{4}-\d\d-\d\d)")
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
OTHERS = {"read", "write", "is_init", "model_dump", "len"}
"""Functions on the pages that are no verbs of the ledger: of the database room, of templates, of pydantic, of Python."""


def not_run(command: str) -> bool:
    """Say whether a command is one that cannot run here."""
    return "--print" not in command and any(command == each or command.startswith(f"{each} ") for each in NOT_RUN)


def parsed(line: str) -> None:
    """Fail unless the command line has this command and takes these words."""
    group, name, rest, context = cli, "graph-ledger", shlex.split(re.split(r" [|>]", line)[0])[1:], None
    command: click.Command = group
    while True:
        try:
            context = command.make_context(name, list(rest), parent=context)
        except (click.exceptions.NoArgsIsHelpError, click.exceptions.Exit):  # a group alone, --help
            return
        rest = [*getattr(context, "_protected_args", []), *context.args]
        if not isinstance(command, click.Group) or not rest:
            return
        found, command_found, rest = command.resolve_command(context, rest)
        assert command_found is not None, line
        name, command = str(found), command_found


def said(line: str) -> tuple[int, str]:
    """Run a command on the test database; return its exit code and what it says."""
    call, piped, program = line.partition(" | ")
    done = CliRunner().invoke(cli, shlex.split(re.split(r" >", call)[0])[1:], prog_name="graph-ledger")
    text = done.stdout or done.stderr
    return done.exit_code, (PIPES[program](text) if piped else text).strip()


def check(line: str, shown: str) -> None:
    """Fail unless a command says what the page shows; where it shows nothing, the command succeeds."""
    code, text = said(line)
    assert not shown or text == shown, line
    assert (code == 0) is not shown.startswith("Error:"), f"{line}: {text}"


def save(page: Path, desk: Path) -> None:
    """Put what a page has its reader save where its commands look."""
    for name, text in saved(page).items():
        (desk / name).write_text(text, encoding="utf-8")


def test_there_are_pages() -> None:
    assert {"README.md", "docs/index.md", "docs/concepts.md", "docs/command-line.md"} <= set(map(name_of, PAGES))


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=name_of)
def test_the_python_of_a_page_runs_and_prints_what_it_says(page: Path, desk: Path) -> None:
    printed: list[tuple[int, str]] = []

    def show(*values: object) -> None:
        printed.append((sys._getframe(1).f_lineno, " ".join(map(str, values))))

    save(page, desk)
    space: dict[str, Any] = {"__name__": "page", "print": show}
    try:
        for block in blocks(page, "python"):
            code = "\n" * (block.line - 1) + block.text
            exec(compile(code, page, "exec"), space)
            expected = {line: said for line, said in remarks(code).items() if "print(" in code.splitlines()[line - 1]}
            assert expected.keys() <= {line for line, _ in printed}, "a line that prints was not reached"
            for line, text in printed:
                told = expected.get(line, text)
                assert told == text or told.startswith((f"{text}: ", f"{text}, ")), f"{name_of(page)}, line {line}: prints {text}"
            if block.printed is not None:
                assert "".join(f"{text}\n" for _, text in printed) == block.printed, f"{name_of(page)}, below line {block.line}"
            printed.clear()
    finally:
        for value in [value for value in space.values() if hasattr(value, "close") and not isinstance(value, type)]:
            value.close()


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=name_of)
def test_the_commands_of_a_page_run_and_show_what_it_shows(page: Path, desk: Path) -> None:
    save(page, desk)
    for command in commands(page):
        if not command.text.startswith("graph-ledger "):
            assert not_run(command.text), f"{name_of(page)}: {command.text} is neither run nor excused"
        elif not not_run(command.text) and "--demo" not in command.text:
            check(command.text, command.shown)


@pytest.mark.parametrize("page", [page for page in PAGES if any("--demo" in each.text for each in commands(page))], ids=name_of)
def test_what_a_page_asks_the_demo_is_answered_as_shown(page: Path, desk: Path, ledger: Ledger) -> None:
    """The estate is loaded as of today, so the days of a page move by as much; those that never move have a test on a true demo."""
    today = datetime.now(timezone.utc)
    written = LOADED.search(page.read_text(encoding="utf-8"))
    moved = today.date() - date.fromisoformat(written[1]) if written else timedelta()
    proved = documented() if page == PROVED_ON_A_DEMO else {}

    def on_its_day(text: str) -> str:
        return DAY.sub(lambda day: (date.fromisoformat(day[0]) + moved).isoformat(), text)

    load(ledger, today)
    for command in commands(page):
        if "--demo" in command.text and command.text not in proved and not not_run(command.text):
            assert written or not DAY.search(command.text + command.shown), f"{name_of(page)} says not on which day the demo was loaded"
            check(on_its_day(command.text).replace(" --demo", ""), on_its_day(command.shown))
    for _, word in words(page):
        if page == PROVED_ON_A_DEMO and word.startswith("graph-ledger ") and not not_run(word):
            code, text = said(word)
            assert (code, "Usage" in text) in {(0, False), (0, word.endswith("--help"))} or word in GROUPS, f"{word}: {text}"


GROUPS = {"graph-ledger cypher", "graph-ledger discover"}
"""Named on a page as such; alone they show their help."""


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_and_verb_that_a_page_names_is_there(page: Path, desk: Path) -> None:
    save(page, desk)
    told = [command.text for command in commands(page)] + [word for _, word in words(page)]
    for line in told:
        if line.startswith("graph-ledger "):
            parsed(line)
        elif found := re.match(r"(ledger\.|Ledger\.)?([a-z]\w+)\(", line):
            owners = (Ledger,) if found[1] else (Ledger, lineage.Impact, lineage.Path, files)
            assert any(hasattr(owner, found[2]) for owner in owners) or found[2] in OTHERS, f"{name_of(page)}: there is no {line}"
        elif line.startswith("make "):
            assert re.search(rf"^{line.split()[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), line
        elif found := re.match(r"pip install \"graph-ledger\[(\w+)\]\"", line):
            assert f"\n{found[1]} = [" in (ROOT / "pyproject.toml").read_text(encoding="utf-8"), line


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?://", target):
            file = (page.parent / target.partition("#")[0]).resolve()
            assert file.exists(), f"{name_of(page)}: {target}"


@pytest.mark.slow
def test_a_ledger_of_its_own_is_what_the_pages_say() -> None:
    if not server.is_installed(Settings().cache):
        pytest.skip("no local Neo4j is installed")
    with Ledger.temporary() as ledger:
        ledger.add([DataNode("features", outputs=["t"]), DataNode("fraud", inputs=["T"])])
        assert ledger.downstream("features") == ["fraud"]
