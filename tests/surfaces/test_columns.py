"""A column on the command line: which columns it touches, how sure that is, and who does not tell."""

import json

import pytest

from graph_ledger import ColumnFlow, DataNode, Ledger
from tests.surfaces.conftest import Say


@pytest.fixture
def shop(ledger: Ledger) -> Ledger:
    ledger.add([
        DataNode("shop", "p", outputs=["orders"]),
        DataNode("daily", "p", ["orders"], ["daily"], columns=[ColumnFlow("daily", "total", "orders", "amount")]),
        DataNode("copy", "p", ["orders"], ["copy"]),
    ])  # fmt: skip
    return ledger


def test_an_impact_shows_columns_and_who_does_not_tell(shop: Ledger, say: Say) -> None:
    said = say("impact", "shop", "--column", "amount").stdout
    assert [word in said for word in ("total", "DIRECT", "column", "table", "column amount; this is all")] == [True] * 5
    assert "counted as a whole: p/copy" in said
    found = json.loads(say("impact", "shop", "--column", "amount", "--json").stdout)
    assert found == shop.impact("shop", column="amount").model_dump(mode="json")
    assert say("impact", "shop", "--column", "amount", "--mermaid").stdout.startswith("flowchart")
    assert "precision" not in say("impact", "shop").stdout


def test_a_path_shows_the_columns_it_takes(shop: Ledger, say: Say) -> None:
    said = say("path", "shop", "daily", "--column", "amount").stdout
    assert [word in said for word in ("orders", "amount", "DIRECT")] == [True] * 3


def test_the_columns_of_a_model_are_a_packaged_question(shop: Ledger, say: Say) -> None:
    found = json.loads(say("cypher", "run", "columns", "--param", "key=p/shop", "--json").stdout)
    assert found == [{"port": "orders", "written": [], "read": ["p/daily: orders DIRECT: total<-amount"]}]
    found = json.loads(say("cypher", "run", "columns", "--param", "key=p/daily", "--json").stdout)
    assert found == [{"port": "daily", "written": ["orders DIRECT: total<-amount"], "read": []}]


def test_an_unknown_column_is_wrong_usage_and_names_what_nearly_fits(shop: Ledger, say: Say) -> None:
    done = say("impact", "shop", "--column", "amuont")
    assert done.exit_code == 2
    assert "did you mean amount" in done.stderr
