"""Ports as values: one normal form, one meaning of ``%``, a mapping that loses nothing."""

import json
from time import perf_counter
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import DataPort, ValidationError
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.node import check_name, check_platform, key_of
from graph_ledger.values.port import check_text
from tests.discovery.test_patterns import like

# Letters whose lower case has another normal form than they have, beside those that every accent and case rule knows.
TEXTS = st.text(st.sampled_from("HhTJYWİIiΣσςΑαΪKÅéßẞǅﬁ%_ a\u0301\u0307\u0308\u030a\u030c\u0323\u0331\u0344\u2126\U0001f600"), min_size=1)
NAMES = TEXTS.filter(str.strip)
SMALL = st.text("ab%", max_size=8)


def decomposed(text: str) -> str:
    """The text as macOS and some databases spell it."""
    return normalize("NFD", text)


@given(identifier=NAMES, name=TEXTS, value=TEXTS)
def test_a_port_is_the_same_in_every_unicode_form_and_when_it_is_read_back(identifier: str, name: str, value: str) -> None:
    port = DataPort(identifier, **{name: value})
    for form in ("NFC", "NFD"):
        assert DataPort(normalize(form, identifier), **{normalize(form, name): normalize(form, value)}).key == port.key
    read_back = DataPort.of(json.loads(canonical_json(port.as_mapping())))
    assert (read_back.identifier, read_back.key, read_back.texts) == (port.identifier, port.key, port.texts)
    assert read_back == port
    assert port.identifier == normalize("NFC", port.identifier) == port.identifier.lower()


def test_a_writer_in_one_unicode_form_meets_a_reader_in_another() -> None:
    assert DataPort("Café", région="Élan-é%") == DataPort(decomposed("café"), **{decomposed("région"): decomposed("élan-É1")})
    assert DataPort("café") == decomposed("CAFÉ")
    assert hash(DataPort("café")) == hash(DataPort(decomposed("café")))


def test_lower_case_that_leaves_the_normal_form_is_brought_back() -> None:
    assert DataPort("H\u0331").identifier == "\u1e96"
    assert check_platform("H\u0331") == "\u1e96"
    assert key_of("H\u0331", "n") == "\u1e96/n"


def test_a_schema_keyword_that_the_mapping_needs_itself_is_refused() -> None:
    with pytest.raises(ValidationError, match="'identifier'"):
        DataPort("q", identifier="z")
    with pytest.raises(ValidationError, match="same text"):
        DataPort("q", **{"é": "1", decomposed("é"): "2"})
    with pytest.raises(ValidationError, match="same text"):
        DataPort.of({"identifier": "q", 1: "a", "1": "b"})  # type: ignore[dict-item]
    port = DataPort("q", self="a", cls="b", schema="c", key="d", name="e")
    assert DataPort.of(port.as_mapping()).key == port.key


@given(pattern=SMALL, text=SMALL)
def test_ports_match_as_a_naive_reading_of_the_percent_sign_says(pattern: str, text: str) -> None:
    assert (DataPort("t", k=pattern) == DataPort("t", k=text)) == (like(pattern, text) or like(text, pattern))


@pytest.mark.parametrize("pattern", ["%a" * 12 + "%b", "%a" * 3000 + "%b", "%" * 8000 + "b", "%" + "a" * 3000 + "b%c"])
def test_many_percent_signs_cost_no_time(pattern: str) -> None:
    began = perf_counter()
    assert DataPort("t", k=pattern) != DataPort("t", k="a" * 6000)
    assert perf_counter() - began < 1


@pytest.mark.parametrize("given_text", [None, 5, b"x", ["x"]])
def test_what_is_no_text_is_refused_as_such(given_text: object) -> None:
    with pytest.raises(ValidationError, match="the actor is a text, not"):
        check_text(given_text, "actor")  # type: ignore[arg-type]


@pytest.mark.parametrize("letter", ["\U0001d160", "İ"])
def test_a_name_is_measured_as_it_is_stored(letter: str) -> None:
    with pytest.raises(ValidationError, match="the port"):
        DataPort(letter * 1000)
    with pytest.raises(ValidationError, match="the platform"):
        check_platform(letter * 256)
    with pytest.raises(ValidationError, match="the name"):
        check_name("\U0001d160" * 1000)
    longest = DataPort("İ" * 512)
    assert DataPort.of(longest.as_mapping()).key == longest.key
