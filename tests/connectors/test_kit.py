"""The test kit: what it lets pass, and what it says of each broken promise."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from graph_ledger import DataNode
from graph_ledger.connectors.base import Listing, RowError
from graph_ledger.connectors.files import FilesConnector
from graph_ledger.connectors.testing import VOLATILE, check_connector
from graph_ledger.connectors.warehouse import WarehouseConnector
from graph_ledger.discovery import content
from graph_ledger.values.column import ColumnFlow
from graph_ledger.values.listing import Stream

SAMPLE = Path(__file__).parent / "sample_warehouse" / "2025-12-31"
ERROR = RowError(where="row 1", reason="no name")


class Own:
    """A connector that says whatever a test wants."""

    def __init__(self, *readings: Any, name: Any = "own") -> None:
        self.name, self.readings = name, itertools.cycle(readings)

    def discover(self) -> Any:
        found = next(self.readings)
        return found() if callable(found) else found


def listing(*nodes: DataNode, **said: Any) -> Listing:
    return Listing(nodes, **{"source": "own", **said})


A = DataNode("a", "p", ["t", "u"], ["x"], metadata={"updated_at": 1}, columns=[ColumnFlow("x", "c", "t", "c")])

KEPT: dict[str, tuple[Any, ...]] = {
    "a plain list": ([A],),
    "an iterator": (lambda: iter([A]),),
    "a stream": (lambda: Stream(lambda stream: [A], source="own"),),
    "a complete listing": (listing(A, complete=True, coverage={"read": 1}),),
    "errors, and so not complete": (listing(A, errors=[ERROR]),),
    "another order": ([A, DataNode("b")], [DataNode("b"), A]),
    "another order of ports": ([A], [A.model_copy(update={"inputs": A.inputs[::-1]})]),
    "what is no change": ([A], [A.model_copy(update={"metadata": {"updated_at": 2}})]),
}
BROKEN: dict[str, tuple[Any, str]] = {
    "no name": (Own([A], name=None), "has no name: it signs every claim"),
    "a blank name": (Own([A], name=" "), "has no name"),
    "a slash": (Own([A], name="a/b"), "'a/b' holds a slash"),
    "capitals": (Own([A], name="Own"), "'Own' is not in lower case"),
    "a line break": (Own([A], name="a\nb"), "cannot be printed"),
    "no discover": (type("No", (), {"name": "no"})(), "no has no discover"),
    "no node": (Own([A, {"name": "b"}]), "lists {'name': 'b'} at place 2, which is no DataNode"),
    "a name nobody takes": (Own([DataNode(" ")]), "at place 1, which no ledger takes: the name is blank"),
    "a platform nobody takes": (Own([DataNode("a", "p/q")]), "which no ledger takes: the platform"),
    "no JSON": (Own([DataNode("a", metadata={"x": {1}})]), "which no ledger takes: not JSON"),
    "twice": (Own([A, DataNode("a", "P")]), "lists p/a 2 times"),
    "a column of no port": (Own([A.model_copy(update={"outputs": ()})]), "a column from 't' to 'x', which are not both ports of 'a'"),
    "another's name": (Own(listing(A, source="other")), "signs its listing as 'other'"),
    "no scope": (Own(listing(A, scope="")), "has no scope"),
    "errors that are none": (Own(listing(A, errors=["row 1"])), "no RowError with a where and a reason: 'row 1'"),
    "errors without a place": (Own(listing(A, errors=[RowError(where="", reason="x")])), "no RowError with a where"),
    "complete all the same": (Own(listing(A, complete=True, errors=[ERROR])), "calls a listing complete that has errors"),
    "complete, perhaps": (Own(listing(A, complete=None)), "neither True nor False"),
    "coverage that is no JSON": (Own(listing(A, coverage={"at": {1}})), "the coverage of own is not JSON"),
    "a scope that moves": (Own(listing(A, scope="a"), listing(A, scope="b")), "own reads own/b after own/a"),
    "a node that comes and goes": (Own([A], []), "lists p/a in one of two readings alone"),
    "a node that changes": (Own([A], [A.model_copy(update={"metadata": {"at": 1}})]), "something else of p/a the second time"),
    "columns that change": (Own([A], [A.model_copy(update={"columns": ()})]), "something else of p/a the second time"),
}


@pytest.mark.parametrize("readings", KEPT.values(), ids=KEPT)
def test_what_is_kept_passes(readings: tuple[Any, ...]) -> None:
    assert A.name in {node.name for node in check_connector(Own(*readings))}


@pytest.mark.parametrize(("connector", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_said(connector: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_connector(connector)


def test_ours_pass_too(tmp_path: Path) -> None:
    (tmp_path / "nodes.yaml").write_text("models: [{name: a, inputs: [t]}]")
    assert len(check_connector(FilesConnector(tmp_path))) == 1
    assert len(check_connector(WarehouseConnector(SAMPLE))) == 14


def test_what_is_no_change_here_is_none_in_the_ledger() -> None:
    assert VOLATILE == content.VOLATILE
