"""The house itself: what is listed is there, what is there is used, what is drawn is true."""

import re
import subprocess
import sys
from pathlib import Path

import graph_ledger
from graph_ledger import errors
from graph_ledger.database import statements
from graph_ledger.errors import GraphLedgerError

ROOT = Path(__file__).parents[1]
PASTED = ("explore/", "schema/")
CALL = re.compile(r'\.(?:run|read|plan)\(\s*f?"([\w/{}.]+)"')


def sources() -> str:
    """All Python of the library."""
    files = [*(ROOT / "graph_ledger").rglob("*.py"), *(ROOT / "connectors").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_the_public_names_are_sorted_and_there() -> None:
    assert graph_ledger.__all__ == sorted(graph_ledger.__all__)
    assert all(hasattr(graph_ledger, name) for name in graph_ledger.__all__)


def test_importing_the_package_loads_no_skin_and_no_extra() -> None:
    # The driver loads pandas by itself where it is installed: only what comes on top of it is ours.
    code = "import sys, neo4j; before = set(sys.modules); import graph_ledger; print(*set(sys.modules) - before)"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert not loaded & {"fastapi", "mcp", "neomodel", "sqlglot", "pandas", "networkx", "jgo", "rich", "click"}


def test_every_statement_is_named_somewhere_and_every_named_one_exists() -> None:
    text = sources()
    mentioned = set(re.findall(r'"(\w+/\w+)"', text)) | {name for name in statements.names() if name.rpartition("/")[2] in text}
    kept = {name for name in statements.names() if not name.startswith(PASTED)}
    assert kept <= mentioned, kept - mentioned
    called = {name for name in CALL.findall(text) if "{" not in name}
    assert called <= set(statements.names()), called - set(statements.names())


def test_every_statement_has_its_header() -> None:
    for name in statements.names():
        lines = statements.source(name).splitlines()
        header = [line for line in lines if line.startswith("//")]
        assert statements.question(name), name
        body = statements.statement(name)
        for parameter in set(re.findall(r"\$(\w+)", body)):
            assert any(f"${parameter}" in line for line in header), f"{name}: ${parameter} is not explained"


def test_the_errors_are_drawn_as_they_are() -> None:
    def names(parent: type[GraphLedgerError]) -> list[str]:
        return [parent.__name__, *(name for child in parent.__subclasses__() for name in names(child))]

    drawn = re.findall(r"(\w+Error)\b", (errors.__doc__ or "").partition("\n")[2])
    assert sorted(drawn) == sorted(names(GraphLedgerError))


def test_no_file_is_long_and_the_driver_stays_in_its_room() -> None:
    for path in [*(ROOT / "graph_ledger").rglob("*.py"), *(ROOT / "connectors").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        inside = path.is_relative_to(ROOT / "graph_ledger" / "database") or path.is_relative_to(ROOT / "tests")
        assert inside or not re.search(r"^\s*(import neo4j|from neo4j)\b", text, re.MULTILINE), path
