"""What the pages need around them: a folder with the files they name, and the test database."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from tests.archive import SAMPLE
from tests.surfaces.conftest import environment

__all__ = ["desk", "environment"]

CONTRACTS = Path(__file__).parents[1] / "contracts" / "sample"
QUERY = "sql/my-project/core/clients_daily/query.sql"
ESTATE = """models:
  - {name: features, platform: etl, outputs: [customer_features]}
  - {name: fraud, platform: ml, inputs: [customer_features], owner: risk-team}
"""
CONNECTORS = """
[[connectors]]
type = "files"
name = "estate"
path = "estate.yaml"

[[connectors]]
type = "sql"
name = "jobs"
url = "sqlite:///jobs.db"
query = "SELECT job, code FROM jobs"
name_column = "job"
sql_column = "code"
"""
JOBS = """
CREATE TABLE jobs (job, code);
INSERT INTO jobs VALUES ('daily', 'INSERT INTO out SELECT * FROM raw');
CREATE TABLE scheduled_jobs (job_name, raw_sql, cron);
INSERT INTO scheduled_jobs VALUES ('daily', 'INSERT INTO core.out SELECT * FROM {{schema}}.raw', '0 6 * * *');
"""


@pytest.fixture
def desk(ledger: Ledger, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the files that the pages name; the database is empty, and is what ``Ledger.temporary()`` opens."""
    (tmp_path / "2026-08-21").symlink_to(SAMPLE / "2025-12-31")
    (tmp_path / "target").symlink_to(SAMPLE.parent / "sample_dbt")
    (tmp_path / "events.jsonl").symlink_to(SAMPLE.parent / "sample_openlineage" / "events.jsonl")
    for folder in ("2024-06-30", "warehouse/2026-06-30"):
        query = tmp_path / folder / QUERY
        query.parent.mkdir(parents=True)
        query.write_text("SELECT * FROM core.clients_raw", encoding="utf-8")
    for file in ("estate.yaml", "nodes.yaml"):
        (tmp_path / file).write_text(ESTATE, encoding="utf-8")
    (tmp_path / "plan.json").touch()
    (tmp_path / "model.pkl").write_bytes(b"weights")
    (tmp_path / "models" / "churn" / "1").mkdir(parents=True)
    (tmp_path / "models" / "churn" / "1" / "model.bin").write_bytes(b"weights")
    shutil.copytree(CONTRACTS, tmp_path, dirs_exist_ok=True)
    for file in ("jobs.db", "platform.db"):
        with closing(sqlite3.connect(tmp_path / file)) as connection:
            connection.executescript(JOBS)
    (tmp_path / "graph-ledger.toml").write_text(CONNECTORS, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "80")  # the width of every drawing on the pages
    monkeypatch.setattr(Ledger, "temporary", classmethod(lambda cls: cls()))
    return tmp_path
