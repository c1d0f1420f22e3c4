"""Rebuilt: who is in a group by its events, compared with the relationships that say so."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from graph_ledger.composites.pairs import JOINED, Pair
from graph_ledger.database.database import Transaction
from graph_ledger.history.draft import text_of
from graph_ledger.history.event_types import GROUPED, MEMBERSHIP
from graph_ledger.history.fold import OPEN
from graph_ledger.history.rebuilt import Kept
from graph_ledger.values.moment import OPEN_END
from graph_ledger.values.verification import Finding

Believed = tuple[str, str, int, int, bool]
"""``model_hash`` of the member, role, from, to, and whether it is a MEMBER_OF."""


def compare_members(transaction: Transaction, models: Iterable[Kept]) -> Iterator[Finding]:
    """Yield where the memberships in these groups are not what their events say."""
    kept = {each.key: each for each in models}
    rows = transaction.run("composites/believed_members", keys=sorted(kept), open_end=OPEN_END)["members"]
    there: dict[str, Counter[Believed]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for group, key, member_hash, role, start, end, is_open, is_sound in rows:
        there[group][member_hash, role, start, end, is_open] += 1
        names[member_hash] = key
        if not is_sound:
            yield kept[group].drift("MEMBER_OF", f"the clocks of {key} in it are not those of a membership")
    for key, group in kept.items():
        wanted, held = _wanted(group, names), there[key]
        is_group = any(each.event_type in (JOINED, GROUPED) for each in group.events)
        if is_group != group.is_composite:
            yield group.drift("Composite", "its label does not say whether it is a group, which the events do")
        for row in sorted((held - wanted).elements()):
            yield group.drift("MEMBER_OF", f"{_spelt(row, names)}: this does not follow from the events")
        for row in sorted((wanted - held).elements()):
            yield group.drift("MEMBER_OF", f"{_spelt(row, names)}: this follows from the events and is not there")


def _wanted(group: Kept, names: dict[str, str]) -> Counter[Believed]:
    pairs: dict[str, Pair] = {}
    for each in group.events:
        if each.event_type in MEMBERSHIP:
            member = str(each.payload["member_hash"])
            names.setdefault(member, str(each.payload["member_name"]))
            pairs.setdefault(member, Pair(member)).tell(each.sequence, each.event_type, each.at, each.payload.get("role"), each.name)
    return Counter((member, role, span.start, span.end, span.end == OPEN) for member, pair in pairs.items() for role, span in pair.wanted())


def _spelt(row: Believed, names: dict[str, Any]) -> str:
    member, role, start, end, _ = row
    until = "" if end == OPEN else f" to {text_of(end)}"
    return f"{names[member]} is in it{f' as {role}' if role else ''} from {text_of(start)}{until}"
