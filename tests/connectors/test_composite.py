"""Several connectors as one source, and the one that lists nothing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors.base import Listing, RowError
from graph_ledger.connectors.composite import composite_connector
from graph_ledger.connectors.files import FilesConnector
from graph_ledger.connectors.noop import noop_connector
from graph_ledger.connectors.testing import check_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.column import ColumnFlow
from graph_ledger.values.listing import Stream
from tests.connectors.twice import written

A = DataNode("a", "etl", inputs=["raw"], outputs=["t"], metadata={"owner": "ada"}, columns=[ColumnFlow("t", "x", "raw", "x")])
MORE = {"owner": "bob", "tier": "high"}
A_AGAIN = DataNode("a", "ETL", inputs=["RAW", "more"], metadata=MORE, columns=[ColumnFlow("t", "y", "more", "y")])
B = DataNode("b", "ml", inputs=["t"])


class Own:
    """A user's own: a name and a discover(), no more."""

    def __init__(self, name: str, *found: DataNode) -> None:
        self.name, self.found = name, found

    def discover(self) -> Sequence[DataNode]:
        return list(self.found)


class Complete(Own):
    """One that has evidence."""

    def discover(self) -> Listing:
        return Listing(
            self.found,
            source=self.name,
            complete=True,
            coverage={"read": len(self.found)},
            statements=[{"node": self.name, "status": "parsed"}],
        )


class Broken(Own):
    """One that fails, as it is read."""

    def discover(self) -> Any:
        yield from self.found
        raise OSError("the line is cut")


class Streaming(Own):
    """One that hands on node by node."""

    def discover(self) -> Any:
        def pages(stream: Stream) -> Iterator[DataNode]:
            yield from self.found
            stream.errors.append(RowError(where="page 2", reason="no name"))

        return Stream(pages, source=self.name)


def test_a_node_of_several_is_one_with_the_ports_of_all() -> None:
    first, second = composite_connector("all", [Complete("x", A), Complete("y", A_AGAIN, B)]).discover()
    assert ([port.key for port in first.inputs], [port.key for port in first.outputs]) == (["raw", "more"], ["t"])
    assert (first.metadata, len(first.columns), second) == ({"owner": "ada", "tier": "high"}, 2, B)


def test_it_is_complete_when_all_are() -> None:
    listing = composite_connector("all", [Complete("x", A), Complete("y", B)], scope="s").discover()
    assert (listing.complete, listing.source_key, listing.coverage) == (True, "all/s", {"x": {"read": 1}, "y": {"read": 1}})
    assert [each["node"] for each in listing.statements] == ["x", "y"]
    assert not composite_connector("all", [Complete("x", A), Own("y", B)]).discover().complete


def test_a_member_that_fails_is_an_error_and_the_others_land() -> None:
    connector = composite_connector("all", [Broken("x", A), Complete("y", B), Streaming("z")])
    listing = connector.discover()
    assert (list(listing), listing.complete) == ([B], False)
    assert [(each.where, each.reason) for each in listing.errors] == [("x", "the line is cut"), ("z: page 2", "no name")]
    assert connector.errors == list(listing.errors)


def test_what_is_no_node_is_an_error_and_the_others_land() -> None:
    strange: Any = [B, None, "b"]
    listing = composite_connector("all", [Complete("x", A), Complete("y", *strange)]).discover()
    assert (list(listing), listing.complete) == ([A, B], False)
    assert [(each.where, each.reason) for each in listing.errors] == [
        ("y: node 2", "a node is a DataNode, not 'None'"),
        ("y: node 3", "a node is a DataNode, not 'b'"),
    ]


@pytest.mark.parametrize("members", [{"type": "mlflow", "token": "s3cret"}, [{"typ": "mlflow", "token": "s3cret"}]])
def test_a_configuration_that_does_not_fit_is_refused_without_its_token(members: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        composite_connector("all", members)
    assert "s3cret" not in str(caught.value)


def test_an_estate_that_cannot_be_read_is_no_empty_one() -> None:
    with pytest.raises(SourceError, match="all: none of its sources could be read: x: the line is cut"):
        composite_connector("all", [Broken("x"), Broken("y")]).discover()


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ([], "'all' has no connectors to read"),
        ("files", "are a list, not 'files'"),
        ({"type": "noop"}, "are a list"),
        ([Own("x"), Own("x")], "two connectors of 'all' are named 'x'"),
        ([{"path": "x"}], 'needs a "type"'),
        ([{"type": "nop"}], "did you mean 'noop'"),
        ([A], "a connector has a name and a discover\\(\\), not"),
    ],
)
def test_members_that_are_none_are_refused(members: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        composite_connector("all", members)


def test_members_may_be_what_a_configuration_says(tmp_path: Path, ledger: Ledger) -> None:
    (tmp_path / "nodes.json").write_text('[{"name": "a", "platform": "etl", "outputs": ["t"]}]')
    connector = composite_connector("all", [{"type": "files", "path": tmp_path}, Complete("y", B)])
    assert isinstance(connector.members[0], FilesConnector)
    assert check_connector(connector).complete
    assert (ledger.discover(connector).added, ledger.downstream("etl/a")) == (2, ["b"])
    before = written(ledger)
    again = ledger.discover(connector)
    assert (again.added, again.changed, again.gone, again.skipped) == (0, 0, 0, 2)
    assert written(ledger) == before


def test_nothing_is_gone_because_of_the_one_that_lists_nothing(ledger: Ledger) -> None:
    ledger.discover(Complete("x", A, B))
    report = ledger.discover(noop_connector("x"))
    assert (report.gone, report.complete, len(check_connector(noop_connector()))) == (0, False, 0)
    assert ledger.get("etl/a").status == "active"
