"""Send one request: redirects by hand, headers to their own origin alone, no answer without an end."""

from collections.abc import Mapping

import httpx

from graph_ledger.connectors.http.address import refusal, shown, trusted
from graph_ledger.connectors.http.answer import Answer
from graph_ledger.connectors.http.clock import Clock
from graph_ledger.connectors.http.deadline import Deadline
from graph_ledger.connectors.http.settings import HttpSettings
from graph_ledger.errors import SourceError

OWN_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": "graph-ledger"}
PACKINGS = frozenset({"", "identity", "gzip", "deflate"})
"""Each unpacks to a thousand times its size at most; others could fill the memory with one part."""
MOST_REDIRECTS, ERRORS, KEPT_OF_A_REFUSAL = 5, 400, 10_000
SAME_QUESTION = frozenset({307, 308})
"""Redirects that take a POST along; after the others it would be a GET."""


class Sender:
    """Sends the requests of one reading."""

    def __init__(self, settings: HttpSettings, clock: Clock) -> None:
        self.settings, self._clock = settings, clock
        self.client = httpx.Client(transport=settings.transport, follow_redirects=False)
        self.deadline = Deadline(settings.run_timeout)
        self.sent = 0

    def send(self, method: str, url: httpx.URL, place: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Send a request, and again wherever a redirect leads.

        Raises:
            SourceError: It leads where it may not, or the answer is too large.
            httpx.HTTPError: It was not answered to the end.
        """
        self._check(url, self.settings.url, place)
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._sent(method, url, place, headers, body)
            if not answer.headers.get("location") or not httpx.codes.is_redirect(answer.status):
                return answer
            url = self._redirected(answer, method)
        raise SourceError(f"{place}: {shown(url)} is redirected more than {MOST_REDIRECTS} times")

    def _sent(self, method: str, url: httpx.URL, place: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        told = httpx.Headers(OWN_HEADERS)
        told.update(self.settings.headers if trusted(url, self.settings.url) else {})
        told.update(headers)
        patience = min(self.settings.timeout, self._clock.turn(place))
        self.sent += 1
        watched = {"trace": self.deadline.note}
        with self.client.stream(method, url, headers=told, content=body, timeout=patience, extensions=watched) as response:
            if response.headers.get("content-encoding", "").strip().lower() not in PACKINGS:
                raise SourceError(f"{place}: the answer of {shown(url)} is packed in a way that was not asked for")
            return Answer(url, response.status_code, response.headers, self._content(response, place), place)

    def _content(self, response: httpx.Response, place: str) -> bytes:
        """Read an answer part by part, so that neither its size nor its slowness is without end."""
        most, parts, size = self.settings.max_bytes, [], 0
        for part in response.iter_bytes():
            size += len(part)
            if response.status_code >= ERRORS and size > KEPT_OF_A_REFUSAL:
                break
            if size > most:
                raise SourceError(
                    f"{place}: the answer of {shown(response.url)} has more than {most:,} bytes: ask for less, or raise max_bytes"
                )
            parts.append(part)
            self._clock.left(place)
        return b"".join(parts)

    def _redirected(self, answer: Answer, method: str) -> httpx.URL:
        target = answer.url.join(answer.headers["location"]).copy_with(username=None, password=None, fragment=None)
        if method != "GET" and answer.status not in SAME_QUESTION:
            raise SourceError(
                f"{answer.where}: {shown(answer.url)} is redirected ({answer.status}), which loses the question: correct the address"
            )
        self._check(target, answer.url, answer.where)
        return target

    def _check(self, url: httpx.URL, before: httpx.URL, place: str) -> None:
        if reason := refusal(url, before, self.settings.hosts):
            raise SourceError(f"{place}: it leads to {shown(url)}, {reason}: nothing was sent there")
