"""Read one source over HTTP: bounded in time, size, tries and hosts; what goes wrong is a SourceError that says where."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

import httpx
from typing_extensions import Self

from graph_ledger.connectors.http.address import shown
from graph_ledger.connectors.http.answer import Answer
from graph_ledger.connectors.http.clock import Clock
from graph_ledger.connectors.http.log import quiet
from graph_ledger.connectors.http.retry import passing, pause
from graph_ledger.connectors.http.sending import Sender
from graph_ledger.connectors.http.settings import HttpSettings
from graph_ledger.errors import SourceError

NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class _Failed:
    """One try that may be made again."""

    reason: str
    headers: Mapping[str, str]


class HttpClient:
    """Reads one source, once; use it in a ``with``.

    Every request is made again after 429, 502, 503, 504 and broken connections, a POST too, as all that it asks is reading.
    Redirects are followed by hand, to the address's own host and to ``allowed_hosts`` only; what the user gave as headers goes
    to the own origin alone.

    >>> def answer(request):
    ...     return httpx.Response(200, json={"models": ["fraud"]})
    >>> settings = HttpSettings("registry", "https://registry.example/models", transport=httpx.MockTransport(answer))
    >>> with HttpClient(settings) as client:
    ...     client.get(settings.url, "page 1").json()
    {'models': ['fraud']}
    """

    def __init__(self, settings: HttpSettings) -> None:
        self.settings = settings
        self._clock = Clock(settings)
        self._sender = Sender(settings, self._clock)
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        self._opened.enter_context(quiet())
        self._opened.enter_context(self._sender.client)
        self._opened.enter_context(self._sender.deadline)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._opened.close()

    @property
    def requests(self) -> int:
        """How many requests were sent, those that were made again and redirects included."""
        return self._sender.sent

    def get(self, url: httpx.URL, where: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to a GET.

        Args:
            url: What to ask for.
            where: Which page or file that is, for messages.
            headers: Besides the user's own, and in place of them.

        Raises:
            SourceError: There is none that can be used; the message has neither query nor header in it.
        """
        return self._used(self._asked("GET", url, where, headers or {}))

    def find(self, url: httpx.URL, where: str, headers: Mapping[str, str] | None = None) -> Answer | None:
        """Do as `get` does; None where the source says that there is no such thing (404)."""
        answer = self._asked("GET", url, where, headers or {})
        return None if answer.status == NOT_FOUND else self._used(answer)

    def post(self, url: httpx.URL, body: Any, where: str) -> Answer:
        """Return the answer to a question that is asked by POST."""
        headers = {"Content-Type": "application/json"}
        return self._used(self._asked("POST", url, where, headers, json.dumps(body).encode()))

    def _asked(self, method: str, url: httpx.URL, where: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        place, tries = f"{self.settings.source}: {where}", self.settings.tries
        for tried in range(1, tries + 1):
            found = self._tried(method, url, place, headers, body)
            if isinstance(found, Answer):
                return found
            failed = f"{place}: {found.reason}"
            if tried < tries:
                self._clock.wait(pause(tried, found.headers, datetime.now(timezone.utc)), failed)
        raise SourceError(f"{failed}, {tries} times" if tries > 1 else failed)

    def _tried(self, method: str, url: httpx.URL, place: str, headers: Mapping[str, str], body: bytes | None) -> Answer | _Failed:
        try:
            answer = self._sender.send(method, url, place, headers, body)
        except httpx.TimeoutException:
            self._clock.left(place)
            return _Failed(f"{shown(url)} did not answer within {self.settings.timeout:g} s", {})
        except httpx.ConnectError as error:
            return _Failed(f"{shown(url)} cannot be reached ({self.settings.hide(str(error))})", {})
        except httpx.TransportError:
            self._clock.left(place)
            return _Failed(f"the answer of {shown(url)} broke off or makes no sense", {})
        except httpx.HTTPError:
            raise SourceError(f"{place}: the answer of {shown(url)} cannot be unpacked") from None
        again = passing(answer.status, answer.headers)
        return _Failed(answer.refusal(self.settings.hide), answer.headers) if again else answer

    def _used(self, answer: Answer) -> Answer:
        if not httpx.codes.is_success(answer.status):
            raise SourceError(f"{answer.where}: {answer.refusal(self.settings.hide)}")
        return answer
