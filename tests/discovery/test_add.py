"""Adding nodes: what is written, what is not, what went."""

from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from tests.graph import counts, edges, nodes


def test_two_nodes_meet_at_one_port(ledger: Ledger) -> None:
    ledger.add([DataNode("features", platform="etl", outputs=["T"]), DataNode("fraud", platform="ml", inputs=["t"])])
    assert nodes(ledger, "Port", "identifier", "kind") == {("t", "data")}
    assert edges(ledger, "DataNode", "FEEDS", "Port") == {("etl/features", "t")}
    assert edges(ledger, "Port", "FEEDS", "DataNode") == {("t", "ml/fraud")}


def test_a_second_add_of_the_same_writes_nothing(ledger: Ledger) -> None:
    estate = [DataNode("features", platform="etl", outputs=["T"]), DataNode("fraud", platform="ml", inputs=["t"])]
    assert dict(ledger.add(estate)) == {"added": 2, "skipped": 0, "errors": ()}
    before = counts(ledger)
    assert dict(ledger.add(estate)) == {"added": 0, "skipped": 2, "errors": ()}
    assert counts(ledger) == before
