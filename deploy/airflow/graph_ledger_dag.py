"""An Airflow DAG that reads every source which a file declares, once an hour. Tried with Airflow 2.11 and 3.1.

Copy it into the folder of DAGs. ``graph-ledger`` has to be on the PATH of the workers: in an environment of its own, with a link
to it from a folder on the PATH, it and Airflow never ask for different versions of one library.

The database is the Airflow connection ``graph_ledger``: host, port, login, password, and the scheme of the address (``neo4j``,
``neo4j+s``, ``bolt``) as its schema. Secrets that the file names are variables of the workers' environment.

A task whose command ends with 1 has failed: a source could not be read, or a guard stopped it. What could be read is in the graph.
"""

from datetime import datetime, timedelta, timezone

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.bash import BashOperator

with DAG(
    "graph_ledger_discover",
    description="Read every source that graph-ledger.toml declares",
    schedule="17 * * * *",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,  # a source is read as it is now: there is no reading last Tuesday again
    max_active_runs=1,
    params={"config": "/etc/graph-ledger/graph-ledger.toml"},
    tags=["graph-ledger"],
) as dag:
    BashOperator(
        task_id="discover",
        bash_command="exec graph-ledger discover --config '{{ params.config }}' --log-format json",
        env={
            "GRAPH_LEDGER_URI": "{{ conn.graph_ledger.schema or 'neo4j' }}://"
            "{{ conn.graph_ledger.host }}:{{ conn.graph_ledger.port or 7687 }}",
            "GRAPH_LEDGER_USER": "{{ conn.graph_ledger.login }}",
            "GRAPH_LEDGER_PASSWORD": "{{ conn.graph_ledger.password }}",
        },
        append_env=True,
        retries=2,
        retry_delay=timedelta(minutes=3),  # longer than the lease of a run that was killed
        execution_timeout=timedelta(minutes=50),
    )
