"""Failures: what a service answered instead of an answer, as the error that the same verb raises beside the database."""

from http import HTTPStatus
from typing import Any

import httpx
from pydantic_core import from_json

from graph_ledger.errors import (
    DatabaseError,
    GraphLedgerError,
    KeyRefusedError,
    NotAllowedError,
    OverBudgetError,
    ServiceAwayError,
    ValidationError,
)
from graph_ledger.values.problem import MEDIA_TYPE, error_of

CONNECT, ANSWER = 5.0, 120.0
"""Seconds until a connection stands; and between two parts of an answer, which a service gives or refuses sooner."""
AWAY = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
OVER = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "bytes", HTTPStatus.REQUEST_URI_TOO_LONG: "bytes", HTTPStatus.TOO_MANY_REQUESTS: "requests"}
JSON = "application/json"


def media_type(response: httpx.Response) -> str:
    """Return what a response says it is."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def failure(response: httpx.Response, uri: str, *, with_key: bool, may_be_written: bool = False) -> GraphLedgerError:
    """Return the error that a response stands for; whatever stands between here and the service may have made it."""
    status, told = response.status_code, _problem(response)
    if status == HTTPStatus.UNAUTHORIZED:
        return KeyRefusedError(uri, given=with_key)
    if status in AWAY and not (status == HTTPStatus.BAD_GATEWAY and "error" in told):
        return ServiceAwayError(uri, _said(told) or f"it answered {status}", written=may_be_written)
    return _named(told) if "error" in told else _unnamed(response, uri, _said(told))


def no_answer(uri: str, found: str) -> DatabaseError:
    """Return the error for what is no answer of a graph-ledger service."""
    return DatabaseError(f"what answers at {uri} is no graph-ledger service of this version: it sent {found}")


def reason(error: Exception) -> str:
    """Return why a service was not asked to the end."""
    if isinstance(error, httpx.ConnectTimeout):
        return f"no connection within {CONNECT:g} seconds"
    if isinstance(error, httpx.TimeoutException):
        return f"no answer within {ANSWER:g} seconds"
    return str(error) or type(error).__name__


def _unnamed(response: httpx.Response, uri: str, said: str) -> GraphLedgerError:
    """Return an error for what HTTP itself refused, or something on the way."""
    status = response.status_code
    if response.is_redirect:
        return DatabaseError(f"{uri} leads on to another address, which was not asked: give that address itself")
    if status == HTTPStatus.FORBIDDEN:
        return NotAllowedError(said or f"{uri} does not allow that to this key, or to this machine", "")
    if status == HTTPStatus.NOT_IMPLEMENTED and said:
        return DatabaseError(f"{uri}: {said}")
    if status in OVER:
        return OverBudgetError(OVER[HTTPStatus(status)], None)
    if said and status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
        return ValidationError(said)
    more = f": {said}" if said else ""
    return DatabaseError(f"{uri} answered {status}{more}; is it a graph-ledger service, and of this version?")


def _said(told: dict[str, Any]) -> str:
    return str(told.get("detail") or told.get("title") or "")


def _problem(response: "httpx.Response") -> dict[str, Any]:
    if media_type(response) != MEDIA_TYPE:
        return {}
    try:
        told = from_json(response.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _named(told: dict[str, Any]) -> GraphLedgerError:
    """Return the error that was raised there, in the words that were said there."""
    try:
        error = error_of(told)
    except (TypeError, ValueError):
        return DatabaseError(f"the service answered: {told.get('detail')}")
    if not isinstance(error, DatabaseError) and told.get("detail"):
        error.args = (str(told["detail"]),)
    return error
