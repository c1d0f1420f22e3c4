"""How much a request may ask for: bytes, rows, steps, time, and how many at once."""

import gzip
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import httpx
import pytest

from graph_ledger.access.keys import create_key
from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from tests.conftest import Address
from tests.surfaces.door import Door
from tests.surfaces.rest.serving import served

EVENT = b'{"model_name": "fraud", "event": "reviewed"}'
JSON = {"Content-Type": "application/json"}
LONG = 2_000_000


def over(answer: httpx.Response) -> tuple[int, str, float]:
    """Return the status, the limit and how much there may be."""
    problem = answer.json()
    return answer.status_code, problem["limit"], problem["most"]


@contextmanager
def held(ledger: Ledger, key: str) -> Iterator[None]:
    """Keep everybody else from writing to a model."""
    with ledger.database.driver.session() as session, session.begin_transaction() as transaction:
        transaction.run("MATCH (model:ModelRef {key: $key}) SET model.name = model.name", key=key).consume()
        yield
        transaction.rollback()


def test_a_request_is_no_longer_than_it_may_be_however_it_is_sent(estate: Ledger) -> None:
    large = b'{"model_name": "fraud", "event": "x", "payload": {"a": "' + b"a" * LONG + b'"}}'
    with served(estate, max_bytes=100_000) as client:
        assert over(client.post("/record", content=large, headers=JSON)) == (413, "bytes", 100_000)
        assert over(client.post("/record", content=iter([large[:60_000], large[60_000:]]), headers=JSON)) == (413, "bytes", 100_000)
        bomb = gzip.compress(large)
        assert len(bomb) < 100_000
        assert over(client.post("/record", content=bomb, headers=JSON | {"Content-Encoding": "gzip"})) == (413, "bytes", 100_000)
        for broken in (b"no gzip", gzip.compress(EVENT)[:-9], gzip.compress(EVENT) + b"more"):
            assert client.post("/record", content=broken, headers=JSON | {"Content-Encoding": "gzip"}).status_code == 400
        assert client.post("/record", content=EVENT, headers=JSON | {"Content-Encoding": "br"}).status_code == 415
        assert client.post("/record", content=gzip.compress(EVENT), headers=JSON | {"Content-Encoding": "gzip"}).status_code == 200
        assert client.post("/record", content=iter([EVENT[:10], EVENT[10:]]), headers=JSON).status_code == 200


def test_a_body_of_a_million_faults_is_refused_in_a_few_bytes(estate: Ledger) -> None:
    many = gzip.compress(b'{"nodes":[' + b"0," * 1_000_000 + b"0]}")
    strange = gzip.compress(b"{" + b",".join(b'"a%d":0' % n for n in range(50_000)) + b"}")
    headers = JSON | {"Content-Encoding": "gzip"}
    assert len(many) < 10_000
    with served(estate) as client:
        for body, listed in ((many, 1), (strange, 1), (gzip.compress(b"{" + b",".join(b'"a%d":0' % n for n in range(50)) + b"}"), 20)):
            answer = client.post("/add", content=body, headers=headers)
            assert (answer.status_code, len(answer.json()["errors"]), len(answer.content) < 5_000) == (422, listed, True)
        assert client.post("/add", content=strange, headers=headers).json()["detail"] == "50,001 fields do not fit, too many to be named"
        reader = {"X-API-Key": create_key(estate.database, "r", "reader")}
    with served(estate) as client:
        assert client.post("/add", content=b"[" * 1_000_000, headers=JSON | reader).status_code == 403  # not looked at


def test_rows_and_steps_are_bounded_in_what_is_asked_and_in_what_is_found(ledger: Ledger) -> None:
    ledger.add([DataNode(f"m{n}", platform="p", inputs=[f"t{n}"], outputs=[f"t{n + 1}"]) for n in range(9)])
    with served(ledger, max_rows=5, max_depth=3) as client:
        assert over(client.get("/query", params={"limit": 6})) == (400, "rows", 5)
        assert client.get("/query", params={"limit": 5}).status_code == 200
        assert over(client.get("/list")) == (400, "rows", 5)
        assert over(client.get("/downstream/m0")) == (400, "rows", 5)
        assert over(client.get("/trace/m4", params={"depth": 4})) == (400, "depth", 3)
        assert over(client.get("/trace/m4", params={"direction": "downstream"})) == (400, "depth", 3)
        near = client.get("/trace/m4", params={"direction": "downstream", "depth": 3}).json()
    assert (len(near["nodes"]), near["complete"], near["reason"]) == (3, False, "depth")


def test_a_question_takes_no_longer_than_it_may(estate: Ledger) -> None:
    with served(estate, max_seconds=0.3) as client:
        with held(estate, "ml/fraud"):
            began = time.monotonic()
            assert over(client.post("/record", content=EVENT, headers=JSON)) == (400, "seconds", 0.3)
            assert time.monotonic() - began < 10
        assert 'over_budget_total{limit="seconds"} 1.0' in client.get("/metrics").text
        assert client.get("/ready").status_code == 200


def test_a_database_that_hangs_hangs_nobody(address: Address, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_ledger.surfaces.rest.service.GRACE", 0.5)
    door = Door(address[0])
    with Ledger(door.uri, auth=address[1]) as behind, served(behind, max_seconds=1.0, threads=2, key_seconds=60) as client:
        client.get("/overview").raise_for_status()
        door.hold()
        with ThreadPoolExecutor(2) as pool:
            began = time.monotonic()
            stuck = [each.result() for each in [pool.submit(client.get, "/overview") for _ in range(2)]]
        assert [each.status_code for each in stuck] == [400, 400]
        assert over(stuck[0]) == (400, "seconds", 1.0)
        assert time.monotonic() - began < 10
        assert client.get("/overview").status_code == 503  # at once: no thread is left to hang
        assert client.get("/health").status_code == 200
        door.go_on()
        until = time.monotonic() + 20
        while (status := client.get("/overview").status_code) != 200 and time.monotonic() < until:
            time.sleep(0.05)
        assert status == 200
    door.shut()


def test_one_request_too_many_is_told_to_come_again(estate: Ledger) -> None:
    with served(estate, max_requests=2, threads=1, key_seconds=60) as client, ThreadPoolExecutor(2) as pool:
        client.get("/overview").raise_for_status()
        with held(estate, "ml/fraud"):
            waiting = [pool.submit(client.post, "/record", content=EVENT, headers=JSON) for _ in range(2)]
            until = time.monotonic() + 20
            while "in_flight 3.0" not in client.get("/metrics").text and time.monotonic() < until:
                time.sleep(0.05)
            time.sleep(0.5)  # a request is in flight from its head on, and waits for its turn once its body is there
            refused = client.get("/overview")
            assert over(refused) == (429, "requests", 2)
            assert refused.headers["retry-after"] == "1"
            assert client.get("/health").status_code == 200
        assert [each.result().status_code for each in waiting] == [200, 200]


def test_a_sender_that_falls_silent_is_not_waited_for(estate: Ledger) -> None:
    with served(estate, patience=0.3) as client:
        host, port = client.base_url.host, client.base_url.port or 0
        with socket.create_connection((host, port), 20) as slow:
            slow.sendall(b"POST /record HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 44\r\n\r\n{")
            slow.settimeout(20)
            assert slow.recv(1_000).startswith(b"HTTP/1.1 408 ")
        assert client.get("/health").status_code == 200


def test_a_sender_that_drips_is_not_waited_for_either(estate: Ledger) -> None:
    with served(estate, patience=5.0, body_seconds=0.5) as client, _connected(client) as slow:
        slow.sendall(b"POST /record HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 44\r\n\r\n{")
        slow.settimeout(0.1)
        for _ in range(50):
            with suppress(TimeoutError):
                assert slow.recv(1_000).startswith(b"HTTP/1.1 408 ")
                return
            slow.sendall(b" ")
        pytest.fail("waited for")


def test_of_an_open_path_no_body_is_read(estate: Ledger) -> None:
    with served(estate) as client, _connected(client) as slow:
        slow.sendall(b"POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\n\r\n")
        assert slow.recv(1_000).startswith(b"HTTP/1.1 405 ")


@pytest.mark.parametrize("sent", [b"", b"GET /health HTTP/1.1\r\nHost: loc", b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"])
def test_a_connection_without_a_request_is_closed(estate: Ledger, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr("graph_ledger.surfaces.rest.patience.SECONDS", 0.3)
    with served(estate) as client, _connected(client) as idle:
        began = time.monotonic()
        idle.sendall(sent)
        while idle.recv(1_000):
            pass
        assert 0.2 < time.monotonic() - began < 4  # uvicorn alone waits for ever, and 5 seconds after an answer


def _connected(client: httpx.Client) -> socket.socket:
    return socket.create_connection((client.base_url.host, client.base_url.port or 0), 20)


def test_a_long_answer_is_packed_for_whoever_takes_it(ledger: Ledger) -> None:
    ledger.add([DataNode(f"m{n}", platform="p", inputs=["t"]) for n in range(200)])
    with served(ledger) as client:
        packed = client.get("/list", headers={"Accept-Encoding": "gzip"})
        plain = client.get("/list", headers={"Accept-Encoding": "identity"})
    assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert int(packed.headers["content-length"]) * 4 < int(plain.headers["content-length"])
    assert packed.json() == plain.json()


def test_the_numbers_name_routes_and_never_what_was_asked(estate: Ledger) -> None:
    with served(estate) as client:
        client.get("/models/fraud")
        client.get("/models/nobody")
        client.request("PROPFIND", "/models/fraud")
        text = client.get("/metrics").text
    assert 'graph_ledger_requests_total{method="GET",route="/models/{subject:path}",status="200"} 1.0' in text
    assert 'route="/models/{subject:path}",status="404"} 1.0' in text
    assert 'method="other"' in text
    assert "graph_ledger_requests_in_flight 1.0" in text
    assert "fraud" not in text
    assert "nobody" not in text
