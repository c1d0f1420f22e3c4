"""Eight writers at once, each with a connection of its own: whatever their order was, what they wrote is one valid history a model."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from threading import Barrier
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph_ledger import DataNode, Event, Ledger, ModelNotFoundError, Snapshot, ValidationError
from graph_ledger.database import database as database_module
from graph_ledger.values.moment import from_microseconds
from tests.graph import empty, nodes
from tests.history.test_record import unbroken

WRITERS = 8
START = datetime(2026, 1, 1, tzinfo=timezone.utc)
DAYS = [START + timedelta(days=number) for number in range(4)]
EVER = datetime.max.replace(tzinfo=timezone.utc)
REGISTERED = DAYS[1]
"""So that some events come before the first one."""
IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": "", "actor": "me", "timestamp": REGISTERED}
GROUPS = {"g": ["a", "b"], "h": ["a", "g"]}

models = st.sampled_from("abcg")
days = st.sampled_from(DAYS)
whens = st.none() | days
numbers = st.integers(0, 1)
owners = st.sampled_from(["ann", "bob"])
sources = st.sampled_from(["s", "t", "client"])
operations = st.one_of(
    st.tuples(st.just("record"), models, numbers, whens),
    st.tuples(st.just("shared"), models, numbers, days),
    st.tuples(st.just("many"), st.lists(st.tuples(models, numbers, whens), min_size=2, max_size=6)),
    st.tuples(st.just("update"), models, whens, owners),
    st.tuples(st.just("add"), st.sampled_from("abd"), numbers, owners, sources, whens),
    st.tuples(st.sampled_from(["join", "leave"]), st.sampled_from("gh"), st.sampled_from("abc"), whens),
)
beginnings = st.tuples(st.just("add"), st.just("d"), numbers, owners, sources, whens)
"""All begin with a node that is not there yet."""
plans = st.lists(
    st.tuples(beginnings, st.lists(operations, min_size=3, max_size=7)).map(lambda each: [each[0], *each[1]]),
    min_size=WRITERS,
    max_size=WRITERS,
)

Histories = dict[str, list[Snapshot]]
Metric = tuple[str, str, int, datetime | None]
"""Model, actor, number and date of an event."""


@dataclass
class Said:
    """What one writer asked for, and what it was answered."""

    actor: str
    metrics: list[Metric] = field(default_factory=list)
    answers: list[Snapshot] = field(default_factory=list)
    """The answer to each of them."""
    updates: list[tuple[str, str, str]] = field(default_factory=list)
    """Model, owner and tier; the tier is one that nobody else gives."""
    added: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Node, source, owner, and the port that it reads."""

    def do(self, ledger: Ledger, operation: tuple[Any, ...]) -> None:
        match operation:
            case ("record" | "shared" as kind, model, number, when):
                actor = "all" if kind == "shared" else self.actor
                self.metrics.append((model, actor, number, when))
                self.answers.append(ledger.record(model, event="metrics", actor=actor, payload={"n": number}, timestamp=when))
            case ("many", events):
                self.metrics += [(model, self.actor, number, when) for model, number, when in events]
                asked = [Event(model=m, event="metrics", actor=self.actor, payload={"n": n}, timestamp=when) for m, n, when in events]
                self.answers += ledger.record_many(asked)
            case ("update", model, when, owner):
                tier = f"{self.actor}.{len(self.updates)}"
                self.updates.append((model, owner, tier))
                ledger.update(model, actor=self.actor, timestamp=when, owner=owner, tier=tier)
            case ("add", name, number, owner, source, when):
                self.added.append((name, source, owner, f"t{number}"))
                node = DataNode(name, platform="p", inputs=[f"t{number}"], metadata={"owner": owner})
                assert not ledger.add(node, source=source, observed_at=when).errors
            case ("join" | "leave" as kind, group, model, when):
                with suppress(ValidationError):  # whoever was not there, or not in, on that day
                    (ledger.add_member if kind == "join" else ledger.remove_member)(group, model, actor=self.actor, timestamp=when)


@pytest.fixture
def writers(address: tuple[str, tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Ledger]]:
    """As many ledgers as there are writers."""
    monkeypatch.setattr(database_module, "NOTIFICATIONS", "OFF")  # asking for them costs 10 ms a statement, and the order its chance
    with ExitStack() as stack:
        yield [stack.enter_context(Ledger(address[0], auth=address[1])) for _ in range(WRITERS)]


def replayed(history: list[Snapshot], until: datetime) -> tuple[str, str] | None:
    """Owner and tier as the events up to a time say, by time and then sequence; of a source a change of mind counts, of a person all."""
    if not any(event.timestamp <= until for event in history):
        return None
    numbered = {event.sequence: event for event in history}
    stated: list[tuple[datetime, int, str, str]] = []
    seen: dict[str, dict[datetime, tuple[int, str]]] = {}
    for number, event in sorted((event.sequence or 0, event) for event in history):
        if event.event_type == "discovered":
            again = [(from_microseconds(time), numbered[content]) for time, content in event.payload.get("points", ())]
            for time, said in [(event.timestamp, event), *again]:
                seen.setdefault(str(event.source), {})[time] = number, said.payload["opinion"]["owner"]
        elif event.event_type == "updated":
            stated += [(event.timestamp, number, name, change["new"]) for name, change in event.payload["changes"].items()]
        elif event.event_type == "registered" and event.actor == "me":
            stated += [(event.timestamp, number, name, event.payload[name]) for name in ("owner", "tier")]
    for times in seen.values():
        before = None
        for time, (number, owner) in sorted(times.items()):
            stated += [(time, number, "owner", owner)] if owner != before else []
            before = owner
    fields = {"owner": "unknown", "tier": "unclassified"} | {name: value for time, _, name, value in sorted(stated) if time <= until}
    return fields["owner"], fields["tier"]


def believed(ledger: Ledger, name: str, as_of: datetime | None) -> tuple[str, str] | None:
    try:
        ref = ledger.get(name, as_of=as_of)
    except ModelNotFoundError:
        return None
    return ref.owner, ref.tier


def recorded(event: Snapshot) -> datetime:
    assert event.recorded_at is not None
    return event.recorded_at


def to_be_heard(group: list[Snapshot], events: list[Snapshot]) -> Counter[tuple[str, datetime]]:
    """The changes of those who were members at the time of the event, as far as that was known when it was recorded."""
    moves: dict[str, list[Snapshot]] = defaultdict(list)
    for move in sorted(group, key=lambda event: (event.timestamp, event.sequence or 0)):
        if move.event_type in {"member_added", "member_removed"}:
            moves[move.payload["member_hash"]].append(move)
    heard: Counter[tuple[str, datetime]] = Counter()
    for event in events:
        known = [m for m in moves[event.model_hash] if m.timestamp <= event.timestamp and recorded(m) < recorded(event)]
        heard[event.snapshot_hash, event.timestamp] += bool(known) and known[-1].event_type == "member_added"
    return +heard


def check(ledger: Ledger, all_said: list[Said]) -> None:
    histories = {ref.name: ledger.history(ref) for ref in ledger.list()}
    stored = {event.snapshot_hash: (name, event) for name, history in histories.items() for event in history}
    verification = ledger.verify(deep=True)
    assert (verification.findings, verification.checked) == ((), len(stored))
    assert {name for (name,) in nodes(ledger, "Snapshot", "snapshot_hash")} == stored.keys()
    for asked, answer in ((asked, answer) for said in all_said for asked, answer in zip(said.metrics, said.answers, strict=True)):
        assert stored[answer.snapshot_hash] == (asked[0], answer)
        assert (answer.actor, answer.payload["n"], asked[3] or answer.timestamp) == (*asked[1:3], answer.timestamp)
    check_events(list(stored.values()), all_said)
    for name, history in histories.items():
        in_order = sorted(history, key=lambda event: event.sequence or 0)
        assert unbroken(history)
        assert sorted(in_order, key=recorded) == in_order
        for day in [*DAYS, None]:
            assert believed(ledger, name, day) == replayed(history, day or EVER), (name, day)


def check_events(stored: list[tuple[str, Snapshot]], all_said: list[Said]) -> None:
    """Everything that was asked for is there once, and nothing else."""
    told: dict[str, list[tuple[str, Snapshot]]] = defaultdict(list)
    for name, event in stored:
        told[event.event_type].append((name, event))
    assert told.keys() <= {"metrics", "updated", "discovered", "registered", "member_added", "member_removed", "member_changed"}
    metrics = [asked for said in all_said for asked in said.metrics]
    assert Counter(
        (name, event.actor, event.payload["n"], event.timestamp if event.timestamp in DAYS else None) for name, event in told["metrics"]
    ) == Counter([*{asked for asked in metrics if asked[3]}, *(asked for asked in metrics if not asked[3])])
    updates = {tier: (name, owner) for said in all_said for name, owner, tier in said.updates}
    changes = [(name, event.payload["changes"]) for name, event in told["updated"]]
    assert Counter(change["tier"]["new"] for _, change in changes) == Counter(updates.keys())
    for name, change in changes:
        asked_name, owner = updates[change["tier"]["new"]]
        assert (name, change.get("owner", {"new": owner})["new"]) == (asked_name, owner)
    added = {asked for said in all_said for asked in said.added}
    seen = [(name, event.source, event.payload) for name, event in told["discovered"]]
    assert {(name, source, said["opinion"]["owner"], said["inputs"][0]["identifier"]) for name, source, said in seen} == added
    assert Counter(name for name, _ in told["registered"]) == Counter("abcdgh")
    heard = [(name, (event.payload["original_snapshot_hash"], event.timestamp)) for name, event in told["member_changed"]]
    news = [event for kind in ("metrics", "updated", "discovered") for _, event in told[kind]]
    for group in GROUPS:
        of_group = [event for name, event in stored if name == group]
        assert Counter(event for name, event in heard if name == group) == to_be_heard(of_group, news)


@pytest.mark.slow
@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # a race does not shrink
@given(plan=plans)
def test_any_interleaving_of_writers_leaves_one_valid_history_a_model(
    plan: list[list[tuple[Any, ...]]], ledger: Ledger, writers: list[Ledger]
) -> None:
    empty(ledger)
    for name in "abc":
        ledger.register(name=name, platform="p", **IDENTITY)
    for name, members in GROUPS.items():
        ledger.register_group(name=name, members=members, **IDENTITY)
    start = Barrier(WRITERS)

    def write(number: int) -> Said:
        said = Said(f"w{number}")
        start.wait()
        for operation in plan[number]:
            said.do(writers[number], operation)
        return said

    with ThreadPoolExecutor(WRITERS) as pool:
        all_said = list(pool.map(write, range(WRITERS)))
    check(ledger, all_said)
