"""``graph-ledger discover``: reports, coverage, guard, and errors beside the answer."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from tests.graph import edges, nodes
from tests.surfaces.conftest import Say


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Return a repository of three tables; one of them cannot be read whole."""
    for table, text in {
        "raw": "SELECT 1 AS id",
        "clean": "SELECT * FROM `shop.sales.raw`",
        "odd": "SELECT * FROM `shop.sales.clean`; THIS IS NO SQL AT ALL (",
    }.items():
        folder = tmp_path / "2026-03-01" / "sql" / "shop" / "sales" / table
        folder.mkdir(parents=True)
        (folder / "query.sql").write_text(text, encoding="utf-8")
    return tmp_path / "2026-03-01"


def test_a_warehouse_is_read_and_a_statement_only_partly_read_is_no_failure(
    warehouse: Path, ledger: Ledger, say: Say, tmp_path: Path
) -> None:
    report = tmp_path / "coverage.jsonl"
    done = say("discover", "warehouse", str(warehouse), "--observed-at", "2026-03-01", "--coverage", str(report), "--json")
    found = json.loads(done.stdout)
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert (done.exit_code, found["added"], found["source"], found["complete"]) == (0, 3, "warehouse/default", True)
    assert (lines[-1], found["coverage"]["parsed"]) == (found["coverage"], 2)
    assert [line["status"] for line in lines[:-1]].count("parsed") < len(lines) - 1
    assert ledger.downstream("shop.sales.raw") == ["shop.sales.clean", "shop.sales.odd"]
    again = say("discover", "warehouse", str(warehouse), "--observed-at", "2026-03-02")
    assert "coverage: refused" in again.stdout or "coverage: partly" in again.stdout
    assert "skipped" in again.stdout


def test_the_guard_is_1_and_removals_can_be_allowed(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    listing = tmp_path / "estate.json"

    def written(count: int) -> str:
        listing.write_text(json.dumps([{"name": f"job {number}", "platform": "etl"} for number in range(count)]), encoding="utf-8")
        return str(listing)

    assert say("discover", "files", written(10), "--observed-at", "2026-03-01").exit_code == 0
    stopped = say("discover", "files", written(1), "--observed-at", "2026-03-02")
    assert (stopped.exit_code, stopped.stdout) == (1, "")
    assert "--allow-removals" in stopped.stderr
    allowed = say("discover", "files", written(1), "--observed-at", "2026-03-02", "--allow-removals", "--json")
    assert (allowed.exit_code, json.loads(allowed.stdout)["gone"]) == (0, 9)


def test_two_files_are_two_sources_and_one_scope_makes_them_one(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps([{"name": name, "platform": "etl"}]), encoding="utf-8")
    first, second = (json.loads(say("discover", "files", f"{name}.json", "--json").stdout) for name in ("a", "b"))
    assert [first["source"], second["source"]] == [f"files/{(tmp_path / name).resolve()}" for name in ("a.json", "b.json")]
    assert (second["complete"], second["gone"], ledger.get("a").present) == (True, 0, True)
    one, other = (json.loads(say("discover", "files", f"{name}.json", "--scope", "x", "--json").stdout) for name in ("a", "b"))
    assert (one["source"], other["source"], other["gone"]) == ("files/x", "files/x", 1)


def test_standard_input_concludes_nothing_from_what_is_missing_unless_a_scope_is_named(ledger: Ledger, say: Say) -> None:
    def read(name: str, *more: str) -> tuple[object, ...]:
        report = json.loads(say("discover", "files", "-", "--json", *more, given=f'[{{"name": "{name}", "platform": "etl"}}]').stdout)
        return report["source"], report["complete"], report["gone"]

    assert [read("a"), read("b")] == [("files/stdin", False, 0)] * 2
    assert [read("a", "--scope", "x"), read("b", "--scope", "x")] == [("files/x", True, 0), ("files/x", True, 1)]


def test_two_queries_of_one_database_are_two_sources(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jobs.db")) as jobs:
        jobs.executescript("CREATE TABLE jobs (job, kind); INSERT INTO jobs VALUES ('load', 'a'), ('use', 'b')")

    def read(query: str, *more: str) -> dict[str, object]:
        done = say("discover", "sql", "jobs.db", "--query", query, "--name-column", "job", "--json", *more)
        found: dict[str, object] = json.loads(done.stdout)
        return found

    one, other, again = (read(f"SELECT job FROM jobs{end}") for end in (" WHERE kind = 'a'", " WHERE kind = 'b'", "  WHERE\n kind = 'a'"))
    assert str(one["source"]).startswith(f"sql/{(tmp_path / 'jobs.db').resolve()}#")
    assert (one["source"], other["gone"], again["skipped"]) == (again["source"], 0, 1)
    assert one["source"] != other["source"]
    assert read("SELECT job FROM jobs", "--scope", "jobs")["source"] == "sql/jobs"


def test_a_folder_named_after_a_day_is_not_taken_for_today(
    warehouse: Path, ledger: Ledger, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(warehouse)
    for folder in (str(warehouse), str(warehouse / "sql"), "."):
        done = say("discover", "warehouse", folder)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "--observed-at 2026-03-01" in done.stderr
    assert ledger.list() == []
    assert say("discover", "warehouse", ".", "--observed-at", "now", "--json").exit_code == 0


def test_another_warehouse_is_noticed(warehouse: Path, ledger: Ledger, say: Say, tmp_path: Path) -> None:
    other = tmp_path / "other" / "sql" / "bank" / "core" / "t"
    other.mkdir(parents=True)
    (other / "query.sql").write_text("SELECT 1 AS id", encoding="utf-8")
    assert "--scope" not in say("discover", "warehouse", str(warehouse), "--observed-at", "2026-03-01").stderr
    done = say("discover", "warehouse", str(tmp_path / "other"))
    assert (done.exit_code, "--scope of its own" in done.stderr) == (0, True)
    assert "--scope" not in say("discover", "warehouse", str(tmp_path / "other"), "--scope", "other").stderr


DATES = {
    "discover files estate.json --observed-at 2026-02-30": "--observed-at",
    "discover files estate.json --observed-at 2999-01-01": "lies in the future",
    "impact x --as-of 2026-13-01": "--as-of",
    "history x --known-at yesterday": "--known-at",
}


@pytest.mark.parametrize("command", DATES)
def test_a_date_is_looked_at_before_anything_is_read_or_asked(
    command: str, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_LEDGER_URI", "bolt://127.0.0.1:1")
    (tmp_path / "estate.json").write_text("[]", encoding="utf-8")
    done = say(*command.split())
    assert (done.exit_code, done.stdout, DATES[command] in done.stderr) == (2, "", True)


def test_bad_rows_are_named_on_stderr_and_stop_nothing(ledger: Ledger, say: Say) -> None:
    given = '[{"name": "good", "platform": "etl"}, {"platform": "etl"}]'
    done = say("discover", "files", "-", "--name", "inbox", "--json", given=given)
    assert (done.exit_code, json.loads(done.stdout)["added"]) == (0, 1)
    assert "item 2" in done.stderr


def test_a_file_whose_name_is_no_utf_8_is_a_file_like_any_other(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    folder = tmp_path / "estate"
    folder.mkdir()
    named = Path(os.fsdecode(bytes(folder) + b"/\xff.json"))
    named.write_text('[{"name": "good", "platform": "etl"}, {"platform": "etl"}]', encoding="utf-8")
    done = say("discover", "files", str(folder), "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["added"], [error["where"] for error in found["errors"]]) == (0, 1, ["\\xff.json, item 2"])
    assert "\\xff.json, item 2" in done.stderr
    assert nodes(ledger, "Run", "added") == {(1,)}
    assert say("discover", "files", str(folder)).exit_code == 0
    named.write_text("{", encoding="utf-8")
    broken = say("discover", "files", str(folder))
    assert broken.exit_code == 1  # nothing at all could be read, which is no empty estate
    assert "\\xff.json: is not JSON" in broken.stderr
    named.write_bytes(b"\xff")
    assert "\\xff.json: is not UTF-8" in say("discover", "files", str(folder)).stderr


@pytest.mark.parametrize(
    "place", [b"sql/shop/sales/\xff/query.sql", b"sql/shop/\xff/clean/query.sql", b"sql/shop/sales/clean/\xff/query.sql"]
)
def test_a_folder_of_a_warehouse_whose_name_is_no_utf_8_is_named_and_stops_nothing(
    place: bytes, warehouse: Path, ledger: Ledger, say: Say, tmp_path: Path
) -> None:
    file, report = Path(os.fsdecode(bytes(warehouse) + b"/" + place)), tmp_path / "coverage.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text("SELECT * FROM raw", encoding="utf-8")
    (file.parent / "metadata.yaml").write_text("[", encoding="utf-8")
    done = say("discover", "warehouse", str(warehouse), "--observed-at", "2026-03-01", "--coverage", str(report), "--json")
    assert (done.exit_code, json.loads(done.stdout)["added"]) == (0, 3)
    assert len([json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]) >= 4
    assert len(nodes(ledger, "Run", "run_id")) == 1
    assert ("\\xff" in done.stderr) == (len(place.split(b"/")) == 5)


def test_a_source_that_cannot_be_read_is_1(say: Say, tmp_path: Path) -> None:
    (tmp_path / "estate.json").write_bytes(b'[{"name": "\xff"}]')
    done = say("discover", "files", "estate.json", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "not UTF-8" in done.stderr


def test_jobs_of_an_sqlite_file_are_nodes_with_the_ports_of_their_sql(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jobs.db")) as jobs:
        jobs.execute("CREATE TABLE jobs (job TEXT, code TEXT)")
        jobs.execute("INSERT INTO jobs VALUES ('load', 'INSERT INTO b SELECT * FROM a'), ('use', 'INSERT INTO c SELECT * FROM b')")
        jobs.commit()
    columns = ("--query", "SELECT * FROM jobs", "--name-column", "job", "--sql-column", "code")
    done = say("discover", "sql", "jobs.db", *columns, "--name", "scheduler", "--json")
    assert (done.exit_code, json.loads(done.stdout)["added"]) == (0, 2)
    assert ledger.downstream("load") == ["use"]
    refused = say("discover", "sql", "jobs.db", "--query", "DELETE FROM jobs", "--name-column", "job")
    assert refused.exit_code in {1, 2}
    with closing(sqlite3.connect(tmp_path / "jobs.db")) as jobs:
        assert jobs.execute("SELECT count(*) FROM jobs").fetchone() == (2,)


def test_the_columns_of_tables_that_nobody_makes_come_from_a_catalogue(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    folder = tmp_path / "sql" / "shop" / "sales" / "daily"
    folder.mkdir(parents=True)
    (folder / "query.sql").write_text("SELECT * FROM `shop.raw.orders`", encoding="utf-8")
    catalogue = tmp_path / "columns.yaml"
    catalogue.write_text("shop.raw.orders: [id, price]", encoding="utf-8")
    assert say("discover", "warehouse", str(tmp_path), "--no-cache", "--catalogue", str(catalogue)).exit_code == 0
    assert [flow[0] for flow in nodes(ledger, "DataNode", "name")] == ["shop.sales.daily"]
    assert edges(ledger, "DataNode", "DERIVES", "Port") == {("bigquery/shop.sales.daily", "shop.sales.daily")}
    again = say("discover", "warehouse", str(tmp_path), "--no-columns", "--no-cache", "--json")
    assert (json.loads(again.stdout)["changed"], edges(ledger, "DataNode", "DERIVES", "Port")) == (1, set())
    for text, message in (("[a]", "holds no tables"), ("a: b", "holds no tables"), ("{", "cannot be read")):
        catalogue.write_text(text, encoding="utf-8")
        odd = say("discover", "warehouse", str(tmp_path), "--catalogue", str(catalogue))
        assert (odd.exit_code, message in odd.stderr) == (2, True)
