"""Problem: an error on its way over HTTP, and back: RFC 9457 problem details."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import BaseModel

from graph_ledger.errors import (
    AccessDeniedError,
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
    LeaseError,
    LedgerFilesError,
    ModelNotFoundError,
    NotAllowedError,
    ObservationNotFoundError,
    OverBudgetError,
    PlanOutdatedError,
    RemovalGuardError,
    ReportError,
    RulesError,
    SourceError,
    SyncError,
    ValidationError,
)
from graph_ledger.values.contracts.gate import GateResult

MEDIA_TYPE = "application/problem+json"
TOO_LARGE = {"bytes": 413, "requests": 429}
"""What ran out, where that has a status of its own; anything else over budget is a 400."""
AWAY = "the ledger's database cannot answer now: look at the service's log, or ask its operator"
"""All that a stranger is told of trouble with the database."""


class Kind(NamedTuple):
    """One class of errors as a problem."""

    error: type[GraphLedgerError]
    status: int
    title: str
    attributes: tuple[str, ...] = ()
    """What else the error carries."""


KINDS = (
    Kind(ConceptNotFoundError, 404, "No such element of a data model", ("name", "near")),
    Kind(ModelNotFoundError, 404, "No such model", ("name", "near", "first_seen", "first_known")),
    Kind(ObservationNotFoundError, 404, "No such observation", ("model", "observation_id")),
    Kind(AmbiguousModelError, 409, "Several models fit", ("name", "keys")),
    Kind(OverBudgetError, 400, "Over budget", ("limit", "most")),
    Kind(NotAllowedError, 403, "Not allowed", ("needed",)),
    Kind(ConflictError, 409, "It does not go with what there is"),
    Kind(ValidationError, 422, "Not acceptable as it is"),
    Kind(SourceError, 502, "A source was not read to its end"),
    Kind(RemovalGuardError, 409, "It would remove too much", ("source", "removed", "listed")),
    Kind(LeaseError, 409, "Another run has the source", ("source", "holder", "until")),
    Kind(PlanOutdatedError, 409, "The graph has moved since", ("source", "moved")),
    Kind(HistoryEditedError, 409, "The history is not what was sealed"),
    Kind(ArtifactError, 409, "The stored bytes are not those registered", ("version", "expected", "found")),
    Kind(ArtifactGoneError, 410, "The bytes are gone", ("version", "store")),
    Kind(ReportError, 422, "The report is not valid"),
    Kind(RulesError, 422, "The rules or the metadata are not valid"),
    Kind(LedgerFilesError, 422, "These are no tables of a contract ledger", ("findings",)),
    Kind(GateError, 409, "The change gate says no", ("result",)),
    Kind(ContractError, 409, "It does not fit the data contracts there are"),
    Kind(AccessDeniedError, 503, "The database cannot answer"),
    Kind(DatabaseError, 503, "The database cannot answer"),
)


def _not_files(told: Mapping[str, Any]) -> LedgerFilesError:
    error = LedgerFilesError(told.get("detail", ""))
    error.findings = tuple(told.get("findings", ()))
    return error


MAKERS: Mapping[str, Callable[[Mapping[str, Any]], GraphLedgerError]] = {
    "ConceptNotFoundError": lambda told: _said(ConceptNotFoundError(told.get("name", ""), told.get("near", ())), told),
    "ModelNotFoundError": lambda told: ModelNotFoundError(
        told.get("name", ""), told.get("near", ()), _time(told.get("first_seen")), _time(told.get("first_known"))
    ),
    "ObservationNotFoundError": lambda told: ObservationNotFoundError(told.get("model", ""), told.get("observation_id", "")),
    "AmbiguousModelError": lambda told: AmbiguousModelError(told.get("name", ""), told.get("keys", ())),
    "OverBudgetError": lambda told: _said(OverBudgetError(told.get("limit", ""), told.get("most")), told),
    "NotAllowedError": lambda told: NotAllowedError(told.get("detail", ""), told.get("needed", "")),
    "ConflictError": lambda told: ConflictError(told.get("detail", "")),
    "ArtifactError": lambda told: ArtifactError(told.get("version", ""), told.get("expected", ""), told.get("found", "")),
    "ArtifactGoneError": lambda told: _said(ArtifactGoneError(told.get("version", ""), told.get("store", "")), told),
    "ValidationError": lambda told: ValidationError(told.get("detail", "")),
    "SourceError": lambda told: SourceError(told.get("detail", "")),
    "RemovalGuardError": lambda told: RemovalGuardError(told.get("source", ""), told.get("removed", ()), told.get("listed", 0)),
    "LeaseError": lambda told: LeaseError(told.get("source", ""), told.get("holder", ""), _time(told.get("until"))),
    "PlanOutdatedError": lambda told: PlanOutdatedError(told.get("source", ""), told.get("moved", ())),
    "ReportError": lambda told: ReportError(told.get("detail", "")),
    "RulesError": lambda told: RulesError(told.get("detail", "")),
    "SyncError": lambda told: SyncError(told.get("detail", "")),
    "LedgerFilesError": _not_files,
    "GateError": lambda told: GateError(told.get("detail", ""), GateResult.model_validate(told.get("result"))),
    "ContractError": lambda told: ContractError(told.get("detail", "")),
    "HistoryEditedError": lambda told: HistoryEditedError(told.get("detail", "")),
}


def problem_of(error: GraphLedgerError) -> dict[str, Any]:
    """Return an error as problem details; of trouble with the database nothing but that there is some.

    Source: RFC 9457.

    >>> problem_of(AmbiguousModelError("fraud", ["ml/fraud", "rules/fraud"]))["keys"]
    ['ml/fraud', 'rules/fraud']
    """
    kind = next((each for each in KINDS if isinstance(error, each.error)), Kind(GraphLedgerError, 500, "Unexpected"))
    away = isinstance(error, DatabaseError)
    status = TOO_LARGE.get(error.limit, kind.status) if isinstance(error, OverBudgetError) else kind.status
    more = {} if away else {name: _plain(getattr(error, name)) for name in kind.attributes}
    name = "DatabaseError" if away else type(error).__name__
    return {"type": "about:blank", "title": kind.title, "status": status, "detail": AWAY if away else str(error), "error": name, **more}


def error_of(told: Mapping[str, Any]) -> GraphLedgerError:
    """Return the error that a problem was made of.

    >>> error_of(problem_of(ModelNotFoundError("fraude", near=["ml/fraud"])))
    ModelNotFoundError("no model 'fraude': did you mean ml/fraud?")
    """
    maker = MAKERS.get(str(told.get("error")))
    detail = str(told.get("detail") or told.get("title") or "it did not say why")
    return DatabaseError(f"the service answered: {detail}") if maker is None else maker({**told, "detail": detail})


def _said(error: GraphLedgerError, told: Mapping[str, Any]) -> GraphLedgerError:
    error.args = (told["detail"],)
    return error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return list(value) if isinstance(value, tuple) else value


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
