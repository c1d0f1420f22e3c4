"""A model found by one statement is the one that two find."""

import pytest

from graph_ledger.errors import GraphLedgerError
from graph_ledger.ledger import Ledger
from graph_ledger.models.find import find
from graph_ledger.models.get import get
from graph_ledger.models.resolve import resolve
from graph_ledger.values.model import ModelRef
from graph_ledger.values.moment import Moment
from graph_ledger.values.node import DataNode

ASKED = [
    "ml/fraud",
    "ML/fraud",
    "fraud",
    "FRAUD",
    "both",
    "a/both",
    "nobody",
    "",
    "  ",
    "/alone",
    "alone",
    "ml/fra",
    "a/",
    "x" * 2_000,
    "\x00",
]


def told(work: object, *given: object) -> object:
    try:
        return work(*given)  # type: ignore[operator]  # a function
    except GraphLedgerError as error:
        return type(error), str(error)


@pytest.fixture
def models(ledger: Ledger) -> Ledger:
    ledger.add(
        [DataNode("fraud", platform="ml", metadata={"owner": "risk"}), DataNode("both", platform="a"), DataNode("both", platform="b")]
    )
    ledger.add(DataNode("fraud", platform="ml"), source="second/default")
    ledger.register(name="alone", owner="o", model_type="t", tier="high", purpose="p", metadata={"a": [1]})
    return ledger


def test_one_statement_finds_what_two_find(models: Ledger) -> None:
    database = models.database
    of_hash = models.get("ml/fraud")
    for asked in (*ASKED, of_hash.model_hash, of_hash, 7):
        expected = told(lambda it: get(database, resolve(database, it), Moment()), asked)
        assert told(find, database, asked) == expected, asked
    assert isinstance(told(find, database, "fraud"), ModelRef)


def test_it_seeks_in_three_indexes_and_scans_nothing(models: Ledger) -> None:
    operators = models.database.plan("models/find", asked="fraud", platform_first="fraud")
    assert [each for each in operators if "Seek" in each or "Scan" in each] == [
        "NodeUniqueIndexSeek",
        "NodeUniqueIndexSeek",
        "NodeIndexSeek",
    ]
