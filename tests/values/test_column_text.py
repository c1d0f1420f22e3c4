"""Flows as lines: nothing is lost, one content has one text, and what is not ours says nothing."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import ColumnFlow
from graph_ledger.values.column import SUBTYPES
from graph_ledger.values.column_text import lines_of, read_lines

NAMES = st.text(st.sampled_from('aé<-"\\:* \n\t\u0301\u0338\u2028\u00a0\x7f\U0001f600/'), min_size=1, max_size=5).filter(str.strip)
WAYS = st.sampled_from([(kind, subtype) for kind, subtypes in SUBTYPES.items() for subtype in sorted(subtypes)])
FLOWS = st.builds(lambda names, way: ColumnFlow(*names, *way), st.tuples(NAMES, NAMES, NAMES, NAMES), WAYS)


@given(flows=st.lists(FLOWS, max_size=8), data=st.data())
def test_lines_lose_nothing_and_do_not_depend_on_the_order(flows: list[ColumnFlow], data: st.DataObject) -> None:
    written = lines_of(flows)
    read = {ColumnFlow(output, *each) for output, lines in written.items() for each in read_lines(lines)}
    assert read == set(flows)
    assert lines_of([*data.draw(st.permutations(flows)), *flows]) == written
    lines = [line for each in written.values() for line in each]
    assert all(normalize("NFC", line) == line and "\n" not in line for line in lines)


def test_lines_can_be_read_by_people() -> None:
    flows = [
        ColumnFlow("daily", "day", "shop.orders", "day", subtype="IDENTITY"),
        ColumnFlow("daily", "total", "shop.orders", "amount", subtype="AGGREGATION"),
        ColumnFlow("daily", "*", "shop.orders", "status", "INDIRECT", "FILTER"),
        ColumnFlow("daily", "who", "people", "first name", "DIRECT"),
    ]
    assert lines_of(flows) == {
        "daily": [
            'people DIRECT: who<-"first\\u0020name"',
            "shop.orders DIRECT/AGGREGATION: total<-amount",
            "shop.orders DIRECT/IDENTITY: day",
            "shop.orders INDIRECT/FILTER: *<-status",
        ]
    }


def test_what_is_not_ours_says_nothing() -> None:
    strange = [
        "",
        "orders",
        "orders DIRECT/JOIN: a",
        "orders OTHER: a",
        "orders DIRECT:",
        "orders DIRECT: a  b",
        'orders DIRECT: "a',
        "orders DIRECT: a<-",
    ]
    assert list(read_lines(strange)) == []
