"""Problems: every error of the service as RFC 9457 problem details, and nothing of what only the log may know."""

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import pydantic
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph_ledger.errors import GraphLedgerError
from graph_ledger.surfaces.rest.folders import without_folders
from graph_ledger.values.problem import MEDIA_TYPE, problem_of

LOG = logging.getLogger("graph_ledger")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="graph-ledger"'}
AGAIN = {"Retry-After": "1"}
TOO_MANY = 429
LISTED = 20
"""Most fields that an answer names as not fitting."""
COUNTED = 1_000
"""Most for which they are looked at one by one; of more the answer tells the number alone."""


class RefusedError(Exception):
    """A request that is not answered, for a reason of HTTP's own."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.detail, self.headers = status, detail, dict(headers or {})
        super().__init__(detail)


def unknown_caller(detail: str) -> RefusedError:
    """Return the refusal of somebody who shows no key, or none that is known."""
    return RefusedError(HTTPStatus.UNAUTHORIZED, detail, CHALLENGE)


def response_of(error: Exception) -> Response:
    """Return the answer to a request that failed; what nobody foresaw is logged, and named by an id alone."""
    if isinstance(error, GraphLedgerError):
        told = without_folders(error, problem_of(error))
        if told["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
            LOG.warning("failed", extra={"what": {"error": type(error).__name__, "reason": str(error)}})
        again = told["status"] in {TOO_MANY, HTTPStatus.SERVICE_UNAVAILABLE}
        return _response(told, AGAIN if again else {})
    if isinstance(error, ModuleNotFoundError):
        error = _lacking(error)
    if isinstance(error, RefusedError):
        return _response(_told(error.status, error.detail), error.headers)
    if isinstance(error, HTTPException):
        return _response(_told(HTTPStatus(error.status_code), str(error.detail)), error.headers or {})
    if isinstance(error, pydantic.ValidationError):
        return _response(_misfit(_found(error)), {})
    if isinstance(error, RequestValidationError):
        return _response(_misfit(error.errors()[:LISTED]), {})
    return _unforeseen(error)


def tell_broken_off(error: Exception) -> None:
    """Log what ended an answer of which some was sent by then: the server closes the connection, and nobody takes it for whole."""
    if isinstance(error, GraphLedgerError):
        LOG.warning("broken off", extra={"what": {"error": type(error).__name__, "reason": str(error)}})
    else:
        _log_unforeseen(error)


def misfit(where: Sequence[str], message: str) -> RefusedError:
    """Return the refusal of one field, in the form of all others."""
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{'.'.join(where)}: {message}")


def _lacking(error: ModuleNotFoundError) -> RefusedError:
    """Return the refusal of what takes a package that is not installed here."""
    LOG.warning("failed", extra={"what": {"error": type(error).__name__, "reason": str(error)}})
    return RefusedError(HTTPStatus.NOT_IMPLEMENTED, "this service lacks a package that this takes: its log names it")


def _told(status: HTTPStatus, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}


def _found(error: pydantic.ValidationError) -> Sequence[Any]:
    """Return the first fields that do not fit; the library makes all or none, and a body may hold a million."""
    count = error.error_count()
    if count > COUNTED:
        return [{"loc": (), "msg": f"{count:,} fields do not fit, too many to be named"}]
    return error.errors(include_url=False, include_context=False, include_input=False)[:LISTED]


def _misfit(found: Sequence[Any]) -> dict[str, Any]:
    """Name the fields that do not fit, and never what was in them."""
    errors = [{"field": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in found]
    first = errors[0]
    detail = f"{first['field']}: {first['message']}" if first["field"] else first["message"]
    return {**_told(HTTPStatus.UNPROCESSABLE_ENTITY, detail), "error": "ValidationError", "errors": errors}


def _unforeseen(error: Exception) -> Response:
    known_as = _log_unforeseen(error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _response({**_told(status, "this was not foreseen: the service's log tells more under the id"), "id": known_as}, {})


def _log_unforeseen(error: Exception) -> str:
    """Log it; return the id under which the log tells more."""
    known_as = secrets.token_hex(8)
    LOG.error("unforeseen", exc_info=error, extra={"what": {"id": known_as}})
    return known_as


def _response(told: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    text = json.dumps(told, default=str).encode()
    return Response(text, int(told["status"]), headers=dict(headers), media_type=MEDIA_TYPE)
