"""What is written through a service is written as beside the database: same answers, same events, same refusals."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph_ledger.demo.load import load
from graph_ledger.errors import OverBudgetError, RemovalGuardError, SourceError, ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.values.column import ColumnFlow
from graph_ledger.values.listing import Listing, RowError, Stream
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort
from graph_ledger.values.snapshot import Event
from tests.bank import LOADED_ON
from tests.graph import empty
from tests.remote.same import same, what_was_said
from tests.surfaces.rest.serving import served

DAYS = [f"2026-06-{day:02}T12:00:00Z" for day in range(1, 30)]
JOBS = [
    DataNode("load", platform="ETL", inputs=["raw"], outputs=[DataPort("t", layer="gold"), "Flat"], metadata={"name": "x", "inputs": 1}),
    DataNode("score", platform="ml", inputs=[DataPort("t", layer="%")], metadata={"columns": [{"output": 1}], "owner": "risk"}),
    DataNode("sum", inputs=["flat"], outputs=["total"], columns=[ColumnFlow("total", "a", "flat", "b", subtype="AGGREGATION")]),
]
BAD = [DataNode(" "), DataNode("a", platform="x/y"), DataNode("b", metadata={"when": {1, 2}}), DataNode("c\ud800"), DataNode("d\0")]


class Jobs:
    """A source that says what it is told to."""

    name = "jobs"

    def __init__(self, *nodes: DataNode, kind: str = "list", **told: Any) -> None:
        self._nodes, self._kind, self._told = nodes, kind, told

    def discover(self) -> Any:
        if self._kind == "away":
            raise SourceError("the door is shut")
        if self._kind == "list":
            return list(self._nodes)
        if self._kind == "listing":
            return Listing(self._nodes, source=self.name, **self._told)
        return Stream(self._one_by_one, source=self.name, scope=self._told.get("scope", "default"))

    def _one_by_one(self, stream: Stream) -> Iterator[DataNode]:
        yield from self._nodes
        if self._kind == "broken":
            raise SourceError("the line went dead")
        if self._kind == "faulty":
            raise RuntimeError("a fault of the connector")
        stream.complete, stream.coverage = True, {"nodes": len(self._nodes)}


def told(ledger: Ledger) -> Iterator[Any]:
    """Write by every verb, each time of a day of its own; yield what each answers, or how it refuses."""

    def ask(verb: str, *arguments: Any, **given: Any) -> Any:
        try:
            return getattr(ledger, verb)(*arguments, **given)
        except (ValueError, LookupError, SourceError, RemovalGuardError, RuntimeError) as error:
            # What does not fit a tool at all is refused before the verb is reached, in the words of the tool.
            return type(error), vars(error), "" if isinstance(error, ValidationError) else str(error)

    yield ask("add", [JOBS[0], *BAD, DataNode("load", platform="etl"), *JOBS[1:]], observed_at=DAYS[0])
    yield ask("add", JOBS[0], source="sheet", observed_at=DAYS[0])
    yield ask("add", Listing(JOBS, source="jobs", scope="eu", errors=[RowError(where="row 1", reason="x")]), observed_at=DAYS[1])
    yield ask("add", [], observed_at=DAYS[1])
    yield ask("add", JOBS, observed_at="2999-01-01")
    yield ask("discover", Jobs(*JOBS, kind="listing", complete=True, coverage={"nodes": 3}), observed_at=DAYS[2])
    yield ask("discover", Jobs(*JOBS[:2], kind="listing", complete=True, scope="eu"), observed_at=DAYS[2])
    yield ask("discover", Jobs(*JOBS[:1], JOBS[0], kind="stream"), observed_at=DAYS[3], allow_removals=True)
    yield ask("discover", Jobs(*JOBS, kind="listing", complete=True, errors=[RowError(where="row 9", reason="torn")]), observed_at=DAYS[4])
    yield ask("discover", Jobs(*JOBS[:1], kind="broken"), observed_at=DAYS[5])
    yield ask("discover", Jobs(*JOBS[:2], kind="faulty"), observed_at=DAYS[6])
    yield ask("discover", Jobs(kind="away"), observed_at=DAYS[7])
    yield ask("discover", Jobs(*JOBS), observed_at=DAYS[8])
    yield ask("discover", Jobs(kind="listing", complete=True), observed_at=DAYS[9], removal_share=0.0, removal_least=1)
    yield ask("discover", 3)
    yield [(run.status, run.observed_at, run.complete, [error.reason for error in run.errors]) for run in ledger.runs("jobs")]
    yield ask("register", name="cards", platform="ML", owner="o", model_type="m", tier="low", purpose="p", metadata={"a": [1.5]},
              payload={"b": None}, timestamp=DAYS[1])  # fmt: skip
    yield ask("register", name=" ", owner="o", model_type="m", tier="low", purpose="p")
    yield ask("update", "cards", actor="a", tier="high", metadata={"c": 1}, reason="why", timestamp=DAYS[2])
    yield ask("record", "cards", event="retrained", actor="a", payload={"auc": 0.5}, source="s", tags={"t": 1}, timestamp=DAYS[3])
    yield ask("record", "cards", event="registered", actor="a")
    yield ask("record", "cards", event="x", actor="a", payload={"at": {1}})
    events = [Event(model=name, event="deployed", actor="bot", timestamp=DAYS[4]) for name in ("cards", "score", "ml/cards")]
    yield ask("record_many", events)
    yield ask("record_many", [Event(model="moon", event="deployed", actor="bot")])
    yield ask("tag", "cards", "live", actor="a", timestamp=DAYS[5])
    yield ask("tag", "cards", " ", actor="a")
    yield ask("untag", "cards", "live", actor="a", timestamp=DAYS[6])
    yield ask("link_dependency", "cards", "load", actor="a", metadata={"w": 1}, timestamp=DAYS[7])
    yield ask("unlink_dependency", "cards", "load", actor="a", reason="r", timestamp=DAYS[8])
    yield ask("register_group", name="all", owner="o", model_type="composite", tier="low", purpose="p", members=["cards", "load"],
              actor="a", timestamp=DAYS[9])  # fmt: skip
    yield ask("register_group", name="all", owner="o", model_type="composite", tier="low", purpose="p", members=3, actor="a")
    yield ask("add_member", "all", "score", role="scorer", actor="a", timestamp=DAYS[10])
    yield ask("remove_member", "all", "load", reason="r", actor="a", timestamp=DAYS[11])
    yield ask("record_validation", "all", result="pass", actor="a", metadata={"m": 1}, timestamp=DAYS[12])
    yield ask(
        "record_observation", "all", observation_id="O", observation="x", status="open", severity="low", actor="a", timestamp=DAYS[13]
    )
    yield ask("resolve_observation", "all", observation_id="O", resolution="done", actor="a", timestamp=DAYS[14])
    yield ask("resolve_observation", "all", observation_id="P", resolution="done", actor="a", timestamp=DAYS[14])
    yield ask("connect")
    yield ask("apply", 3)


def log_of(ledger: Ledger) -> dict[str, list[str]]:
    """Name every event of every model by its content."""
    return {model.key: [event.snapshot_hash for event in ledger.history(model)] for model in ledger.list()}


def test_every_writing_verb_does_and_answers_the_same(ledger: Ledger, far: Ledger) -> None:
    near = [what_was_said(answer) for answer in told(ledger)]
    log = log_of(ledger)
    empty(ledger)
    for number, answer in enumerate(told(far)):
        assert what_was_said(answer) == near[number], number
    assert log_of(ledger) == log
    assert {"/all", "etl/load", "ml/cards", "ml/score"} < set(log)


def test_the_demo_estate_is_the_same_through_a_service(ledger: Ledger, far: Ledger) -> None:
    load(far, LOADED_ON)
    log = log_of(ledger)
    empty(ledger)
    load(ledger, LOADED_ON)
    assert log == log_of(ledger)


def test_a_plan_is_the_same_and_is_applied_by_either(ledger: Ledger, far: Ledger) -> None:
    ledger.discover(Jobs(*JOBS, kind="listing", complete=True), observed_at=DAYS[0])
    for source in (
        Jobs(*JOBS[:1], kind="stream"),
        Jobs(*JOBS, *BAD[:2], BAD[4], kind="broken"),
        Jobs(*JOBS, kind="listing", complete=True),
    ):
        near = ledger.plan(source, observed_at=DAYS[1])
        planned = far.plan(source, observed_at=DAYS[1])
        same(planned, near)
        assert planned.digest == near.digest
    assert far.apply(far.plan(Jobs(JOBS[0], kind="stream"), observed_at=DAYS[2])).gone == 2
    with pytest.raises(SourceError, match="door"):
        far.plan(Jobs(kind="away"))


def test_many_are_handed_over_in_parts_that_count_as_one(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [DataNode(f"n{number}", platform="p", metadata={"text": "x" * 900}) for number in range(40)]
    nodes[30], nodes[39] = DataNode("n 30", platform="a/b"), nodes[0]
    with served(ledger, max_bytes=8_000) as client, Ledger(str(client.base_url)) as far:
        result = far.add(nodes, observed_at=DAYS[0])
        assert (result.added, [error.where for error in result.errors]) == (38, ["node 31, 'n 30'"])
        events = [Event(model=f"n{each}", event="seen", actor="a", payload={"t": "x" * 900}, timestamp=DAYS[1]) for each in range(1, 20)]
        assert [each.model_hash for each in far.record_many(events)] == [ledger.get(event.model).model_hash for event in events]
        before = log_of(ledger)
        with pytest.raises(OverBudgetError, match=r"40 nodes .* 8,000 bytes.*scope by scope"):
            far.discover(Jobs(*nodes, kind="listing", complete=True), observed_at=DAYS[2])
        with pytest.raises(OverBudgetError) as alone:
            far.add(DataNode("huge", metadata={"text": "x" * 9_000}))
        assert alone.value.limit == "bytes"
    assert log_of(ledger) == before


def test_what_takes_the_database_itself_says_so(far: Ledger) -> None:
    with pytest.raises(ValidationError, match=r"takes the database itself.*neo4j://"):
        _ = far.database
