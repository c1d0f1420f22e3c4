"""A service of few words: says what it is told to say, whatever it is asked, and remembers what it was asked."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

OPENED = b'{"models": []}'
"""What every client asks first."""


class Said(NamedTuple):
    """One answer; without a status the connection is broken instead."""

    status: int | None = 200
    body: bytes = OPENED
    kind: str = "application/json"
    headers: dict[str, str] = {}  # noqa: RUF012  # nobody changes it


class Strange(ThreadingHTTPServer):
    """Answers what stands next on its list."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Said] = []
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Strange

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.asked.append((self.path, dict(self.headers)))
        said = self.server.answers.pop(0) if self.server.answers else Said()
        if said.status is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(said.status)
        for name, value in {"Content-Type": said.kind, "Content-Length": str(len(said.body)), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body)

    do_POST = do_GET  # noqa: N815  # as the library asks

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def strange() -> Iterator[Strange]:
    """Serve until the block ends."""
    with Strange() as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
