"""Ask the room by keys and plain dates; what has these keys is no group."""

from typing import Any

from graph_ledger.ledger import Ledger
from graph_ledger.lineage.dependencies import Side, dependencies
from graph_ledger.lineage.downstream import downstream
from graph_ledger.lineage.impact import impact
from graph_ledger.lineage.path import path
from graph_ledger.lineage.trace import trace
from graph_ledger.lineage.upstream import upstream
from graph_ledger.values.lineage import Dependency, Impact
from graph_ledger.values.moment import When, from_microseconds, moment
from graph_ledger.values.node import DataNode
from graph_ledger.values.path import Path
from graph_ledger.values.start import Start

QUICKSTART = [
    DataNode("raw_txns", platform="warehouse", outputs=["transactions"]),
    DataNode("feature_build", platform="etl", inputs=["transactions"], outputs=["features"]),
    DataNode("fraud_model", platform="ml", inputs=["features"], outputs=["risk_scores"]),
    DataNode("review_queue", platform="alerting", inputs=["risk_scores"]),
]
RECIPE = [
    DataNode("customer_features", platform="feature-store", outputs=["customer_features"]),
    DataNode("fraud_scorer", platform="ml", inputs=["customer_features"], outputs=["risk_scores"]),
    DataNode("churn_scorer", platform="ml", inputs=["customer_features"], outputs=["churn_scores"]),
    DataNode("review_queue", platform="alerting", inputs=["risk_scores"]),
]


def wired(*edges: str) -> list[DataNode]:
    """Make a node of every letter, in order of the alphabet; 'ab' says that b reads a port of its own that a writes."""
    names = sorted({letter for edge in edges for letter in edge})
    return [
        DataNode(
            name,
            platform="x",
            inputs=[edge for edge in edges if edge[-1] == name and len(edge) > 1],
            outputs=[e for e in edges if e[0] == name and len(e) > 1],
        )
        for name in names
    ]


def asked_trace(ledger: Ledger, key: str, as_of: When | None = None, known_at: When | None = None) -> list[str]:
    return trace(ledger.database, Start(key), moment(as_of, known_at))


def asked_upstream(ledger: Ledger, key: str, as_of: When | None = None, known_at: When | None = None) -> list[str]:
    return upstream(ledger.database, Start(key), moment(as_of, known_at))


def asked_downstream(ledger: Ledger, key: str, as_of: When | None = None, known_at: When | None = None) -> list[str]:
    return downstream(ledger.database, Start(key), moment(as_of, known_at))


def asked_impact(ledger: Ledger, key: str, as_of: When | None = None, known_at: When | None = None, **bounds: Any) -> Impact:
    return impact(ledger.database, Start(key), moment(as_of, known_at), **bounds)


def asked_dependencies(
    ledger: Ledger, key: str, direction: Side = "both", as_of: When | None = None, known_at: When | None = None
) -> list[Dependency]:
    return dependencies(ledger.database, key, direction, moment(as_of, known_at))


def asked_path(ledger: Ledger, start: str, end: str, as_of: When | None = None, known_at: When | None = None) -> Path:
    return path(ledger.database, start, end, moment(as_of, known_at))


def clock(ledger: Ledger) -> When:
    """What time the database has."""
    return from_microseconds(ledger.database.read("database/clock")["now"])


def depths(answer: Impact) -> dict[str, int]:
    return {node.name: node.depth for node in answer.nodes}
