"""Advice: what an agent does next, after an error and after an answer that was cut."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph_ledger.errors import (
    AmbiguousModelError,
    ArtifactError,
    ArtifactGoneError,
    ConceptNotFoundError,
    ConflictError,
    ContractError,
    DatabaseError,
    GateError,
    GraphLedgerError,
    HistoryEditedError,
    KeyRefusedError,
    LeaseError,
    ModelNotFoundError,
    NotAllowedError,
    NotInstalledError,
    ObservationNotFoundError,
    OverBudgetError,
    PlanOutdatedError,
    RemovalGuardError,
    ReportError,
    RulesError,
    SourceError,
    ValidationError,
)

Advice = Callable[[Any], str]
Cut = Mapping[str, Mapping[str, Any]]
"""By the place of a list that was cut: how many entries are shown, and of how many."""


def _missing(error: ModelNotFoundError) -> str:
    if error.first_known is not None or error.first_seen is not None:
        return "Ask about a later moment."
    return ("Ask again with one of `near`, or find" if error.near else "Find") + " the model by words of its name: query(text=...)."


def _no_concept(error: ConceptNotFoundError) -> str:
    if error.near:
        return "Ask again with one of `near`."
    return "Ask about a later moment, or find it by words of its name: query(text=...) lists what holds such elements."


def _over(error: OverBudgetError) -> str:
    return {
        "rows": f"Ask for at most {error.most or 0:g}, and go on with offset or cursor, or from the keys in `frontier`.",
        "depth": f"Ask for at most {error.most or 0:g} steps, and go on from the keys in `frontier`.",
        "seconds": "Narrow the question: one model, a depth, a limit, a platform, a shorter stretch of time.",
    }.get(error.limit, "Ask for less.")


NEXT: tuple[tuple[type[GraphLedgerError], Advice], ...] = (
    (ConceptNotFoundError, _no_concept),
    (ModelNotFoundError, _missing),
    (AmbiguousModelError, lambda _: "Ask again with one of `keys`."),
    (ObservationNotFoundError, lambda error: f"open_observations(composite={error.model!r}) lists those that are open."),
    (OverBudgetError, _over),
    (NotAllowedError, lambda error: f"It takes {error.needed}, which whoever runs this server decides; do not try another way."),
    (ConflictError, lambda _: "Look at what there is now (registry_show, registry_history), and ask for what goes with it."),
    (ArtifactError, lambda _: "The stored bytes are not those that were registered; tell a person."),
    (ArtifactGoneError, lambda _: "The bytes are not in the store any more; tell a person."),
    (ValidationError, lambda _: "Mend the argument that is named; ledger://schema says what each tool takes."),
    (SourceError, lambda _: "Nothing was concluded from what is missing; read the source again when it answers."),
    (RemovalGuardError, lambda _: "plan shows what it would remove; allow_removals=true if a person means that."),
    (LeaseError, lambda _: "Another run is at work: ask again when it has ended; runs shows it."),
    (PlanOutdatedError, lambda _: "Call plan again, and apply what it then returns."),
    (HistoryEditedError, lambda _: "verify lists what is not as it was recorded; tell a person."),
    (GateError, lambda _: "Nothing was written. A person asks the owners in `result`; do not sync without the mode to get past it."),
    (ReportError, lambda _: "Mend the event that is named; the input schema says what one holds."),
    (RulesError, lambda _: "Mend the metadata or the rules that are named."),
    (ContractError, lambda _: "Nothing was written. contract_show says how an element stands; make a report that fits."),
    (NotInstalledError, lambda error: f"A person runs `{error.command}` once, at this machine; then ask again."),
    (KeyRefusedError, lambda _: "A person sets GRAPH_LEDGER_KEY to a key that works, and starts this server again."),
    (DatabaseError, lambda _: "A person looks with `graph-ledger doctor`; then ask again."),
)


def after(error: GraphLedgerError) -> str:
    """Say what to do about an error.

    >>> after(AmbiguousModelError("fraud", ["ml/fraud", "rules/fraud"]))
    'Ask again with one of `keys`.'
    """
    return next((advice(error) for kind, advice in NEXT if isinstance(error, kind)), "Tell a person.")


def cut_note(made: Cut, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """Say of lists that were cut how much of them stands there, and how to get at the rest.

    >>> cut_note({"models": {"shown": 200, "of": 7800}}, {"limit": 201, "offset": 400}, {})
    'models: cut at 200 of 7,800. Go on with offset=600.'
    """
    told = [f"{place}: cut at {cut['shown']:,} of {'more' if cut['of'] is None else format(cut['of'], ',')}" for place, cut in made.items()]
    return f"{'; '.join(told)}. {_way_on(made, asked, answer)}"


def _way_on(made: Cut, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    if answer.get("frontier"):
        return "Go on from the keys in `frontier`, or ask with a smaller depth."
    page = next((place for place in made if "." not in place), None)
    if "offset" in asked and page is not None:
        return f"Go on with offset={asked['offset'] + made[page]['shown']}."
    if "until" in asked and page is not None:
        return _on_in_time(answer[page], "since" if asked["order"] == "asc" else "until")
    if "platform" in asked:
        return "Narrow it with platform=."
    if "depth" in asked:
        return "Ask with a smaller depth."
    return "Narrow the question, or ask impact or list, which go on from where they were cut."


def _on_in_time(events: Sequence[Mapping[str, Any]], bound: str) -> str:
    """Say where a history goes on: at the time of its last event, unless that is where it began."""
    first, last = events[0]["timestamp"], events[-1]["timestamp"]
    if first == last:
        return f"All that stands here is of {last}: narrow it with event_type=, actor= or source=."
    return f"Go on with {bound}={last}, the time of the last one; what is of that time comes once more."
