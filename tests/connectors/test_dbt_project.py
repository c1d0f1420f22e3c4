"""A project that dbt itself compiles, builds and documents, on a DuckDB file."""

import os
import subprocess
from pathlib import Path

import duckdb
import pytest

from graph_ledger import Ledger
from graph_ledger.connectors.dbt import DbtConnector, dbt_connector
from graph_ledger.connectors.testing import check_connector
from tests.connectors.twice import written
from tests.environments import environment

pytestmark = pytest.mark.slow

FILES = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\n",
    "profiles.yml": "shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}}}\n",
    "seeds/Orders_Raw.csv": "id,customer,amount\n1,ada,10\n2,bob,5\n",
    "models/clean.sql": '{{ config(materialized="ephemeral") }} SELECT id, customer, amount FROM {{ ref("Orders_Raw") }}',
    "models/daily.sql": """{{ config(materialized="table", alias="Orders_Daily", tags=["core"]) }}
        {{ config(meta={"owner": "orders-team", "tier": "high"}) }}
        SELECT customer, sum(amount) AS total FROM {{ ref("clean") }} GROUP BY customer""",
    "models/prices.sql": 'SELECT o.id, p.price FROM {{ ref("Orders_Raw") }} o LEFT JOIN {{ source("raw", "prices") }} p ON o.id = p.id',
    "models/told.py": 'def model(dbt, session):\n    dbt.config(materialized="table")\n    return dbt.ref("daily")\n',
    "snapshots/kept.sql": """{% snapshot kept %}
        {{ config(target_schema="snaps", unique_key="customer", strategy="check", check_cols=["total"]) }}
        SELECT * FROM {{ ref("daily") }}
        {% endsnapshot %}""",
    "tests/positive.sql": 'SELECT * FROM {{ ref("daily") }} WHERE total < 0',
    "models/schema.yml": """
groups:
  - {name: finance, owner: {name: Finance, email: finance@example.com}}
sources:
  - name: raw
    schema: main
    tables: [{name: prices, identifier: Prices_Raw, description: Prices as they come}]
models:
  - name: daily
    description: Orders of a customer
    columns:
      - {name: customer, description: Who bought, data_tests: [unique, not_null]}
  - name: prices
    config: {group: finance}
unit_tests:
  - name: joins
    model: prices
    given:
      - {input: ref('Orders_Raw'), rows: [{id: 1}]}
      - {input: "source('raw', 'prices')", rows: [{id: 1, price: 2}]}
    expect: {rows: [{id: 1, price: 2}]}
exposures:
  - name: weekly
    type: dashboard
    owner: {name: Bea, email: bea@example.com}
    depends_on:
      - ref('daily')
      - source('raw', 'prices')
""",
}
INPUTS = {
    "seed.shop.Orders_Raw": set[str](),
    "model.shop.clean": {"shop.main.orders_raw"},
    "model.shop.daily": {"model.shop.clean"},
    "model.shop.prices": {"shop.main.orders_raw", "shop.main.prices_raw"},
    "model.shop.told": {"shop.main.orders_daily"},
    "snapshot.shop.kept": {"shop.main.orders_daily"},
    "exposure.shop.weekly": {"shop.main.orders_daily", "shop.main.prices_raw"},
}


def dbt(folder: Path, *words: str) -> None:
    home = environment("dbt", "dbt-core~=1.11.0", "dbt-duckdb", "pandas")
    said = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1", "DBT_PROFILES_DIR": str(folder)}
    done = subprocess.run([home / "dbt", "--no-use-colors", *words], cwd=folder, env=said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the project once: its tables are made, its tests pass, its documents are generated."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with duckdb.connect(str(folder / "shop.duckdb")) as connection:
        connection.execute("CREATE TABLE Prices_Raw (id INT, price DECIMAL(9, 2))")
    dbt(folder, "build")
    dbt(folder, "docs", "generate")
    return folder


@pytest.fixture
def connector(project: Path) -> DbtConnector:
    return dbt_connector(project / "target", project / "target" / "catalog.json")


def test_everything_that_dbt_builds_is_a_node(connector: DbtConnector) -> None:
    listing = check_connector(connector)
    assert {node.name: {port.key for port in node.inputs} for node in listing} == INPUTS
    assert (listing.complete, listing.errors, listing.coverage["adapter_type"]) == (True, (), "duckdb")
    assert listing.coverage["left_out"] == {"test": 3, "unit_test": 1}


def test_its_metadata_is_what_dbt_knows(connector: DbtConnector) -> None:
    found = {node.name: node.metadata for node in connector.discover()}
    daily = found["model.shop.daily"]
    assert (daily["owner"], daily["tier"], daily["purpose"], daily["tags"]) == ("orders-team", "high", "Orders of a customer", ["core"])
    assert daily["columns"] == {"customer": {"type": "VARCHAR", "description": "Who bought"}, "total": {"type": "HUGEINT"}}
    assert daily["tests"] == {"count": 3, "names": ["not_null_daily_customer", "positive", "unique_daily_customer"]}
    assert (found["model.shop.prices"]["owner"], found["model.shop.prices"]["tests"]["names"]) == ("finance@example.com", ["joins"])
    assert (found["model.shop.told"]["language"], found["exposure.shop.weekly"]["owner"]) == ("python", "bea@example.com")


def test_the_ports_are_the_tables_of_the_database(connector: DbtConnector, project: Path) -> None:
    with duckdb.connect(str(project / "shop.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT table_catalog, table_schema, table_name FROM information_schema.tables").fetchall()
    written = {port.key for node in connector.discover() for port in node.outputs}
    assert {".".join(row).lower() for row in rows} == written - {"model.shop.clean"} | {"shop.main.prices_raw"}


def test_the_whole_chain_is_found_and_a_second_discovery_writes_nothing(connector: DbtConnector, project: Path, ledger: Ledger) -> None:
    assert ledger.discover(connector).added == len(INPUTS)
    assert set(ledger.downstream("seed.shop.Orders_Raw")) == INPUTS.keys() - {"seed.shop.Orders_Raw"}
    before = written(ledger)
    dbt(project, "parse", "--no-partial-parse")
    again = ledger.discover(connector)
    assert (again.added, again.changed, again.gone, again.skipped) == (0, 0, 0, len(INPUTS))
    assert written(ledger) == before
