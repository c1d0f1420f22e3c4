"""`graph-ledger browse` fills in each question, the colours know every kind of node, and the saved scripts hold what is told."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from neomodel import StructuredNode

from graph_ledger import schema
from graph_ledger.database.migrations import LABELS, TYPES
from graph_ledger.database.statements import names, source
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.answer import jsonable
from graph_ledger.surfaces.cli.statements import parameters
from tests.surfaces.conftest import Say
from tests.surfaces.test_explore import GIVEN, QUESTIONS, TOOLS, demo

__all__ = ["demo"]
STYLE = Path(__file__).parents[2] / "docs" / "browser" / "graph-ledger.grass"


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in TOOLS])
def test_browser_is_opened_at_each_question_filled_in(demo: Ledger, ask: Say, name: str) -> None:
    given = GIVEN.get(name, {})
    said = ask("browse", "--query", name, "--print", *(f"--param={each}={value}" for each, value in given.items()))
    (text,) = parse_qs(urlsplit(said.stdout.strip()).query)["arg"]
    assert parameters(text) == set()
    assert jsonable(demo.database.table(text)) == jsonable(demo.database.table(source(f"explore/{name}"), **given))


def test_what_is_missing_or_foreign_is_said(demo: Ledger, ask: Say) -> None:
    for words, said in (
        (["--query", "validations_outstanding"], "--param tier="),
        (["--query", "impact_at"], "name it"),
        (["--query", "cycles", "--param", "key=x"], "takes no key"),
        (["--query", "begins_with", "--param", "begun"], "write --param tier=high"),
    ):
        done = ask("browse", "--print", *words)
        assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_every_label_and_type_has_its_style() -> None:
    text = STYLE.read_text(encoding="utf-8")
    declared = {each for each in vars(schema).values() if isinstance(each, type) and issubclass(each, StructuredNode)} - {StructuredNode}
    kinds = {rel.definition["relation_type"] for each in declared for rel in each.defined_properties(properties=False).values()}
    assert set(re.findall(r"^node\.(\w+) \{", text, re.MULTILINE)) == {each.__label__ for each in declared} == set(LABELS)
    assert set(re.findall(r"^relationship\.(\w+) \{", text, re.MULTILINE)) == kinds == set(TYPES)
    for label, caption in re.findall(r"^node\.(\w+) \{[^}]*caption: \"\{(\w+)\}\";\n\}", text, re.MULTILINE):
        assert caption in next(each for each in declared if each.__label__ == label).defined_properties(aliases=False, rels=False)


def test_saved_scripts_are_the_questions(ask: Say, tmp_path: Path) -> None:
    assert ask("cypher", "favourites", str(tmp_path / "questions.zip")).exit_code == 0
    with ZipFile(tmp_path / "questions.zip") as archive:
        kept = {name: archive.read(name).decode() for name in archive.namelist()}
    assert kept == {f"graph-ledger/{name}.cypher": source(f"explore/{name}") for name in QUESTIONS if name not in TOOLS}
    assert {f"explore/{name}" for name in QUESTIONS} <= set(names())
    assert ask("cypher", "favourites", str(tmp_path / "questions.txt")).exit_code == 2
