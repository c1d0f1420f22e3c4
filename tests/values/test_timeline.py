"""Timelines: each event once, in order, on its place; nothing of a stranger is read as markup, nothing is cut."""

import copy
import pickle
import re
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from graph_ledger.values.drawn import MOST, PLAIN, Drawn, Signs, fold
from graph_ledger.values.history import History
from graph_ledger.values.history_pictures import LANES, strip
from graph_ledger.values.membership import MembershipHistory, Stay
from graph_ledger.values.membership_pictures import bar
from graph_ledger.values.printable import printable
from graph_ledger.values.scale import Scale
from graph_ledger.values.snapshot import Snapshot

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
EVIL = "<script>alert(1)</script> [red]x[/] \x1b[31m \u202e & \"'"
NAMES = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def event(number: float, kind: str = "retrained", actor: str = "ml", **payload: Any) -> Snapshot:
    return Snapshot(model_hash="0" * 32, event_type=kind, actor=actor, timestamp=day(number), payload=payload, model="ml/fraud")


def stay(model: str, since: float, until: float | None = None, role: str | None = None) -> Stay:
    return Stay(model=model, role=role, since=day(since), until=None if until is None else day(until))


class Page(HTMLParser):
    """What a page is made of: tags with their attributes, the cells of its table, and its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.cells: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._inside == "td":
            self.cells[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def rendered(drawn: Drawn[Any], width: int) -> list[str]:
    """What a terminal of this width that knows no colours shows."""
    screen = StringIO()
    Console(file=screen, width=width, force_terminal=True, no_color=True, legacy_windows=False).print(drawn)
    return [re.sub(r"\x1b\[\d*m", "", line).rstrip() for line in screen.getvalue().splitlines()]


TOLD = History([event(300, "deployed"), event(10, "validated", "mrm", result="pass"), event(0, "registered", "ann")])
GROUP = MembershipHistory(
    [stay("ml/a", 0, 100, "champion"), stay("ml/b", 50), stay("ml/a", 100, None, "challenger")], group="/cards", at=day(200)
)


def test_a_history_is_a_list() -> None:
    told, plain = TOLD, list(TOLD)
    assert told == plain
    assert plain == told
    assert isinstance(TOLD[1:], History)
    assert TOLD[1:] == list(TOLD)[1:]
    assert TOLD[0] is next(iter(TOLD))
    assert copy.copy(TOLD) == pickle.loads(pickle.dumps(TOLD)) == TOLD
    assert list(TOLD.to_frame()["event_type"]) == ["deployed", "validated", "registered"]
    assert list(History().to_frame().columns) == list(Snapshot.model_fields)


def test_a_membership_is_a_list_and_its_slices_know_whose_it_is() -> None:
    assert list(GROUP) == GROUP
    assert (GROUP[:1].group, GROUP[:1].at, GROUP[:1]) == ("/cards", day(200), [GROUP[0]])
    assert (pickle.loads(pickle.dumps(GROUP)).group, copy.copy(GROUP).at) == ("/cards", day(200))
    assert list(GROUP.to_frame().columns) == ["model", "role", "since", "until"]
    assert list(MembershipHistory().to_frame().columns) == ["model", "role", "since", "until"]


def test_each_event_stands_once_in_its_order_with_what_it_says() -> None:
    lines = rendered(TOLD, 80)
    assert lines[0] == "ml/fraud: 3 events, 2026-01-01 to 2026-10-28"
    assert [line for line in lines if "●" in line][1:] == [
        "2026-10-28 00:00:00Z  ● deployed by ml",
        "2026-01-11 00:00:00Z  ● validated by mrm",
        "2026-01-01 00:00:00Z  ● registered by ann",
    ]
    assert "                      │ result: pass" in lines
    assert "                      ┊ 9 months earlier" in lines
    assert "                      ┊ 9 months later" in rendered(TOLD[::-1], 80)
    assert str(TOLD[:0]) == "no events\n"


def test_events_stand_on_their_place_in_time_and_many_at_one_place_are_counted() -> None:
    events = [event(0), event(50), event(100), *(event(100) for _ in range(20))]
    first, drawn, last = strip(events, 80, Signs()).split(" ")
    assert (first, last, len(drawn)) == ("2026-01-01", "2026-04-11", 58)
    assert [place for place, sign in enumerate(drawn) if sign != "─"] == [0, 29, 57]
    assert (drawn[0], drawn[-1]) == ("●", "+")
    assert strip([event(0), event(0)], 80, PLAIN).count("2") >= 1


@pytest.mark.parametrize("width", [40, 80, 200])
def test_bars_are_as_long_as_the_stay(width: int) -> None:
    scale = Scale(day(0), day(100))
    for since, until in ((0, 100), (0, 50), (25, 75), (99, 100), (0, 0.001)):
        drawn = bar(stay("a", since, until), scale, width, Signs())
        assert (len(drawn), drawn.strip("━ ")) == (width, "")
        assert abs(drawn.count("━") - width * (until - since) / 100) <= 1
        assert abs(drawn.index("━") - width * since / 100) <= 1
    assert bar(stay("a", 40), scale, 10, PLAIN) == "    ======"


def test_a_membership_in_a_terminal() -> None:
    lines = rendered(GROUP, 80)
    assert lines[0] == "/cards: 2 members, 2 of them in it on 2026-07-20"
    bars = [line for line in lines if "━" in line]
    assert [re.split(r"\s*━+\s*", line) for line in bars] == [
        ["ml/a (champion)", "2026-01-01 to 2026-04-11"],
        ["ml/b", "since 2026-02-20"],
        ["ml/a (challenger)", "since 2026-04-11"],
    ]
    assert rendered(MembershipHistory(group="/cards"), 80) == ["/cards: nobody was ever in it"]


@given(names=st.lists(NAMES, min_size=1, max_size=4), width=st.integers(40, 120))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(names: list[str], width: int) -> None:
    told = History([event(place, name, name) for place, name in enumerate(names)]).lines(width, Signs())
    bars = MembershipHistory([stay(name, place, None, name) for place, name in enumerate(names)], group="/g").lines(width, Signs())
    for lines, column, said in ((list(told), -1, "{0}by{0}"), (list(bars), 0, "{0}({0})")):
        assert all(cell_len("".join(text for text, _ in line)) <= width for line in lines)
        whole = "".join(line[column][0].replace(" ", "") for line in lines if line)
        assert all(said.format(printable(name).replace(" ", "")) in whole for name in names)


@given(text=NAMES, width=st.integers(4, 30))
def test_folding_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join(fold(text, width)).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in fold(text, width))


def test_a_page_has_a_dot_and_a_row_for_each_event_in_order() -> None:
    page = Page(TOLD._repr_html_())
    assert len(page.all("circle")) == len(TOLD)
    assert page.cells[::4] == ["2026-10-28 00:00:00Z", "2026-01-11 00:00:00Z", "2026-01-01 00:00:00Z"]
    assert page.cells[1::4] == ["deployed", "validated", "registered"]
    places = [float(dot["cx"] or 0) for dot in page.all("circle")]
    assert (places[0] - places[2]) == pytest.approx(30 * (places[1] - places[2]), rel=0.01)
    assert "ml/fraud: 3 events, 2026-01-01 to 2026-10-28" in page.texts
    assert "no events" in Page(History()._repr_html_()).texts


def test_a_page_has_bars_as_long_as_the_stays_in_a_lane_for_each_model() -> None:
    page = Page(GROUP._repr_html_())
    widths = [float(each["width"] or 0) for each in page.all("rect")]
    assert widths == pytest.approx([300, 450, 300], abs=0.2)
    lanes = [each["y"] for each in page.all("rect")]
    assert (lanes[0] == lanes[2], lanes[0] == lanes[1]) == (True, False)
    assert page.cells == ["ml/a", "champion", "2026-01-01 00:00:00Z", "2026-04-11 00:00:00Z",
                          "ml/b", "", "2026-02-20 00:00:00Z", "", "ml/a", "challenger", "2026-04-11 00:00:00Z", ""]  # fmt: skip
    assert {"champion", "challenger", "no role"} <= {text.replace("\xa0", "").strip() for text in page.texts}
    assert "/cards: nobody was ever in it" in Page(MembershipHistory(group="/cards")._repr_html_()).texts


def test_what_strangers_say_is_text() -> None:
    pages = [
        History([event(0, EVIL, EVIL, **{EVIL: EVIL}), event(1)])._repr_html_(),
        MembershipHistory([stay(EVIL, 0, 1, EVIL)], group=EVIL)._repr_html_(),
    ]
    for page in pages:
        assert {tag for tag, _ in Page(page).found} <= {
            *("div", "p", "b", "svg", "path", "text", "circle", "rect", "title", "span"),
            *("table", "caption", "thead", "tbody", "tr", "th", "td"),
        }
        assert not any(name.startswith("on") or name in {"href", "src"} for _, found in Page(page).found for name in found)
        assert "url(" not in page
        assert not set(page) & {"\x1b", "\u202e"}
    assert "<script>alert(1)</script>" in Page(pages[0]).cells[2]
    said = str(History([event(0, EVIL, EVIL)]))
    assert "[red]x[/]" in said
    assert not set(said) & {"\x1b", "\u202e"}


def test_a_long_history_is_drawn_to_its_bound_and_says_how_many_more() -> None:
    long = History([event(number, f"kind {number % 20}") for number in range(MOST + 50)])
    assert rendered(long, 80)[-1].strip() == "and 50 more"
    page = Page(long._repr_html_())
    assert (len(page.all("circle")), len(page.all("tr")), page.texts[-1]) == (MOST, MOST + 1, "and 50 more")
    assert len({dot["cy"] for dot in page.all("circle")}) == LANES
    stays = MembershipHistory([stay(f"ml/{number}", number) for number in range(MOST + 7)], group="/g")
    assert rendered(stays, 80)[-1] == "and 7 more"
    assert (len(Page(stays._repr_html_()).all("rect")), Page(stays._repr_html_()).texts[-1]) == (MOST, "and 7 more")


def test_a_day_is_told_with_its_minutes() -> None:
    assert str(History([event(0.25), event(0.5)])).startswith("ml/fraud: 2 events, 2026-01-01 06:00 to 2026-01-01 12:00")
    lines = rendered(MembershipHistory([stay("ml/a", 0.25, 0.5), stay("x" * 60, 0.25)], group="/g", at=day(1)), 40)
    assert "2026-01-01 06:00 to 2026-01-01 12:00" in " ".join(" ".join(lines).split())
    assert max(map(cell_len, lines)) <= 40


def test_a_terminal_without_such_letters_gets_plain_ones() -> None:
    drawn = [text.plain for shown in (TOLD, GROUP) for text in shown.texts(80, plain=True)]
    assert all(line.isascii() for line in drawn)
    assert any("====" in line for line in drawn)
