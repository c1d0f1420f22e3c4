"""Pattern ports: a match is a claim of the pattern's owner, whichever came first, for as long as the pattern is claimed."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_ledger import DataNode, DataPort, Ledger
from tests.graph import empty

START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def like(pattern: str, text: str) -> bool:
    """A second reading of ``%``, by recursion instead of a regular expression."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return like(pattern[1:], text) or (bool(text) and like(pattern, text[1:]))
    return bool(text) and pattern[0] == text[0] and like(pattern[1:], text[1:])


def touches(own: str, other: str) -> bool:
    """Whether who claims ``own`` claims the port ``other`` as well."""
    own, other = own.lower(), other.lower()
    return own == other or ("%" in own and (like(own, other) or like(other, own)))


@pytest.mark.parametrize("order", [("reader", "writer"), ("writer", "reader")])
def test_a_pattern_matches_in_both_orders_of_arrival(ledger: Ledger, order: tuple[str, str]) -> None:
    estate = {
        "writer": DataNode("writer", outputs=[DataPort("alerts", model_name="TM-m2o")]),
        "reader": DataNode("reader", inputs=[DataPort("ALERTS", model_name="tm-%")]),
    }
    for name in order:
        ledger.add(estate[name])
    ledger.add(DataNode("other", outputs=[DataPort("alerts", model_name="uup-gambling")]))
    assert ledger.upstream("reader") == ["writer"]
    ledger.add(DataNode("reader", inputs=[DataPort("alerts", model_name="uup-%")]))
    assert ledger.upstream("reader") == ["other"]


@pytest.mark.parametrize("value", ["a%b", "100%", "a.b", "[x]", "a\\Eb", "\U0001f600%", "a\nb", "é%", "^$", "q'\"`"])
def test_values_are_literal_but_for_the_percent_sign(ledger: Ledger, value: str) -> None:
    ledger.add([
        DataNode("w", outputs=[DataPort("t", k=value.replace("%", "zz\n"))]),
        DataNode("r", inputs=[DataPort("t", k=value)]),
        DataNode("never", outputs=[DataPort("t", k="aXb")]),
    ])  # fmt: skip
    assert "w" in ledger.upstream("r")
    assert ("never" in ledger.upstream("r")) == like(value.lower(), "axb")


VALUES = st.sampled_from(["a", "ab", "b", "a%", "%b", "%", "A"])
SIDE = st.sets(VALUES, max_size=2)
DAYS = st.lists(st.tuples(st.sampled_from("mn"), SIDE, SIDE), min_size=2, max_size=6)


@pytest.mark.slow
@settings(max_examples=20)
@given(days=DAYS)
@example(days=[("m", set(), {"a"}), ("m", {"a"}, {"A", "a"})])  # one port in two spellings, claimed before in one
def test_patterns_are_a_naive_match_on_every_day(ledger: Ledger, days: list[tuple[str, set[str], set[str]]]) -> None:
    empty(ledger)
    estate: dict[str, tuple[set[str], set[str]]] = {}
    history = []
    ports: set[str] = set()
    for number, (name, inputs, outputs) in enumerate(days):
        node = DataNode(
            name,
            platform="p",
            inputs=[DataPort("t", k=value) for value in sorted(inputs)],
            outputs=[DataPort("t", k=value) for value in sorted(outputs)],
        )
        ledger.add(node, observed_at=START + timedelta(days=number), source="s")
        ports |= {value.lower() for value in inputs | outputs}
        estate = {**estate, name: (inputs, outputs)}
        history.append(estate)
    for number, believed in enumerate(history):
        for name in believed:
            expected = {
                other
                for other in believed
                if other != name
                and any(
                    touches(mine, port) and touches(theirs, port)
                    for port in ports for mine in believed[name][0] for theirs in believed[other][1]
                )
            }  # fmt: skip
            assert set(ledger.upstream(name, as_of=START + timedelta(days=number))) - {name} >= expected
            direct = {row.model.removeprefix("p/") for row in ledger.dependencies(name, "upstream", as_of=START + timedelta(days=number))}
            assert direct - {name} == expected
    assert not ledger.verify(deep=True).findings
