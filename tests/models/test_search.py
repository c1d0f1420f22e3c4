"""A search finds what a plain reading of its words finds, today and at any moment before."""

import re
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.warnings import Neo4jWarning

from graph_ledger import Ledger, ValidationError
from graph_ledger.database.doctor import doctor
from graph_ledger.database.migrations import SEARCHED, migrate
from graph_ledger.database.statements import statement
from graph_ledger.models.words import narrowed, words_of
from graph_ledger.values.moment import LATEST
from tests.graph import empty

FIELDS = ("key", "purpose", "owner")
PARTS = st.sampled_from(["fraud", "scoring", "scores", "raw", "Ab", "é", "ΩK", "İs", "漢字", "v2", "7", "x" * 300])
CUTS = st.sampled_from(list("_-./ :*~"))
NAMES = st.lists(st.tuples(PARTS, CUTS), min_size=1, max_size=4).map(lambda pairs: "".join(part + cut for part, cut in pairs))
MODELS = st.lists(st.tuples(NAMES, NAMES, NAMES, NAMES), min_size=1, max_size=5, unique_by=lambda model: model[0].strip())


def register(ledger: Ledger, name: str, purpose: str = "", owner: str = "o", **more: Any) -> None:
    said = {"platform": "ml", "model_type": "t", "tier": "high", "timestamp": "2026-01-01"} | more
    ledger.register(name=name, purpose=purpose, owner=owner, **said)


def found(ledger: Ledger, text: str, **asked: Any) -> list[str]:
    return [row.name for row in ledger.query(text, **asked).models]


@pytest.fixture
def bank(ledger: Ledger) -> Ledger:
    register(ledger, "fraud_scoring", "Scores card payments while they happen", "risk-team")
    register(ledger, "card.fraud-features", "Raw columns", "data-team")
    register(ledger, "scoring/fraud", "Old", "risk-team", tier="low")
    register(ledger, "churn", "Says who leaves; scoring of fraud is elsewhere", "growth")
    return ledger


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("fraud scoring", {"fraud_scoring", "scoring/fraud", "churn"}),
        ("SCORING  Fraud", {"fraud_scoring", "scoring/fraud", "churn"}),
        ("fraud_scor", {"fraud_scoring", "scoring/fraud", "churn"}),
        ("aud_sc", {"fraud_scoring", "scoring/fraud", "churn"}),
        ("features card", {"card.fraud-features"}),
        ("risk fraud", {"fraud_scoring", "scoring/fraud"}),
        ("ml/churn", {"churn"}),
        ("card payments", {"fraud_scoring"}),
        ("-", {"fraud_scoring", "card.fraud-features", "scoring/fraud"}),
        ("", {"fraud_scoring", "card.fraud-features", "scoring/fraud", "churn"}),
        ("  ", {"fraud_scoring", "card.fraud-features", "scoring/fraud", "churn"}),
        ("payments fraud raw", set()),
    ],
)
def test_every_word_is_found_in_any_order_and_within_words(bank: Ledger, text: str, names: set[str]) -> None:
    page = bank.query(text)
    assert ({row.name for row in page.models}, page.total, page.read_as) == (names, len(names), {})


def test_a_word_that_no_model_has_is_read_as_those_a_slip_away(bank: Ledger) -> None:
    page = bank.query("fruad scorring", tier="low")
    assert ([row.name for row in page.models], page.total) == (["scoring/fraud"], 1)
    assert page.read_as == {"fruad": ("fraud",), "scorring": ("scoring",)}
    assert found(bank, "paymentss happens") == ["fraud_scoring"]
    assert found(bank, "churm", owner="risk-team") == []
    assert bank.query("fraud", tier="medium").total == 0
    assert bank.query("zebra fruad").read_as == {}
    assert found(bank, "chm") == []
    assert found(bank, " ".join(f"churn{n}" for n in range(10, 27))) == []


def test_the_nearest_come_first_where_that_is_asked_for(bank: Ledger) -> None:
    assert found(bank, "fraud") == ["card.fraud-features", "churn", "fraud_scoring", "scoring/fraud"]
    assert found(bank, "fraud", order="relevance") == ["fraud_scoring", "card.fraud-features", "scoring/fraud", "churn"]
    assert found(bank, "scoring/fraud", order="relevance") == ["scoring/fraud", "fraud_scoring", "churn"]
    assert found(bank, "SCORING of", order="relevance", limit=1) == ["churn"]
    assert found(bank, "", order="relevance") == found(bank, "")


def test_pages_hold_every_model_once_and_all_tell_the_total(bank: Ledger) -> None:
    pages = [bank.query("fraud", order="relevance", limit=1, offset=place) for place in range(5)]
    assert [page.total for page in pages] == [4] * 5
    assert [row.name for page in pages for row in page.models] == found(bank, "fraud", order="relevance")
    near = bank.query("fruad", limit=1, offset=3)
    assert (near.total, [row.name for row in near.models]) == (4, ["scoring/fraud"])


def test_a_past_state_is_found_by_what_it_was(ledger: Ledger) -> None:
    register(ledger, "m", "stops fraud")
    ledger.update("m", actor="a", purpose="keeps customers", owner="growth", timestamp="2026-03-01")
    for asked, expected in (("fraud", []), ("growth customers", ["m"])):
        assert found(ledger, asked) == expected
        assert found(ledger, asked, as_of="2026-03-02") == expected
    assert found(ledger, "fraud stops", as_of="2026-02-01") == ["m"]
    assert found(ledger, "frauds", as_of="2026-02-01") == ["m"]
    assert ledger.query("customer", as_of="2026-02-01").total == 0
    assert ledger.query("fraud", known_at="2026-01-01").total == 0


@pytest.mark.parametrize(
    "text",
    [
        "fraud AND OR NOT",
        'name:"fraud',
        "fraud~ +scoring^9",
        "(fraud",
        "[a TO",
        "fra?d*",
        "\\",
        "/[/",
        "&& || !",
        "key:*",
        "') DETACH DELETE n //",
    ],
)
def test_what_is_typed_is_never_read_as_a_query(bank: Ledger, text: str) -> None:
    expected = {row.name for row in bank.query().models if all(w in _held(bank, row.key) for w in _words(text))}
    assert set(found(bank, text)) == expected
    assert len(bank.list()) == 4


@pytest.mark.parametrize("text", ["a\0b", "x" * 1025, "\ud800", 5])
def test_what_cannot_be_looked_for_is_refused(ledger: Ledger, text: Any) -> None:
    with pytest.raises(ValidationError, match="text to look for"):
        ledger.query(text)
    with pytest.raises(ValidationError, match="name or relevance"):
        ledger.query("a", order="size")  # type: ignore[arg-type]


@given(models=MODELS, text=st.one_of(NAMES, st.lists(PARTS, max_size=3).map(" ".join), st.text(max_size=3)), cut=st.data())
def test_a_search_is_a_plain_reading_of_every_model(ledger: Ledger, models: list[tuple[str, ...]], text: str, cut: st.DataObject) -> None:
    """Each model has one purpose and owner until March and another from then on; the text may begin within a word."""
    empty(ledger)
    for name, purpose, owner, later in models:
        register(ledger, name.strip(), purpose, owner)
        ledger.update(f"ml/{name.strip()}", actor="a", purpose=later, timestamp="2026-03-01")
    asked = text[cut.draw(st.integers(0, len(text)), label="from") :].replace("\0", "")
    for moment, part in (({}, 3), ({"as_of": "2026-02-01"}, 1)):
        held = {f"ml/{m[0].strip()}": f"ml/{m[0].strip()}\n{m[part]}\n{m[2]}".lower() for m in models}
        expected = {key for key, words in held.items() if all(word in words for word in _words(asked))}
        page = ledger.query(asked, **moment)  # type: ignore[arg-type]
        assert expected == (set() if page.read_as else {row.key for row in page.models})
        near = _near(_words(asked), " ".join(held.values()))
        assert bool(page.read_as) <= (not expected)
        if page.read_as:
            assert page.read_as == near
            assert {r.key for r in page.models} == {
                k for k, words in held.items() if all(any(n in words for n in near.get(w, {w})) for w in _words(asked))
            }


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower()) or [text.strip().lower()]


def _held(ledger: Ledger, key: str) -> str:
    model = ledger.get(key)
    return "\n".join(str(getattr(model, field)) for field in FIELDS).lower()


def _near(words: list[str], everything: str) -> dict[str, tuple[str, ...]]:
    """Compare letter by letter with every word there is."""
    known = set(re.findall(r"[^\W_]+", everything))
    return {
        word: tuple(sorted(each for each in known if _slips(word, each) <= (len(word) >= 4) + (len(word) >= 8)))
        for word in words
        if word not in everything
    }


def _slips(one: str, other: str) -> int:
    table = [[max(i, j) if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, start=1):
        for j, b in enumerate(other, start=1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def test_the_index_alone_is_asked_where_it_can_narrow(bank: Ledger) -> None:
    assert narrowed([[word] for word in words_of("fraud 7 ml")]) == "(+((*fraud*))) OR /.{127}.*/"
    assert narrowed([["漢字"], ["ab"]]) is None
    assert narrowed([[f"customer{'abcdefghij'[n // 100]}{'abcdefghij'[n // 10 % 10]}{'abcdefghij'[n % 10]}" for n in range(600)]]) is None
    by_index, by_scan = _hits(bank, narrowed([["churn"]])), _hits(bank, None)
    assert (by_index["total"], by_index["ProcedureCall"], by_index["NodeByLabelScan"]) == (1, 1, 0)
    assert (by_scan["total"], by_scan["ProcedureCall"], by_scan["NodeByLabelScan"]) == (1, 0, 4)


def _hits(ledger: Ledger, index: str | None) -> dict[str, int]:
    """Return how many rows each operator handed on, by PROFILE of a search for churn."""
    asked = dict.fromkeys(("owner", "platform", "model_type", "tier", "status", "changed_since", "validated", "believed", "relevant"))
    said = asked | {"words": [["churn"]], "narrowed": index, "as_of": LATEST, "known_at": LATEST, "quiet": [], "validation": ""}
    driver: Any = ledger.database.driver
    result = driver.execute_query(f"PROFILE {statement('models/query')}", said | {"skip": 0, "most": 9}, database_="neo4j")
    found, waiting = {"total": result.records[0]["total"]}, [result.summary.profile]
    while waiting:
        step = waiting.pop()
        operator = step["operatorType"].partition("@")[0]
        found[operator] = found.get(operator, 0) + step["args"]["Rows"]
        waiting.extend(step.get("children", []))
    return found


def test_a_graph_of_old_gets_the_index_and_finds_what_it_holds(bank: Ledger) -> None:
    driver: Any = bank.database.driver
    newest = migrate(bank.database)
    driver.execute_query(f"DROP INDEX {SEARCHED}", database_="neo4j")
    try:
        (schema,) = [check for check in doctor(bank.database) if check.name == "schema"]
        assert SEARCHED in schema.detail
        driver.execute_query("MATCH (m:Migration {number: $n}) DELETE m", n=newest, database_="neo4j")
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Neo4jWarning)  # that the rest of the schema is there already
            assert migrate(bank.database) == newest
    assert all(check.ok for check in doctor(bank.database))
    assert found(bank, "leaves who") == ["churn"]
