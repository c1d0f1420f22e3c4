"""What the gate says, as annotations of a workflow."""

import json
from pathlib import Path

from graph_ledger.contracts.gate.event_lines import event_lines
from graph_ledger.contracts.gate.github import format_github
from graph_ledger.values.contracts.gate import Consumer, Direction, Finding, GateMode, GateResult

DASH = Consumer(key="bi/dash", name="dash", platform="bi", owner="ann, 100%", tier="", status="", depth=1, ports=("mp:a:b",))
FINDING = Finding(label="A:b,c", concept_uri="u", change='unit: "50%"', direction=Direction.FORWARD, against="http://k", consumers=(DASH,))
RESULT = GateResult(mode=GateMode.FULL, compatible=False, findings=(FINDING,), consumers=(DASH,), owners=("ann, 100%",))
REPORT = {
    "note": [{"label": "A:b,c"}],
    "changes": [
        {"label": "E", "content": [{"label": "A:b,c", "change_type": "ADDED"}], "aspects": {"label": "A:b,c", "x": {"label": "A:b,c"}}},
        {"aspects": {"text": 'a "label": "A:b,c" {['}, "label": "A:b,c"},
    ],
}


def test_an_annotation_is_escaped_and_stands_at_its_event(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(REPORT, indent=1), encoding="utf-8")
    line = [number for number, text in enumerate(file.read_text().splitlines(), 1) if text == '   "label": "A:b,c"'][-1]
    place = str(file).replace(":", "%3A").replace(",", "%2C")
    error, notice = format_github(RESULT, file)
    assert error == (
        f"::error file={place},line={line},title=FORWARD%3A A%3Ab%2Cc::"
        'unit: "50%25", against http://k%0AReaches bi/dash (ann, 100%25)'
    )  # fmt: skip
    assert notice == "::notice title=Contract gate::not compatible (FULL): 1 finding, 1 consumer of 1 owner"


def test_without_a_file_an_annotation_has_no_place() -> None:
    assert format_github(RESULT)[0].startswith("::error title=FORWARD%3A A%3Ab%2Cc::unit")


def test_what_is_not_known_is_a_warning() -> None:
    result = GateResult(mode=GateMode.NONE, compatible=True, complete=False, reason="unknown_aspects")
    assert [line.partition(" ")[0] for line in format_github(result)] == ["::warning", "::notice"]


def test_the_first_event_of_a_label_counts_and_its_text_is_read_as_json() -> None:
    events = [{"label": "T\u00fcr"}, {"label": "x"}, {"label": "T\u00fcr"}]
    assert event_lines(json.dumps({"changes": events}, indent=0)) == {"T\u00fcr": 4, "x": 7}


def test_a_result_shows_its_findings_as_a_table() -> None:
    assert "<td>A:b,c</td>" in RESULT._repr_html_()
    assert str(RESULT).splitlines()[1:] == ['FORWARD: A:b,c: unit: "50%" (against http://k)', "1  bi/dash  ann, 100%"]
    assert RESULT.to_frame()["direction"].tolist() == ["FORWARD"]
