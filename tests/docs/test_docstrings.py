"""Every example of a docstring is run; every public name says what it is, and shows it."""

import doctest
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import graph_ledger
from graph_ledger import DataNode, Ledger, connectors
from graph_ledger.connectors import composite, dbt, files, github, mlflow, noop, openlineage, prefect, rest, sql, sql_url, warehouse

ESTATE = (
    DataNode("features", platform="etl", outputs=["customer_features"]),
    DataNode("fraud", platform="ml", inputs=["customer_features"], outputs=["scores"], metadata={"owner": "risk-team"}),
    DataNode("review_queue", platform="alerting", inputs=["scores"], metadata={"owner": "ops-team"}),
)
"""What an example finds in ``ledger``."""
VERBS = sorted(name for name in dir(Ledger) if not name.startswith("_"))
FACTORIES = (
    composite.composite_connector, dbt.dbt_connector, files.files_connector, github.github_connector, mlflow.mlflow_connector,
    noop.noop_connector, openlineage.openlineage_connector, prefect.prefect_connector, rest.rest_connector, sql.sql_connector,
    sql_url.sql_from_url, warehouse.WarehouseConnector,
)  # fmt: skip
PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def modules() -> Iterator[ModuleType]:
    """Yield every module of the library; the connectors are below it by a link."""
    yield graph_ledger
    for found in pkgutil.walk_packages(graph_ledger.__path__, "graph_ledger."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def examples() -> list[doctest.DocTest]:
    """Return every docstring that has examples."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    return [test for module in modules() for test in finder.find(module) if test.examples]


def asks(example: doctest.DocTest) -> bool:
    """Say whether an example asks a ledger."""
    return any("ledger." in line.source for line in example.examples)


EXAMPLES = examples()


@pytest.mark.parametrize("example", [each for each in EXAMPLES if not asks(each)], ids=lambda each: each.name)
def test_an_example_is_true(example: doctest.DocTest, desk: Path) -> None:
    run(example)


@pytest.mark.parametrize("example", [each for each in EXAMPLES if asks(each)], ids=lambda each: each.name)
def test_an_example_on_a_ledger_is_true(example: doctest.DocTest, desk: Path, ledger: Ledger) -> None:
    if "Ledger()" not in (example.docstring or ""):
        ledger.add(ESTATE)
    run(example, ledger=ledger)


def run(example: doctest.DocTest, **known: object) -> None:
    """Run one docstring; what differs is the failure."""
    report: list[str] = []
    example.globs.update({name: getattr(graph_ledger, name) for name in graph_ledger.__all__} | known)
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert not report, "".join(report)


def test_examples_are_found() -> None:
    names = {each.name for each in EXAMPLES}
    assert {"graph_ledger.ledger.Ledger", "graph_ledger.values.port.DataPort", "graph_ledger.connectors.base"} <= names


@pytest.mark.parametrize("name", [*graph_ledger.__all__, *connectors.__all__])
def test_a_public_name_says_what_it_is_and_shows_it(name: str) -> None:
    public = getattr(graph_ledger, name, None) or getattr(connectors, name)
    assert ">>>" in (public.__doc__ or ""), name


@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_a_connector_is_shown_at_work(made: object) -> None:
    assert ">>>" in (inspect.getdoc(made) or "")


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_what_it_does_and_is_shown_on_the_page_of_verbs(verb: str) -> None:
    assert (getattr(Ledger, verb).__doc__ or "").strip(), verb
    assert f"ledger.{verb}" in PAGE.read_text(encoding="utf-8") or f"Ledger.{verb}" in PAGE.read_text(encoding="utf-8"), verb
