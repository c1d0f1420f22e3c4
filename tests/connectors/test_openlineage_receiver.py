"""The receiver: what it takes is on the disk, what it refuses is nowhere."""

import gzip
import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_ledger.connectors import openlineage_receiver
from graph_ledger.connectors.base import Listing
from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.connectors.openlineage_reading import Inbox
from graph_ledger.connectors.openlineage_receiver import PATH, OpenLineageReceiver
from graph_ledger.connectors.testing import check_connector
from graph_ledger.errors import ValidationError
from tests.connectors.test_openlineage import event

JSON = {"Content-Type": "application/json"}
BODY = json.dumps(event("COMPLETE", 1, reads="a")).encode()


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[OpenLineageReceiver]:
    with OpenLineageReceiver(tmp_path / "inbox") as listening:
        yield listening


def sent(receiver: OpenLineageReceiver, body: bytes, *, path: str = PATH, **headers: str) -> httpx.Response:
    with httpx.Client(trust_env=False) as client:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(f"{receiver.url}{path}", content=body, headers={**JSON, **given})


def kept(receiver: OpenLineageReceiver) -> Listing:
    return check_connector(openlineage_connector(receiver.inbox.folder))


def test_what_is_sent_is_kept_and_read(receiver: OpenLineageReceiver) -> None:
    assert [sent(receiver, BODY).status_code, sent(receiver, gzip.compress(BODY), Content_Encoding="gzip").status_code] == [201, 201]
    listing = kept(receiver)
    assert ([node.name for node in listing], listing.coverage["events"], listing.errors) == (["etl/j"], 2, ())
    (file,) = receiver.inbox.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_many_senders_at_once_lose_nothing(receiver: OpenLineageReceiver) -> None:
    def send(number: int) -> None:
        with httpx.Client(trust_env=False) as client:
            for minute in range(10):
                body = event("COMPLETE", minute, f"{number}-{minute}", job=f"job-{number}")
                assert client.post(f"{receiver.url}{PATH}", json=body).status_code == 201

    threads = [threading.Thread(target=send, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (kept(receiver).coverage["events"], len(kept(receiver))) == (80, 8)


REFUSED: dict[str, tuple[bytes, dict[str, Any], int, str]] = {
    "no JSON": (b"{", {}, 400, "not JSON: "),
    "too deep": (b"[" * 100_000, {}, 400, "not JSON: "),
    "no event": (b"[]", {}, 400, "an event is a mapping"),
    "not a number": (json.dumps({**json.loads(BODY), "x": float("nan")}).encode(), {}, 400, "an event is JSON"),
    "no gzip": (BODY, {"Content_Encoding": "gzip"}, 400, "not gzip"),
    "another path": (BODY, {"path": "/api/v2"}, 404, "events are sent to /api/v1/lineage"),
    "a page in a browser": (BODY, {"Content_Type": "text/plain"}, 415, "an event is application/json"),
    "another name for this machine": (BODY, {"Host": "elsewhere.example.com"}, 403, "for senders on its own machine"),
    "too large": (b" " * 101, {}, 413, "at most 100 bytes"),
    "too large when it is unpacked": (gzip.compress(b" " * 101), {"Content_Encoding": "gzip"}, 413, "at most 100 bytes"),
}


@pytest.mark.parametrize(("body", "options", "status", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_not_kept(
    receiver: OpenLineageReceiver, body: bytes, options: dict[str, Any], status: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if status == 413:
        monkeypatch.setattr(openlineage_receiver, "LARGEST", 100)
    answer = sent(receiver, body, **options)
    assert (answer.status_code, reason in answer.json()["error"]) == (status, True)
    assert not list(receiver.inbox.folder.iterdir())


def raw(receiver: OpenLineageReceiver, head: str, body: bytes = b"") -> bytes:
    """Send a request as it stands, end it, and return the line of its status."""
    with socket.create_connection(("127.0.0.1", int(receiver.url.rpartition(":")[2]))) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{head}\r\n".encode() + body)
        if body:
            connection.shutdown(socket.SHUT_WR)
        return connection.recv(1000).partition(b"\r\n")[0]


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        ("", b"", b"411"),
        ("Content-Length: -1\r\n", b"", b"411"),
        ("Transfer-Encoding: chunked\r\n", b"", b"411"),
        (f"Content-Length: {'9' * 5000}\r\n", b"", b"413"),
        (f"Content-Length: {len(BODY) + 1}\r\n", BODY[:-1], b"400"),
        ("Content-Length: 10\r\n", b"", b"408"),
    ],
)
def test_a_body_that_is_not_there_as_it_is_told_is_refused(
    receiver: OpenLineageReceiver, head: str, body: bytes, status: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openlineage_receiver._Handler, "timeout", 0.2)
    assert status in raw(receiver, head, body)
    assert not list(receiver.inbox.folder.iterdir())


def test_nobody_is_answered_but_on_this_machine(receiver: OpenLineageReceiver) -> None:
    assert receiver._server.server_address[0] == "127.0.0.1"


def test_a_sender_that_falls_silent_holds_up_nobody(receiver: OpenLineageReceiver) -> None:
    with socket.create_connection(("127.0.0.1", int(receiver.url.rpartition(":")[2]))) as silent:
        silent.sendall(b"POST /api/v1/lineage HTTP/1.1\r\n")
        assert sent(receiver, BODY).status_code == 201


def test_a_full_disk_is_said_and_spoils_no_other_event(receiver: OpenLineageReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        write = os.write
        patch.setattr(os, "write", lambda file, data: write(file, data[:20]))
        assert sent(receiver, BODY).status_code == 507
    assert sent(receiver, BODY).status_code == 201
    listing = kept(receiver)
    assert (len(listing), len(listing.errors)) == (1, 1)


def test_what_is_taken_can_be_read_again(receiver: OpenLineageReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(query: str) -> bytes:
        job = {"namespace": "etl", "name": query[:1], "facets": {"sql": {"query": query}}}
        return json.dumps({"eventTime": "2026-06-30T12:00:00Z", "job": job}, ensure_ascii=False).encode()

    assert [sent(receiver, told(query)).status_code for query in ("small", "é" * 8_000_000)] == [201, 201]
    assert sent(receiver, told("half").replace(b'{"eventTime"', b'{"producer": "\\ud800", "eventTime"')).status_code == 201
    listing = kept(receiver)
    assert ([node.name for node in listing], listing.errors) == (["etl/h", "etl/s", "etl/é"], ())
    monkeypatch.setattr("graph_ledger.connectors.openlineage_reading.inbox.LONGEST", 200)
    answer = sent(receiver, told("y" * 200))
    assert (answer.status_code, "an event has at most 200 bytes" in answer.text) == (400, True)


def test_a_folder_or_a_port_that_cannot_be_had_is_refused(tmp_path: Path, receiver: OpenLineageReceiver) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ValidationError, match="is no folder that events can be kept in"):
        Inbox(tmp_path / "file")
    with pytest.raises(ValidationError, match="nothing can listen on port"):
        OpenLineageReceiver(tmp_path, port=int(receiver.url.rpartition(":")[2]))
