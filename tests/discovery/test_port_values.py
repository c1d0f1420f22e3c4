"""What ports and keys hold: every spelling meets, nothing is lost silently, a value that cannot be kept stops no other node."""

from itertools import product
from time import perf_counter
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import DatabaseError, DataNode, DataPort, Ledger, ValidationError
from graph_ledger.discovery.claims import ClaimRow, write_claims
from graph_ledger.history.fold import OPEN, Span
from graph_ledger.values.port import like_expression
from tests.discovery.test_patterns import like
from tests.graph import counts, edges, nodes

CAFE = normalize("NFD", "café")
BYTES = 8_164
"""Most bytes of a key that the server's index takes."""


def test_a_late_listing_keeps_the_port_that_is_spelt_in_another_unicode_form(ledger: Ledger) -> None:
    ledger.add([DataNode("writer", outputs=[CAFE]), DataNode("reader", inputs=[CAFE])], observed_at="2026-02-01", source="s")
    ledger.add(DataNode("reader", inputs=[CAFE, "other"]), observed_at="2026-01-01", source="s")
    assert ledger.downstream("writer") == ["reader"]
    assert edges(ledger, "Port", "FEEDS", "DataNode") == {("café", "/reader")}
    assert ledger.upstream("reader", as_of="2026-01-15") == []


def test_a_late_listing_keeps_a_pattern_that_is_spelt_in_another_unicode_form(ledger: Ledger) -> None:
    writes, reads = DataPort("alerts", **{normalize("NFD", "région"): "Ève"}), DataPort("alerts", région=normalize("NFD", "È%"))
    ledger.add([DataNode("writer", outputs=[writes]), DataNode("reader", inputs=[reads])], observed_at="2026-02-01", source="s")
    ledger.add(DataNode("reader", inputs=[reads, "other"]), observed_at="2026-01-01", source="s")
    ledger.add(DataNode("writer", outputs=[writes, "another"]), observed_at="2026-01-01", source="s")
    assert ledger.downstream("writer") == ["reader"]


@pytest.mark.parametrize("word", ["café", "H\u0331", "\u0130\u0323", "Ϊ\u0301"])
def test_a_writer_and_a_reader_meet_however_each_spells_the_port(ledger: Ledger, word: str) -> None:
    ledger.add([
        DataNode("writer", outputs=[normalize("NFC", word)]),
        DataNode("reader", inputs=[normalize("NFD", word)]),
        DataNode("loud", inputs=[normalize("NFD", word).lower()]),
    ])  # fmt: skip
    assert set(ledger.downstream("writer")) == {"reader", "loud"}


@pytest.mark.parametrize("is_output", [True, False])
@pytest.mark.parametrize("end", [OPEN, 1_000_000])
def test_a_claim_that_finds_no_port_is_an_error_and_writes_nothing(ledger: Ledger, end: int, *, is_output: bool) -> None:
    ledger.add(DataNode("a", inputs=["t"], outputs=["t"]))
    before = counts(ledger)
    identity = ledger.get("a").model_hash
    rows = [ClaimRow("/a", identity, port, is_output, "s", Span(0, end)) for port in ("t", "nobody made it")]
    with pytest.raises(DatabaseError, match="1 of 2 claims"):
        ledger.database.write(lambda transaction: write_claims(transaction, [], rows, 2_000_000))
    assert counts(ledger) == before


TOO_MUCH = {
    "schema value": DataNode("bad", inputs=[DataPort("q", a="漢" * 9_000)]),
    "schema name": DataNode("bad", inputs=[DataPort("q", **{"漢" * 9_000: 1})]),
    "schema in all": DataNode("bad", outputs=[DataPort("q" * 1000, **{f"k{number}": "é" * 400 for number in range(9)})]),
    "one byte": DataNode("bad", inputs=[DataPort("q", a="x" * (BYTES + 1 - len('q\0{"a":""}')))]),
    "pattern": DataNode("bad", inputs=[DataPort("q", a="%x" * 600)]),
    "name": DataNode("\U0001d160" * 1000),
    "platform": DataNode("bad", platform="İ" * 256),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_a_key_that_no_index_holds_is_refused_for_its_node_alone(ledger: Ledger, what: str) -> None:
    result = ledger.add([DataNode("good", outputs=["t"]), TOO_MUCH[what], DataNode("fine", inputs=["t"])])
    assert (result.added, len(result.errors)) == (2, 1)
    assert "node 2" in result.errors[0].where
    assert "is the most" in result.errors[0].reason
    assert nodes(ledger, "DataNode", "name") == {("good",), ("fine",)}


@pytest.mark.parametrize("letter", ["x", "é", "漢", "\U0001f600"])
def test_the_longest_key_that_is_taken_fits_the_index(ledger: Ledger, letter: str) -> None:
    room = BYTES - len('q\0{"a":""}')
    value = letter * (room // len(letter.encode()))
    value += "x" * (room - len(value.encode()))
    ledger.add([DataNode("w", outputs=[DataPort("q", a=value)]), DataNode("r", inputs=[DataPort("q", a=value)])])
    assert ledger.downstream("w") == ["r"]
    name, platform = "\U0001f600" * 1024, "\U0001f600" * 256
    assert not ledger.add(DataNode(name, platform=platform, outputs=["\U0001f600" * 1024])).errors


@pytest.mark.parametrize("source", ["z" * 40_000, "\ud800", "a\0b", "  ", 5])
def test_a_source_that_cannot_be_kept_is_refused(ledger: Ledger, source: Any) -> None:
    with pytest.raises(ValidationError, match="the source"):
        ledger.add(DataNode("a"), source=source)
    assert not nodes(ledger, "ModelRef", "key") | nodes(ledger, "Source", "key")


@pytest.mark.parametrize(("event", "actor"), [("checked", None), (5, "me"), ("checked", ["me"])])
def test_an_event_of_what_is_no_text_is_refused(ledger: Ledger, event: Any, actor: Any) -> None:
    ledger.add(DataNode("m"))
    with pytest.raises(ValidationError, match="is a text, not"):
        ledger.record("m", event=event, actor=actor)


def test_a_pattern_of_many_percent_signs_holds_nobody_up(ledger: Ledger) -> None:
    began = perf_counter()
    ledger.add(DataNode("writer", outputs=[DataPort("dos", k="a" * 60), DataPort("dos", k="a" * 4_000)]))
    ledger.add(DataNode("reader", inputs=[DataPort("dos", k="%a" * 12 + "%b"), DataPort("dos", k="%a" * 511 + "%b")]))
    ledger.add(DataNode("other", inputs=[DataPort("dos", k="%" + "a" * 1_000 + "b%c"), DataPort("dos", k="%" * 1_000 + "b")]))
    ledger.add(DataNode("happy", inputs=[DataPort("dos", k="%a" * 511 + "%")]))
    assert perf_counter() - began < 10
    assert ledger.downstream("writer") == ["happy"]


def matched(ledger: Ledger, pairs: list[tuple[str, str]]) -> list[bool]:
    """Ask the database which texts the expressions of these patterns match."""
    asked = [[text, like_expression(pattern)] for pattern, text in pairs]
    return list(ledger.database.table("UNWIND $asked AS pair RETURN collect(pair[0] =~ pair[1])", asked=asked)[1][0][0])


def test_the_database_reads_every_short_pattern_as_a_naive_reading_does(opened: Ledger) -> None:
    patterns = ["".join(letters) for length in range(6) for letters in product("ab%", repeat=length)]
    texts = ["".join(letters) for length in range(7) for letters in product("ab", repeat=length)]
    pairs = list(product(patterns, texts))
    assert matched(opened, pairs) == [like(pattern, text) for pattern, text in pairs]


LETTERS = st.text(st.sampled_from("aab%%_.\\^$[](){}|*+?-#\"'\n\t\0é\u0301ß\U0001f600\U0001d160"), max_size=8)


@given(pairs=st.lists(st.tuples(LETTERS, LETTERS), min_size=50, max_size=50))
def test_the_database_reads_any_pattern_as_a_naive_reading_does(opened: Ledger, pairs: list[tuple[str, str]]) -> None:
    also = [(pattern, pattern.replace("%", text)) for pattern, text in pairs]
    assert matched(opened, pairs + also) == [like(pattern, text) for pattern, text in pairs + also]
