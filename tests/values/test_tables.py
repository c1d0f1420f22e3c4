"""Answers that are rows: tables in a notebook, DataFrames, and lists all the same."""

import copy
import pickle
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from html.parser import HTMLParser
from typing import Any

import pytest
from IPython.lib import pretty as printer

from graph_ledger.values.changelog import Changelog
from graph_ledger.values.check import Check
from graph_ledger.values.composite import MembershipChange, MembershipDiff
from graph_ledger.values.contracts.gate import Direction, GateMode, GateResult
from graph_ledger.values.contracts.gate import Finding as GateFinding
from graph_ledger.values.coverage import LINE, CoveragePoint, SourceCoverage, StatementCoverage
from graph_ledger.values.dependencies import Dependencies
from graph_ledger.values.inventory import FieldChange, InventoryDiff
from graph_ledger.values.lineage import Dependency, Impact, ImpactNode
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelRef
from graph_ledger.values.path import Path, PathStep
from graph_ledger.values.plan import Plan, PlannedChange
from graph_ledger.values.port import DataPort
from graph_ledger.values.query import ModelPage, ModelSummary
from graph_ledger.values.silence import Silence, SilentModel, UnreadSource
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.tables import LINES, LONGEST, ROWS, Tabled
from graph_ledger.values.verification import Finding, Verification

EVIL = "</td><script>alert(1)</script>\"'&\n\u202e"
AT = datetime(2026, 1, 1, tzinfo=timezone.utc)
MODEL = ModelRef(name="n", platform="p", owner=EVIL, model_type="t", tier="low", purpose=EVIL)
EMPTY: list[Any] = [
    Changelog(total=0), MembershipDiff(), SourceCoverage(source=EVIL), Dependencies(model=EVIL), InventoryDiff(), Impact(model=EVIL),
    Listed(called="model", columns=("key",)), listed([], ModelRef, "model"), Path(start=EVIL, end="p/b"), Silence(days=3, since=AT),
    ModelPage(total=0), Plan(source=EVIL, observed_at=AT, complete=True), Verification(checked=0, models=0),
    GateResult(mode=GateMode.FULL, compatible=True),
]  # fmt: skip
STEP = PathStep(from_key=EVIL, port=EVIL, relationship=EVIL, sources=(EVIL,), since=AT, to_key="p/b")
NODE = ImpactNode(key=EVIL, name=EVIL, platform=EVIL, depth=1, owner=EVIL, tier=EVIL, status=EVIL, model_type=EVIL)
NEIGHBOUR = Dependency(model=EVIL, relationship=EVIL, direction="upstream", ports=(DataPort("t", kind=EVIL),), source=(EVIL,), since=AT)
EVENT = Snapshot(model_hash="0" * 32, event_type=EVIL, actor=EVIL, timestamp=AT, payload={EVIL: EVIL}, model=EVIL)
SUMMARY = ModelSummary(
    key=EVIL, name=EVIL, owner=EVIL, model_type=EVIL, platform=EVIL, tier=EVIL, status=EVIL, last_event=EVIL, event_count=1,
    last_changed=AT, last_validated=None,
)  # fmt: skip
POINT = CoveragePoint(run_id="r", status=EVIL, complete=True, observed_at=AT, errors=2, coverage={"nodes": 7, "parsed": EVIL})
GATE = GateFinding(label=EVIL, concept_uri=EVIL, change=EVIL, direction=Direction.BACKWARD, against=None)
FULL: list[Any] = [
    Changelog(total=1, events=(EVENT,)), MembershipDiff(joined=(MembershipChange(model=EVIL, at=AT, actor=EVIL, reason=EVIL),)),
    SourceCoverage(source=EVIL, statements=(StatementCoverage(node=EVIL, status="refused", reason=EVIL),)),
    Dependencies([NEIGHBOUR], model=EVIL), Impact(model=EVIL, nodes=(NODE,)), listed([MODEL], ModelRef, EVIL),
    InventoryDiff(appeared=(MODEL,), changed=(FieldChange(model=EVIL, field=EVIL, old={EVIL: EVIL}, new=EVIL, actor=EVIL),)),
    Path(start=EVIL, end="p/b", steps=(STEP,)), ModelPage(total=1, models=(SUMMARY,)),
    Silence(days=3, since=AT, unread=(UnreadSource(source=EVIL, last_read=None, models=1),),
            models=(SilentModel(key=EVIL, name=EVIL, platform="p", owner=EVIL, last_seen=AT, sources=(EVIL,)),)),
    Plan(source=EVIL, observed_at=AT, complete=True, guard=EVIL, changes=(PlannedChange(kind="create", model=EVIL, reasons=(EVIL,)),)),
    Verification(ok=False, checked=1, models=1, findings=(Finding(model=EVIL, sequence=1, kind="edited", field=EVIL, detail=EVIL),)),
    GateResult(mode=GateMode.FULL, compatible=False, findings=(GATE,)),
]  # fmt: skip
pretty: Callable[[object], str] = vars(printer)["pretty"]
KIND: Callable[[object], str] = lambda answer: type(answer).__name__  # noqa: E731


class Page(HTMLParser):
    """The tags and the texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("answer", FULL, ids=KIND)
def test_what_strangers_say_stays_text(answer: Tabled) -> None:
    page = Page(answer._repr_html_())
    assert set(page.tags) <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert page.tags.count("tr") == 1 + len(answer.to_frame())
    assert any("<script>alert(1)</script>\"'&\\n\\u202e" in text for text in page.texts)
    assert all(text.isprintable() for text in page.texts)


@pytest.mark.parametrize("answer", EMPTY, ids=KIND)
def test_an_empty_answer_says_so_and_keeps_its_columns(answer: Tabled) -> None:
    page = Page(answer._repr_html_())
    assert page.tags == ["table", "caption"]
    assert page.texts[0]
    frame = answer.to_frame()
    assert (len(frame), len(frame.columns) > 0) == (0, True)
    assert pretty(answer) == page.texts[0]


def test_every_answer_that_is_a_table_is_tried() -> None:
    def kinds(parent: type[object]) -> set[str]:
        return {name for child in parent.__subclasses__() for name in (child.__name__, *kinds(child))}

    assert kinds(Tabled) == set(map(KIND, FULL))


def test_a_listed_answer_is_a_list() -> None:
    models = listed([MODEL] * 3, ModelRef, "model")
    assert models == [MODEL] * 3
    assert isinstance(models, list)
    assert (models[0], type(models[:2]), len(models[:2])) == (MODEL, Listed, 2)
    for made in (copy.deepcopy(models), pickle.loads(pickle.dumps(models)), copy.copy(models)):
        assert (made, made.to_frame().shape) == (models, (3, len(ModelRef.model_fields)))
    assert type(Dependencies([NEIGHBOUR], model="p/a")[:1]) is Dependencies


def test_a_table_shows_what_a_person_reads_and_the_frame_has_all() -> None:
    page = Page(listed([MODEL.model_copy(update={"purpose": "x" * 1_000})], ModelRef, "model")._repr_html_())
    assert "1 model" in page.texts
    assert {"key", "owner", "tier", "purpose"} <= set(page.texts)
    assert not {"name", "platform", "metadata", "model_hash"} & set(page.texts)
    assert "x" * (LONGEST - 1) + "…" in page.texts
    one = SourceCoverage(source="s/default", runs=(POINT,))
    row = Listed([one], called="source", columns=LINE, row=SourceCoverage.line).to_frame().iloc[0]
    assert (row["source"], row["nodes"], row["errors"], row["refused"]) == ("s/default", 7, 2, None)


def test_a_long_table_is_cut_and_says_so() -> None:
    checks = listed((Check(name=f"c{n}", ok=True, detail="d" * 30) for n in range(1_207)), Check, "check")
    page = Page(checks._repr_html_())
    assert (page.tags.count("tr"), page.texts[-1]) == (1 + ROWS, "and 1,007 more")
    lines = pretty(checks).splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("1,207 checks", 3 + LINES, "and 1,187 more")
    assert len({len(line) for line in lines[2 : 2 + LINES]} - {len(lines[2]) + 1}) == 1


@pytest.mark.parametrize(("package", "ask"), [
    ("pandas", lambda: Impact(model="p/a").to_frame()),
    ("networkx", lambda: Path(start="p/a", end="p/b").to_networkx()),
    ("neo4j_viz", lambda: Impact(model="p/a").to_viz()),
])  # fmt: skip
def test_a_missing_package_names_the_extra(package: str, ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModuleNotFoundError, match=r"is not installed: pip install \"graph-ledger\[notebook\]\" brings it"):
        ask()
