"""Keys in the graph: what is kept of them, how they are found, who wins."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.access.keys import any_key, create_key, find_key, list_keys, revoke_key, works
from graph_ledger.access.secret import made, taken_apart
from graph_ledger.errors import ValidationError
from graph_ledger.ledger import Ledger
from tests.graph import nodes


def test_no_two_keys_are_alike_and_each_is_taken_apart_again() -> None:
    keys = {made() for _ in range(1_000)}
    assert len(keys) == 1_000
    assert all(taken_apart(key) is not None for key in keys)


@given(st.text() | st.from_regex(r"gl_[0-9a-f]{16}_[A-Za-z0-9_-]{40,46}"))
def test_what_is_no_key_is_none(text: str) -> None:
    found = taken_apart(text)
    assert found is None or (len(text), text[:3], text[3:19]) == (63, "gl_", found.key_id)


def test_a_key_is_found_by_all_of_itself_alone(ledger: Ledger) -> None:
    key, other = create_key(ledger.database, "etl", "writer"), create_key(ledger.database, "web", "reader")
    for text, name in ((key, "etl"), (other, "web"), (key[:20] + other[20:], None), (other[:20] + key[20:], None), (made(), None)):
        parts = taken_apart(text)
        assert parts is not None
        found = find_key(ledger.database, parts)
        assert (found.name if found else None) == name
    assert {row[0] for row in nodes(ledger, "ApiKey", "name")} == {"etl", "web"}


def test_of_two_who_take_one_name_at_once_one_has_it(ledger: Ledger) -> None:
    def attempt(_: int) -> bool:
        try:
            create_key(ledger.database, "etl", "writer")
        except ValidationError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert [key.name for key in list_keys(ledger.database)] == ["etl"]


def test_a_key_that_was_revoked_stays_so_and_counts_as_one_that_was(ledger: Ledger) -> None:
    assert (any_key(ledger.database), works(ledger.database)) == (False, False)
    create_key(ledger.database, "etl", "writer")
    assert (any_key(ledger.database), works(ledger.database)) == (True, True)
    first = revoke_key(ledger.database, "etl")
    assert revoke_key(ledger.database, "etl").revoked_at == first.revoked_at
    assert (any_key(ledger.database), works(ledger.database)) == (True, False)


@pytest.mark.parametrize("name", ["", " ", "a ", "a\nb", "a\x00", "x" * 101])
def test_a_name_that_nobody_could_tell_is_refused(ledger: Ledger, name: str) -> None:
    with pytest.raises(ValidationError, match="name of a key"):
        create_key(ledger.database, name, "reader")


def test_a_key_is_found_by_an_index_and_counted_without_looking(ledger: Ledger) -> None:
    create_key(ledger.database, "etl", "writer")
    assert ledger.database.plan("access/find_key", key="x")[-1] == "NodeUniqueIndexSeek"
    assert ledger.database.plan("access/revoke_key", name="x")[-1] == "NodeUniqueIndexSeek(Locking)"
    assert "NodeCountFromCountStore" in ledger.database.plan("access/count_keys")
    made_by = ledger.database.plan("access/create_key", key="x", name="x", role="reader", digest="x", expires_at=None)
    assert {"MergeUniqueNode", "NodeUniqueIndexSeek(Locking)"} <= set(made_by)
