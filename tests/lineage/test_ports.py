"""What a model reads and writes itself, used by others or not, at any moment."""

from graph_ledger import DataNode, DataPort, Ledger
from graph_ledger.lineage.ports import ports
from graph_ledger.values.moment import Moment, moment


def test_ports_that_nobody_else_uses_are_there_with_their_schema_and_only_at_their_time(ledger: Ledger) -> None:
    alerts = DataPort("alerts", model_name="c%")
    ledger.add(DataNode("a", platform="p", inputs=["Raw"], outputs=["old", alerts]), source="s", observed_at="2026-01-01")
    ledger.add(DataNode("b", platform="p", inputs=[DataPort("alerts", model_name="cards")]), source="s", observed_at="2026-01-01")
    ledger.add(DataNode("a", platform="p", inputs=["raw"], outputs=["new"]), source="s", observed_at="2026-02-01")
    ledger.add(DataNode("a", platform="p", inputs=["raw"]), source="t", observed_at="2026-02-02")
    ledger.link_dependency("p/b", "p/a", actor="me")
    assert ports(ledger.database, "p/a", Moment()) == ((DataPort("raw"),), (DataPort("new"),))
    read, written = ports(ledger.database, "p/a", moment("2026-01-15"))
    assert ([port.key for port in read], [port.key for port in written]) == (["raw"], [alerts.key, "old"])
    assert ports(ledger.database, "p/a", moment("2025-12-31")) == ((), ())
    assert ports(ledger.database, "p/nothing", Moment()) == ((), ())


def test_the_node_is_sought_by_its_key(ledger: Ledger) -> None:
    plan = ledger.database.plan("lineage/ports", key="x", as_of=moment("2026-01-01").as_of, known_at=moment("2026-01-01").as_of)
    assert "NodeUniqueIndexSeek" in plan
    assert not {"NodeByLabelScan", "AllNodesScan"} & set(plan)
