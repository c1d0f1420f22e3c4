"""Events in files: by the line, as a list, alone, and the lines that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.connectors.openlineage_reading import files
from graph_ledger.connectors.testing import check_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import Listing
from tests.connectors.test_openlineage import event

A, B = event("COMPLETE", 1, job="a", reads="t"), event("COMPLETE", 2, "r2", job="b", reads="t")
LINE_A, LINE_B = json.dumps(A), json.dumps(B)


def discovered(folder: Path, text: str | bytes, **options: Any) -> Listing:
    (folder / "events.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    return check_connector(openlineage_connector(folder / "events.json", **options))


FORMS = {
    "a line each": f"{LINE_A}\n{LINE_B}\n",
    "without the last line's end": f"{LINE_A}\n{LINE_B}",
    "with blank lines": f"\n\n{LINE_A}\n \n{LINE_B}\n\n",
    "with a mark of byte order": b"\xef\xbb\xbf" + f"{LINE_A}\n{LINE_B}\n".encode(),
    "lists by the line": f"[{LINE_A}]\n[{LINE_B}]\n",
    "a list": json.dumps([A, B]),
    "documents over several lines": "\n".join(json.dumps(each, indent=2) for each in (A, B)),
    "a list over several lines": json.dumps([A, B], indent=2),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_every_form_is_the_same_events(tmp_path: Path, text: str | bytes) -> None:
    listing = discovered(tmp_path, text)
    assert ([node.name for node in listing], listing.errors) == (["etl/a", "etl/b"], ())


@pytest.mark.parametrize("indent", [None, 2])
def test_an_event_alone_is_one(tmp_path: Path, indent: int | None) -> None:
    assert [node.name for node in discovered(tmp_path, json.dumps(A, indent=indent))] == ["etl/a"]


BAD = {
    "no JSON": (b"{oops", "not JSON: Expecting property name enclosed in double quotes, column 2"),
    "cut off": (LINE_A[:40].encode(), "not JSON: "),
    "no text": (b'{"a": "\xff"}', "not UTF-8: byte 8 is 0xff"),
    "too deep": (b"[" * 100_000, "not JSON that can be read"),
    "no event": (b"7", "an event is a mapping, not '7'"),
    "nothing": (b"null", "an event is a mapping, not 'None'"),
}


@pytest.mark.parametrize(("line", "reason"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_bad_line_is_said_with_its_number_and_the_others_are_read(tmp_path: Path, line: bytes, reason: str, place: int) -> None:
    lines = [LINE_A.encode(), LINE_B.encode()]
    lines.insert(place - 1, line)
    listing = discovered(tmp_path, b"\n".join(lines), complete=True)
    assert ([node.name for node in listing], listing.complete) == (["etl/a", "etl/b"], False)
    assert [error.where for error in listing.errors] == [f"events.json, line {place}"]
    assert reason in listing.errors[0].reason


def test_a_line_that_is_too_long_is_said_and_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST", len(LINE_B) + 1)
    long = json.dumps({**A, "producer": "x" * 5 * len(LINE_B)})
    listing = discovered(tmp_path, f"{LINE_B}\n{long}\n{LINE_B}\n")
    assert [(error.where, error.reason) for error in listing.errors] == [
        ("events.json, line 2", f"it has more than {len(LINE_B) + 1:,} bytes")
    ]  # fmt: skip
    assert listing.coverage["events"] == 2


def test_a_folder_is_all_its_files_and_a_bad_one_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.jsonl").write_text(LINE_A)
    (tmp_path / "b.ndjson").write_text(LINE_B)
    (tmp_path / "bad.json").write_text("{\n oops")
    (tmp_path / "empty.log").write_text("\n")
    (tmp_path / "notes.txt").write_text("no event")
    (tmp_path / "loop").symlink_to(tmp_path)
    listing = check_connector(openlineage_connector(tmp_path))
    assert [node.name for node in listing] == ["etl/a", "etl/b"]
    assert [error.where for error in listing.errors] == ["loop", "bad.json"]


def test_what_cannot_be_read_is_no_empty_source(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="there is no file or folder"):
        openlineage_connector(tmp_path / "nowhere")
    with pytest.raises(SourceError, match=r"events.json is not JSON: "):
        discovered(tmp_path, "neither\nthis nor that\n")
    connector = openlineage_connector(tmp_path / "events.json")
    (tmp_path / "events.json").unlink()
    with pytest.raises(SourceError, match=r"events.json could not be read: No such file"):
        connector.discover()


def test_events_are_no_inventory_unless_somebody_says_so(tmp_path: Path) -> None:
    assert not discovered(tmp_path, LINE_A).complete
    assert discovered(tmp_path, LINE_A, complete=True).complete
