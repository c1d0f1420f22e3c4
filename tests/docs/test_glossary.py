"""The glossary has every label, every relationship and every value; and every word of it is used."""

import re

import neomodel
import pytest

from graph_ledger import contract_schema, schema
from tests.docs import public
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
CYPHER = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "cypher").rglob("*.cypher")))
CLASSES = [
    each for each in vars(schema).values() if isinstance(each, type) and each.__module__ in {schema.__name__, contract_schema.__name__}
]
LABELS = {each.__label__ for each in CLASSES if issubclass(each, neomodel.StructuredNode)}
DECLARED = {
    relationship.definition["relation_type"]
    for each in CLASSES
    if issubclass(each, neomodel.StructuredNode)
    for relationship in each.defined_properties(aliases=False, rels=True, properties=False).values()
}


def told(heading: str) -> set[str]:
    """Return the first cell of every row below a heading."""
    (part,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^\| ([^|]+?) \|", part, re.MULTILINE)) - {heading[:-1], "Value", "---"}


def quoted(names: set[str]) -> set[str]:
    """Return names as the page sets them."""
    return {f"`{name}`" for name in names}


def test_every_label_of_the_schema_is_told_and_no_other() -> None:
    assert told("Labels") == quoted(LABELS)


def test_every_relationship_of_the_graph_is_told_and_no_other() -> None:
    used = {kind for kinds in re.findall(r"\[\w*:([A-Z_|]+)", re.sub(r"//.*", "", CYPHER)) for kind in kinds.split("|")}
    assert told("Relationships") == quoted(DECLARED | used)


def test_every_value_and_every_error_that_is_offered_is_told() -> None:
    classes = {each.__name__ for each in [*public.offered(), *public.values()] if isinstance(each, type)}
    assert quoted(classes) - told("Values") - told("Errors") == set()


@pytest.mark.parametrize("word", sorted(told("Words")))
def test_a_word_is_used_where_the_concepts_are_told(word: str) -> None:
    """So none stands here that means nothing to a reader of the other pages."""
    pages = [path for path in (ROOT / "docs").rglob("*.md") if path.name != "glossary.md"]
    plain = re.escape(word.partition(" (")[0].strip("`"))
    assert any(re.search(rf"\b{plain}", page.read_text(encoding="utf-8"), re.IGNORECASE) for page in pages), word
