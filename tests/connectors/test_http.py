"""Reading over HTTP: bounds, patience, and where the user's headers go."""

import gzip
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from threading import Event, Thread
from time import monotonic
from typing import Any

import httpx
import pytest

from graph_ledger.connectors.http import HttpClient, HttpSettings
from graph_ledger.connectors.http.retry import pause
from graph_ledger.errors import SourceError, ValidationError
from tests.connectors.local_server import Answering, Asked, Reply, serving

KEY = "k3y-that-nobody-may-see"
URL = f"https://api.example/models?key={KEY}"
NOW = datetime(2026, 8, 21, tzinfo=timezone.utc)
Respond = Callable[[httpx.Request], httpx.Response]


def client(answer: Respond, url: str = URL, headers: dict[str, str] | None = None, **options: Any) -> HttpClient:
    return HttpClient(HttpSettings("registry", url, headers, transport=httpx.MockTransport(answer), **options))


def read(answer: Respond, **options: Any) -> Any:
    """Read the one address."""
    with client(answer, **options) as opened:
        return opened.get(opened.settings.url, "page 3").json()


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited; nobody does."""
    waited: list[float] = []
    monkeypatch.setattr("graph_ledger.connectors.http.clock.sleep", waited.append)
    return waited


def in_turn(*responses: httpx.Response | Exception) -> Respond:
    """Answer with one after the other."""
    left = iter(responses)

    def answer(request: httpx.Request) -> httpx.Response:
        found = next(left)
        if isinstance(found, Exception):
            raise found
        return found

    return answer


def test_json_is_read_and_the_query_of_the_address_is_kept() -> None:
    assert read(lambda request: httpx.Response(200, json=[str(request.url)])) == [URL]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_tried_again_and_waited_for_longer_each_time(status: int, waits: list[float]) -> None:
    refused = [httpx.Response(status) for _ in range(4)]
    assert read(in_turn(*refused, httpx.Response(200, json=1))) == 1
    assert all(low <= wait <= high for wait, low, high in zip(waits, (0.25, 0.5, 1, 2), (0.5, 1, 2, 4), strict=True))


def test_broken_connections_are_tried_again() -> None:
    broken = [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut")]
    assert read(in_turn(*broken, httpx.Response(200, json=1))) == 1


@pytest.mark.parametrize(
    ("failing", "message"),
    [
        (httpx.ConnectError("no route"), r"registry: page 3: https://api.example/models cannot be reached \(no route\), 5 times"),
        (httpx.ReadTimeout("slow"), "registry: page 3: https://api.example/models did not answer within 30 s, 5 times"),
        (httpx.ReadError("cut"), "registry: page 3: the answer of https://api.example/models broke off or makes no sense, 5 times"),
        (httpx.Response(503), "registry: page 3: https://api.example/models answered 503, 5 times"),
    ],
)
def test_tries_have_an_end(failing: Any, message: str, waits: list[float]) -> None:
    with pytest.raises(SourceError, match=f"^{message}$"):
        read(in_turn(*[failing] * 5))
    assert len(waits) == 4


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 500])
def test_what_does_not_pass_is_not_tried_again(status: int) -> None:
    with pytest.raises(SourceError, match=rf"^registry: page 3: https://api.example/models answered {status} \(No such thing\.\)$"):
        read(in_turn(httpx.Response(status, json={"message": "No  such\nthing."})))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": format_datetime(NOW + timedelta(seconds=9), usegmt=True)}, 9),
        ({"Retry-After": format_datetime(NOW - timedelta(days=1), usegmt=True)}, 0),
        ({"Retry-After": "soon"}, 0),
        ({"Retry-After": "-3"}, 0),
        ({"Retry-After": "Mon, 01 Jan 99999999999 00:00:00 GMT"}, 0),
        ({"Retry-After": "Mon, 01 Jan 2026 00:00:00 +99999999999999"}, 0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 5)}, 6),
        ({"x-ratelimit-remaining": "4", "x-ratelimit-reset": str(int(NOW.timestamp()) + 5)}, 0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "never"}, 0),
        ({}, 0),
    ],
)
def test_a_source_may_say_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    waited = pause(1, httpx.Headers(headers), NOW)
    assert waited == seconds if seconds else 0.25 <= waited <= 0.5


def test_a_limit_that_is_told_with_403_passes(waits: list[float]) -> None:
    limited = httpx.Response(403, headers={"retry-after": "2"})
    assert read(in_turn(limited, httpx.Response(200, json=1))) == 1
    assert waits == [2.0]


def test_a_wait_that_the_reading_has_no_time_for_is_said_at_once(waits: list[float]) -> None:
    with pytest.raises(SourceError, match=r"answered 429: it would have to wait 3,600 s, more than this reading has left \(run_timeout\)"):
        read(in_turn(httpx.Response(429, headers={"retry-after": "3600"})))
    assert waits == []


@pytest.mark.parametrize("content", [b'{"models": [', b"", b"<html>", b"\xff\xfe\xff", b"[" * 100_000, b"1" * 5_000])
def test_what_is_no_json_is_said_with_its_page(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"^registry: page 3: https://api.example/models sent no JSON that can be read: "):
        read(in_turn(httpx.Response(200, content=content)))


def test_an_answer_has_a_bound_unpacked_too() -> None:
    packed = gzip.compress(b" " * 1_000_000)
    for response in (
        httpx.Response(200, content=b" " * 1_000_000),
        httpx.Response(200, content=packed, headers={"content-encoding": "gzip"}),
    ):
        with pytest.raises(SourceError, match=r"^registry: page 3: the answer of https://api.example/models has more than 100,000 bytes"):
            read(in_turn(response), max_bytes=100_000)


@pytest.mark.parametrize(("packing", "message"), [("gzip, gzip", "in a way that was not asked for"), ("gzip", "cannot be unpacked")])
def test_a_packing_that_cannot_be_trusted_is_refused(packing: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(in_turn(httpx.Response(200, headers={"content-encoding": packing}, stream=httpx.ByteStream(b"no gzip"))))


def test_a_slow_drip_ends_with_the_time_of_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 1
        return now

    def drip() -> Iterator[bytes]:
        while True:
            yield b" "

    monkeypatch.setattr("graph_ledger.connectors.http.clock.monotonic", clock)
    with pytest.raises(SourceError, match=r"page 3: the reading took longer than 60 s \(run_timeout\)"):
        read(lambda request: httpx.Response(200, content=drip()), run_timeout=60)


def drip(connection: socket.socket, head: bytes, part: bytes, over: Event) -> None:
    """Send a beginning, and parts without end."""
    with suppress(OSError):
        connection.recv(65_536)
        connection.sendall(head)
        while not over.wait(0.05):
            connection.sendall(part)
    connection.close()


PACKED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\na\r\n\x1f\x8b\x08\0\0\0\0\0\0\3\r\n"


@pytest.mark.parametrize(
    ("head", "part"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX: ", b"x", id="a header without end"),
        pytest.param(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", id="an answer that never begins"),
        pytest.param(PACKED, b"5\r\n\0\0\0\xff\xff\r\n", id="a packing that holds nothing"),
    ],
)
def test_an_answer_that_comes_to_nothing_ends_with_the_time_of_the_reading(head: bytes, part: bytes) -> None:
    over, began = Event(), monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sender = Thread(target=lambda: drip(listening.accept()[0], head, part, over), daemon=True)
        sender.start()
        settings = HttpSettings("registry", f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=10, run_timeout=0.5, tries=1)
        with HttpClient(settings) as opened, pytest.raises(SourceError, match=r"took longer than 0.5 s \(run_timeout\)"):
            opened.get(settings.url, "page 1")
        over.set()
        sender.join()
    assert monotonic() - began < 5


def test_requests_are_as_many_a_second_as_allowed(monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    monkeypatch.setattr("graph_ledger.connectors.http.clock.monotonic", lambda: 100.0)
    with client(lambda request: httpx.Response(200), requests_per_second=4) as opened:
        for _ in range(3):
            opened.get(opened.settings.url, "page 1")
    assert waits == [0.25, 0.5]
    assert opened.requests == 3


@contextmanager
def two_hosts(answer: Answering) -> Iterator[tuple[str, str, list[Asked]]]:
    """One server under two names: to a client these are two hosts."""
    with serving(answer) as (port, asked):
        yield f"http://127.0.0.1:{port}", f"http://localhost:{port}", asked


def test_a_redirect_on_the_own_host_takes_the_headers_along() -> None:
    with serving(lambda asked: Reply(302, headers={"Location": "/there?a=1"}) if asked.path == "/here" else Reply(body=b"1")) as (
        port,
        asked,
    ):
        settings = HttpSettings("registry", f"http://127.0.0.1:{port}/here", {"Authorization": f"Bearer {KEY}"})
        with HttpClient(settings) as opened:
            assert opened.get(settings.url, "page 1").json() == 1
    assert [(each.path, each.headers["authorization"]) for each in asked] == [("/here", f"Bearer {KEY}"), ("/there?a=1", f"Bearer {KEY}")]


def test_a_redirect_to_another_host_is_refused_unless_allowed_and_then_gets_no_header() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(307, headers={"Location": f"{other}/there"}) if asked.path == "/here" else Reply(body=b"1")

    with two_hosts(answer) as (own, other, asked):
        given = {"Authorization": f"Bearer {KEY}", "X-Key": KEY}
        with HttpClient(HttpSettings("registry", f"{own}/here", given)) as opened:
            with pytest.raises(SourceError, match=r"it leads to http://localhost:\d+/there, a host that is not among allowed_hosts"):
                opened.get(opened.settings.url, "page 1")
            assert len(asked) == 1
        with HttpClient(HttpSettings("registry", f"{own}/here", given, allowed_hosts=["LOCALHOST"])) as opened:
            assert opened.get(opened.settings.url, "page 1").json() == 1
    assert KEY in asked[-2].headers["authorization"]
    assert KEY not in str(asked[-1])


def test_another_port_of_the_host_is_another_origin() -> None:
    with (
        serving(lambda asked: Reply(body=b"1")) as (second, there),
        serving(lambda asked: Reply(302, headers={"Location": target})) as (first, _),
    ):
        target = f"http://ada:pw@127.0.0.1:{second}/"
        with HttpClient(HttpSettings("registry", f"http://127.0.0.1:{first}", {"Authorization": KEY})) as opened:
            opened.get(opened.settings.url, "page 1")
    assert "authorization" not in there[0].headers


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://api.example/models", "which is not encrypted"),
        ("file:///etc/passwd", "which is not http or https"),
        ("https://169.254.169.254/latest", "a host that is not among allowed_hosts"),
        ("https://a:b/", "broke off or makes no sense, 5 times"),
        ("/models", "is redirected more than 5 times"),
    ],
)
def test_a_redirect_that_leads_astray_is_refused(location: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(lambda request: httpx.Response(302, headers={"location": location}))


def test_a_long_refusal_is_not_read_to_its_end() -> None:
    with pytest.raises(SourceError, match=r"^registry: page 3: https://api.example/models answered 500$"):
        read(lambda request: httpx.Response(500, json={"message": "x" * 20_000}))


def test_a_question_is_not_lost_on_its_way() -> None:
    def moved(status: int) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/old":
                return httpx.Response(status, headers={"location": "/new"})
            return httpx.Response(200, json=[request.method, request.content.decode()])

        with client(answer, "https://api.example/old") as opened:
            return opened.post(opened.settings.url, {"limit": 1}, "page 1").json()

    assert moved(307) == ["POST", '{"limit": 1}']
    with pytest.raises(SourceError, match=r"is redirected \(302\), which loses the question"):
        moved(302)


def test_a_body_that_breaks_off_is_no_answer() -> None:
    with serving(lambda asked: Reply(body=b"[1, 2]", cut=True)) as (port, asked):
        opened = HttpClient(HttpSettings("registry", f"http://127.0.0.1:{port}/", tries=2))
        with (
            opened,
            pytest.raises(SourceError, match=r"registry: page 1: the answer of http://127.0.0.1:\d+/ broke off or makes no sense, 2 times"),
        ):
            opened.get(opened.settings.url, "page 1")
    assert len(asked) == 2


def test_what_is_missing_can_be_asked_for() -> None:
    with client(lambda request: httpx.Response(404)) as opened:
        assert opened.find(opened.settings.url, "a file") is None
    with client(lambda request: httpx.Response(500)) as opened, pytest.raises(SourceError, match="answered 500"):
        opened.find(opened.settings.url, "a file")


def test_no_key_is_in_a_message_a_repr_or_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"https://ada:{KEY}@api.example/models?key={KEY}"
    echo = {"message": f"{'x' * 190} Bearer {KEY} is wrong, and so is {KEY}"}
    opened = client(lambda request: httpx.Response(401, json=echo), url, {"X-Key": f"Bearer {KEY}"}, tries=1)
    with opened:
        logging.getLogger("httpx").info("%(other)s", {"other": "lines stay as they are"})
        with pytest.raises(SourceError) as caught:
            opened.get(opened.settings.url, "page 1")
    assert "lines stay as they are" in caplog.text
    assert "HTTP Request: GET https://api.example/models" in caplog.text
    told = f"{caught.value!r} {caplog.text} {opened!r} {opened.settings!r}"
    assert KEY not in told
    assert KEY[:9] not in told


def link_of(url: str) -> str:
    with HttpClient(HttpSettings("registry", url)) as opened:
        return opened.get(opened.settings.url, "page 1").headers["link"]


def test_a_link_that_repeats_the_query_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(lambda asked: Reply(body=b"1", headers={"Link": f'<{asked.path}>; rel="self"'})) as (port, asked):
        assert link_of(f"http://127.0.0.1:{port}/models?key={KEY}") == f'<{asked[0].path}>; rel="self"'
    assert "receive_response_body" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize("url", [URL, f"https://ada:{KEY}@api.example/models"])
def test_a_key_of_the_address_that_the_source_repeats_is_not_told_on(url: str) -> None:
    refusal = httpx.Response(401, json={"message": f"the key {KEY} is not known"})
    with pytest.raises(SourceError, match=r"answered 401 \(the key \*\*\* is not known\)$"):
        read(in_turn(refusal), url=url)


def test_user_and_password_of_the_address_go_as_a_header_to_the_own_origin() -> None:
    assert (
        read(lambda request: httpx.Response(200, json=request.headers["authorization"]), url="https://ada:pw@api.example/")
        == "Basic YWRhOnB3"
    )


@pytest.mark.parametrize(
    ("url", "options", "message"),
    [
        ("ftp://api.example", {}, "url is an address of http or https"),
        ("api.example/models", {}, "url is an address of http or https"),
        ("https://", {}, "url is an address of http or https"),
        (f"ada:{KEY}@api.example/models", {}, "url is an address of http or https with a host: write https://host/path$"),
        (f"https:ada:{KEY}@api.example", {}, "url is an address of http or https with a host: write https://host/path$"),
        ("https://a:b", {}, "url is no address"),
        (URL, {"timeout": 0}, "timeout is a number above 0, not 0"),
        (URL, {"run_timeout": float("inf")}, "run_timeout is a number above 0"),
        (URL, {"tries": True}, "tries is a whole number, 1 or more"),
        (URL, {"max_bytes": 0}, "max_bytes is a whole number"),
        (URL, {"requests_per_second": -1}, "requests_per_second is a number above 0"),
        (URL, {"allowed_hosts": "one.example"}, "allowed_hosts is a list of hosts"),
    ],
)
def test_what_cannot_be_used_is_refused(url: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        HttpSettings("registry", url, **options)


@pytest.mark.parametrize("value", [f"Bearer {KEY}\n", f"{KEY}é", 7])
def test_a_header_that_cannot_be_sent_is_refused_without_being_shown(value: Any) -> None:
    with pytest.raises(ValidationError, match="the header 'Authorization' is a text") as caught:
        HttpSettings("registry", URL, {"Authorization": value})
    assert KEY not in str(caught.value)


def test_an_unknown_option_is_named() -> None:
    with pytest.raises(TypeError, match="there is no option 'timout'; for reading over HTTP there are timeout, run_timeout"):
        HttpSettings("registry", URL, timout=3)
