"""The plans of what the change gate asks."""

from graph_ledger.ledger import Ledger
from graph_ledger.values.moment import LATEST

TIMES = {"as_of": LATEST, "known_at": LATEST}


def test_the_readers_of_many_ports_are_found_from_unique_indexes(ledger: Ledger) -> None:
    plan = ledger.database.plan("contracts/readers", ports=["mp:a"], containers=["mp/A"], **TIMES)
    assert plan.count("NodeUniqueIndexSeek") == 2
    assert not [step for step in plan if "Scan" in step or "Cartesian" in step or "VarLength" in step]


def test_the_revisions_of_many_elements_are_found_from_indexes(ledger: Ledger) -> None:
    plan = ledger.database.plan("contracts/earlier_states", prefix="mp", concepts=["x"], labels=["A"])
    assert plan.count("NodeIndexSeek") == 3
    assert not [step for step in plan if "Scan" in step or "Cartesian" in step]
