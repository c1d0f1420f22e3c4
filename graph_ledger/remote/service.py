"""Service: one graph-ledger service, asked over HTTP; connections are kept, and any number of threads may ask."""

import gzip
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, TypeVar

import httpx
from pydantic import SecretStr
from pydantic_core import from_json

from graph_ledger.errors import DatabaseError, ServiceAwayError, ValidationError
from graph_ledger.remote.address import Address
from graph_ledger.remote.failures import ANSWER, CONNECT, JSON, failure, media_type, no_answer, reason
from graph_ledger.remote.incoming import PART, Incoming
from graph_ledger.remote.tools import SILENT, TOOLS

Answer = TypeVar("Answer")
KEPT = 4.0
"""Seconds that an idle connection is kept: less than the five after which services close theirs, so that no request meets a closed one."""
TRIES, PAUSE, LONGEST = 3, 0.2, 10.0
"""How often a question is asked that did not come through, how many seconds lie between at first, and the most that a service may name."""
OCTETS = "application/octet-stream"
PACKED = 16_384
"""Bytes from which on a request is packed."""
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout)
"""The service has heard nothing."""
BROKEN = (httpx.ReadError, httpx.WriteError, httpx.CloseError, httpx.RemoteProtocolError)
"""The connection broke: the service may have heard it, and may have done it."""


class Service:
    """Asks one service; the key stands in a header, and never in an address, a log or an error."""

    def __init__(self, address: Address, key: SecretStr | None = None) -> None:
        self.uri, self._with_key = address.uri, key is not None
        self.most_rows: int | None = None
        """Most rows that it gives at once, once it has said so."""
        headers = {"Accept": JSON, "User-Agent": "graph-ledger"}
        if key is not None:
            headers["Authorization"] = f"Bearer {_sendable(key)}"
        self._client = httpx.Client(
            headers=headers,
            timeout=httpx.Timeout(ANSWER, connect=CONNECT),
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=32, keepalive_expiry=KEPT),
            follow_redirects=False,
            trust_env=not address.is_here,  # proxies and certificates of the environment; this machine is behind none
        )

    def ask(self, tool: str, make: Callable[[Any], Answer], **asked: Any) -> Answer:
        """Ask a tool, and make a value of what it answers; what is None is left out.

        Raises:
            GraphLedgerError: What the verb raises beside the database.
            KeyRefusedError, ServiceAwayError: The service refuses the key, or does not answer.
            DatabaseError: What answers is no graph-ledger service.
        """
        return self.told(tool, lambda body: make(from_json(body)), **asked)

    def told(self, tool: str, make: Callable[[bytes], Answer], **asked: Any) -> Answer:
        """Ask a tool, and make a value of the text of its answer."""
        given = {name: value for name, value in asked.items() if value is not None}
        body = self._answer(tool, given)
        try:
            return make(body)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            raise no_answer(self.uri, f"what `{tool}` does not answer") from None

    def send_bytes(self, path: str, source: BinaryIO) -> None:
        """Put bytes to an address, part by part.

        Raises:
            GraphLedgerError: What the service refuses.
        """
        made = self._client.build_request("PUT", f"{self.uri}/{path}", content=_in_parts(source), headers={"Content-Type": OCTETS})
        response, _ = self._sent(made, again=False, pause=None)
        assert response is not None  # noqa: S101  # the only try answers or raises
        if response.status_code != httpx.codes.OK:
            raise failure(response, self.uri, with_key=self._with_key, may_be_written=True)

    def open_bytes(self, path: str, what: str, found: Callable[[], str | None]) -> Incoming:
        """Get the bytes of something from an address, part by part; they are read as of a file, which is to be closed.

        Raises:
            GraphLedgerError: What the service refuses.
        """
        made = self._client.build_request("GET", f"{self.uri}/{path}", headers={"Accept": OCTETS, "Accept-Encoding": "identity"})
        try:
            response = self._client.send(made, stream=True)
            if response.status_code != httpx.codes.OK:
                response.read()
        except httpx.HTTPError as error:
            raise ServiceAwayError(self.uri, reason(error)) from None
        if response.status_code != httpx.codes.OK:
            raise failure(response, self.uri, with_key=self._with_key)
        return Incoming(response, self.uri, what, found)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def _answer(self, tool: str, given: Mapping[str, Any]) -> bytes:
        made, again = self._request(tool, given), repeatable(tool, given)
        for pause in (*(PAUSE * 2**number for number in range(TRIES - 1)), None):
            response, wait = self._sent(made, again=again, pause=pause)
            if response is None:
                time.sleep(wait)
                continue
            if response.status_code != httpx.codes.OK:
                raise failure(response, self.uri, with_key=self._with_key, may_be_written=not again)
            if media_type(response) != JSON:
                raise no_answer(self.uri, media_type(response) or "something without a type")
            return response.content
        raise AssertionError  # the last try answers or raises

    def _sent(self, made: httpx.Request, *, again: bool, pause: float | None) -> tuple[httpx.Response | None, float]:
        """Send a request once; no response means to try again after so many seconds."""
        try:
            response = self._client.send(made)
        except NOT_SENT as error:
            if pause is None or isinstance(error, httpx.TimeoutException):
                raise ServiceAwayError(self.uri, reason(error)) from None
        except BROKEN as error:
            if pause is None or not again:
                raise ServiceAwayError(self.uri, reason(error), written=not again) from None
        except httpx.TimeoutException as error:
            raise ServiceAwayError(self.uri, reason(error), written=not again) from None
        except httpx.DecodingError:
            raise no_answer(self.uri, "what cannot be unpacked") from None
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            raise DatabaseError(f"{self.uri} cannot be asked: {reason(error)}") from None
        else:
            wait = _named_wait(response)
            return (None, wait) if pause is not None and again and wait is not None else (response, 0.0)
        return None, pause

    def _request(self, tool: str, given: Mapping[str, Any]) -> httpx.Request:
        known = TOOLS[tool]
        if strange := given.keys() - known.fields:
            raise ValidationError(f"{tool} is not asked for {', '.join(sorted(strange))}: give some of {', '.join(sorted(known.fields))}")
        url = f"{self.uri}/{known.address}"
        if not known.posted:
            try:
                return self._client.build_request("GET", url, params={name: _text(value) for name, value in given.items()})
            except UnicodeEncodeError:
                raise ValidationError("text with half a character (a lone surrogate) cannot be asked for") from None
        body = _body(given)
        headers = {"Content-Type": JSON}
        if len(body) >= PACKED:
            body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        return self._client.build_request("POST", url, content=body, headers=headers)


def _in_parts(source: BinaryIO) -> Iterator[bytes]:
    while part := source.read(PART):
        yield part


def repeatable(tool: str, given: Mapping[str, Any]) -> bool:
    """Say whether a question may be asked again though it may have been done: it reads, or says for when it is so.

    What is said of a time of its own is recorded once, however often it is said; what is of now would be of another now.

    >>> repeatable("impact", {}), repeatable("tag", {}), repeatable("tag", {"timestamp": "2026-06-30T12:00:00Z"})
    (True, False, True)
    """
    if not TOOLS[tool].writes or tool in SILENT:
        return True
    if tool == "record_many":
        return all(each.get("timestamp") for each in given["events"])
    return bool(given.get("timestamp") or given.get("observed_at"))


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return list(value) if isinstance(value, (list, tuple)) else str(value)


def _body(given: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(given, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise ValidationError("text with half a character (a lone surrogate) cannot be stored") from None
    except (TypeError, ValueError, RecursionError) as error:
        raise ValidationError(f"not JSON: {error}") from None


def _sendable(key: SecretStr) -> str:
    text = key.get_secret_value().strip()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise ValidationError("the key is none: it is one word of letters, digits and signs, as it was given out")
    return text


def _named_wait(response: httpx.Response) -> float | None:
    """Return the seconds after which a service that cannot answer now wants to be asked again."""
    named = response.headers.get("retry-after", "")
    if response.status_code != httpx.codes.SERVICE_UNAVAILABLE or not named.isdigit() or int(named[:9]) > LONGEST:
        return None
    return float(named)
