"""Rebuilt: which ports a model reads and writes by its events, compared with the relationships that say so."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph_ledger.database.database import Row, Transaction
from graph_ledger.discovery.claims import ClaimRow
from graph_ledger.discovery.links import COUNTERPART, DECLARES, TAKES_BACK, declared_port, intervals_of
from graph_ledger.discovery.ports import pattern_difference, port_row
from graph_ledger.errors import ValidationError
from graph_ledger.history.draft import text_of
from graph_ledger.history.fold import OPEN, Span
from graph_ledger.history.rebuilt import LINKS, Kept
from graph_ledger.history.replay import claims_of, points_of, with_last_word
from graph_ledger.values.moment import OPEN_END
from graph_ledger.values.port import DataPort
from graph_ledger.values.verification import Finding

COLUMNS = (
    "nodes", "hashes", "ports", "outputs", "sources", "starts", "ends", "relationships", "vias", "types", "flows", "sound", "edges",
    "written",
)  # fmt: skip
DECLARED = "declared"
DERIVATIONS = frozenset({"DERIVES", "DERIVED"})
"""How columns come about, now and formerly."""
REMOVALS = {DECLARES: TAKES_BACK, COUNTERPART[DECLARES]: COUNTERPART[TAKES_BACK]}


def compare_claims(transaction: Transaction, models: Iterable[Kept]) -> Iterator[Finding]:
    """Yield where the claims of these models, but for those that follow from patterns, are not what their events say."""
    kept = {each.key: each for each in models}
    row = transaction.run("discovery/believed_claims", keys=sorted(kept), open_end=OPEN_END)
    there: dict[str, Counter[ClaimRow]] = defaultdict(Counter)
    for claim, finding in _there(row, kept):
        if finding is not None:
            yield finding
        there[claim.node][claim] += 1
    for key, model in kept.items():
        wanted = Counter({*_observed(model), *_declared(model)})  # a port may be named twice, in two spellings
        # Those that follow from patterns are compared with the patterns; here only twins of them are strange.
        wanted += Counter(claim for claim in there[key] if claim.via)
        for claim in sorted((there[key] - wanted).elements(), key=_order):
            yield model.drift(_word(claim), f"{_spelt(claim)}: this does not follow from the events")
        for claim in sorted((wanted - there[key]).elements(), key=_order):
            yield model.drift(_word(claim), f"{_spelt(claim)}: this follows from the events and is not there")
        if model.row["data_node"] is not _is_data_node(model):
            yield model.drift("DataNode", "its label does not say whether it was discovered or linked, which the events do")


def compare_patterns(transaction: Transaction) -> Iterator[Finding]:
    """Yield where the claims that follow from patterns are not what the patterns and the ports of their identifiers say."""
    identifiers = transaction.run("discovery/pattern_identifiers")["identifiers"]
    strange, missing = pattern_difference(transaction, identifiers) if identifiers else ([], [])
    for claims, said in ((strange, "no pattern says so"), (missing, "a pattern says so, and it is not there")):
        for claim in sorted(claims, key=_order):
            yield Finding(model=claim.node, sequence=None, kind="drifted", field=_word(claim), detail=f"{_spelt(claim)}: {said}")


def _there(row: Row, kept: dict[str, Kept]) -> Iterator[tuple[ClaimRow, Finding | None]]:
    for columns in zip(*(row[name] for name in COLUMNS), strict=True):
        node, node_hash, port, is_output, source, start, end, relationship, via, word, lines, is_sound, edge, written = columns
        # Of columns and without a line is nothing that is ever written: it must not pass for a plain claim.
        flows = "\n".join(lines) or "\n" if word in DERIVATIONS else ""
        claim = ClaimRow(node, node_hash, port, is_output, source, Span(start, end), relationship, via, flows)
        wrong = None
        if not is_sound or (word in {"FEEDS", "DERIVES"} and edge != claim.edge_key):
            wrong = kept[node].drift(word, f"{_spelt(claim)}: its clocks or its edge_key are not those of the claim")
        elif not _fits(port, written):
            wrong = kept[node].drift("Port", f"{_plain(port)} is written as {written[0]!r} {written[1]} of kind {written[2]!r}")
        yield claim, wrong


def _fits(key: str, written: Sequence[Any]) -> bool:
    """Whether a port is what its key says, down to the texts that patterns are matched by."""
    identifier, schema, kind, names, values, expressions = written
    if key.startswith(f"{DECLARED}\0") or kind == DECLARED:
        return key.startswith(f"{DECLARED}\0") and kind == DECLARED
    try:
        port = port_row(DataPort(identifier, **(json.loads(schema) if schema else {})))
    except (ValidationError, ValueError, TypeError):
        return False
    kept = {"key": key, "kind": kind, "names": names, "values": values, "expressions": expressions}
    return all(port[name] == value for name, value in kept.items())


def _is_data_node(model: Kept) -> bool:
    return any(event.is_observation for event in model.recorded()) or any(event.event_type in LINKS for event in model.events)


def _observed(model: Kept) -> Iterator[ClaimRow]:
    events = model.recorded()
    for source in sorted({str(event.source) for event in events if event.is_observation}):
        points = with_last_word(points_of(events, source), model.last.get(source))
        for (is_output, port, flows), spans in claims_of(events, points).items():
            for span in spans:
                yield ClaimRow(model.key, model.model_hash, port, is_output, source, span, flows=flows)


def _declared(model: Kept) -> Iterator[ClaimRow]:
    for declares, removes in REMOVALS.items():
        is_output = declares != DECLARES
        other = "downstream_hash" if is_output else "upstream_hash"
        by_other = defaultdict(list)
        for each in model.events:
            if each.event_type in (declares, removes):
                kind = DECLARES if each.event_type == declares else TAKES_BACK
                by_other[str(each.payload[other])].append((each.sequence, kind, each.actor, each.at, dict(each.payload)))
        for partner, events in by_other.items():
            ends = (model.model_hash, partner) if is_output else (partner, model.model_hash)
            for (relationship, actor), spans in intervals_of(events).items():
                for span in spans:
                    port = declared_port(ends[0], relationship, ends[1])
                    yield ClaimRow(model.key, model.model_hash, port, is_output, actor, span, relationship)


def _word(claim: ClaimRow) -> str:
    is_open = claim.span.end == OPEN
    if claim.flows:
        return "DERIVES" if is_open else "DERIVED"
    return "FEEDS" if is_open else "FED"


def _order(claim: ClaimRow) -> tuple[str, str, bool, str, int, str]:
    return claim.node, claim.port, claim.is_output, claim.source, claim.span.start, claim.flows


def _spelt(claim: ClaimRow) -> str:
    until = "" if claim.span.end == OPEN else f" to {text_of(claim.span.end)}"
    verb = ("derives columns of" if claim.flows else "writes") if claim.is_output else "reads"
    return f"{claim.source}: it {verb} {_plain(claim.port)} from {text_of(claim.span.start)}{until}"


def _plain(port: str) -> str:
    return port.replace("\0", " ")
