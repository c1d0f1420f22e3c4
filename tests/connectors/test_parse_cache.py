"""The cache of what was parsed: the same answers, no second parse, and what is broken in it does no harm."""

from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors.sql_reading import reading
from graph_ledger.connectors.sql_reading.cache import ParseCache
from graph_ledger.connectors.sql_reading.names import Home
from graph_ledger.connectors.sql_reading.reading import Reading
from graph_ledger.connectors.warehouse import WarehouseConnector
from tests.archive import SAMPLE, dates_below

SQL = "CREATE VIEW o AS SELECT a, b + 1 AS c FROM t WHERE d; SELECT ) FROM u"


def read(cache: ParseCache, **more: Any) -> Reading:
    return Reading(SQL, dialect="bigquery", cache=cache, **more)


def test_what_was_read_once_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = ParseCache(tmp_path)
    first = read(cache)
    columns = first.columns({"t": ("a", "b", "d")})

    def never(*_: object, **__: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(reading, "read_sql", never)
    again = read(cache)
    assert again.statements == first.statements
    assert again.columns({"t": ("a", "b", "d"), "unread": ("z",)}) == columns
    for other in ({"home": Home("p", "d")}, {"templates": False}):
        with pytest.raises(AssertionError, match="parsed again"):
            read(cache, **other)
    with pytest.raises(AssertionError, match="parsed again"):
        again.columns({"t": ("b", "d")})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"statements": 1}',
        '{"statements": [[1]]}',
        '{"statements": [[1, "a", "b", "fine", null, [], [], []]]}',
        "\ufffd" * 9,
    ],
)
def test_a_broken_entry_is_read_anew_and_set_right(text: str, tmp_path: Path) -> None:
    cache = ParseCache(tmp_path)
    expected = read(cache).statements
    [entry] = tmp_path.rglob("*.json")
    whole = entry.read_text(encoding="utf-8")
    entry.write_text(text, encoding="utf-8")
    assert read(cache).statements == expected
    assert entry.read_text(encoding="utf-8") == whole


def test_broken_columns_are_read_anew(tmp_path: Path) -> None:
    cache = ParseCache(tmp_path)
    expected = read(cache).columns({})
    [entry] = tmp_path.rglob("*.json")
    for wrong in ('"o"', "1", "null"):
        text = entry.read_text(encoding="utf-8")
        entry.write_text(text.replace('"IDENTITY"', wrong), encoding="utf-8")
        assert [[(each.output, each.resolved) for each in told] for told in read(cache).columns({})] == [
            [(each.output, each.resolved) for each in told] for told in expected
        ]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("", encoding="utf-8")
    assert [each.status for each in read(ParseCache(taken)).statements] == ["parsed", "refused"]


def test_a_warehouse_gives_the_same_nodes_and_coverage_from_the_cache(tmp_path: Path) -> None:
    for _, folder in dates_below(SAMPLE):
        plain, cold, warm = (WarehouseConnector(folder, cache=cache) for cache in (False, tmp_path, tmp_path))
        expected = list(plain.discover())
        assert list(cold.discover()) == expected
        assert list(warm.discover()) == expected
        assert (warm.coverage, warm.totals) == (plain.coverage, plain.totals)


def test_the_user_s_folder_is_where_the_settings_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRAPH_LEDGER_CACHE", str(tmp_path))
    cache = ParseCache.of(True)
    assert cache is not None
    assert cache.folder == tmp_path / "sql"
    assert [ParseCache.of(nothing) for nothing in (None, False, "")] == [None] * 3
