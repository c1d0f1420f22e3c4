"""An impact as a value."""

from graph_ledger.values.lineage import Impact, ImpactNode
from graph_ledger.values.lineage_pictures import impact_title


def test_an_impact_is_its_nodes_and_is_printed_in_words() -> None:
    node = ImpactNode(key="ml/a", name="a", platform="ml", depth=1, owner="me", tier="high", status="active", model_type="x")
    impact = Impact(model="etl/t", nodes=(node,))
    assert (len(impact), list(impact)) == (1, [node])
    assert str(impact) == f"{impact_title(impact)}\n1  ml/a  me"
    many = Impact(model="etl/t", nodes=(node,) * 60)
    assert str(many).splitlines()[-1] == "and 10 more"
    assert Impact.model_validate(impact.model_dump()) == impact
