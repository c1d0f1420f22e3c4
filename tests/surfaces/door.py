"""A door in front of the test database: shut, nobody gets in, and who is in is put out."""

import socket
from contextlib import suppress
from threading import Event, Thread
from urllib.parse import urlsplit


class Door:
    """Hands on what comes to an address of its own; it can be shut and opened again."""

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._behind = (str(parts.hostname), int(parts.port or 7687))
        self._open: list[socket.socket] = []
        self._port = 0
        self._going = Event()
        self._going.set()
        self.open()
        self.uri = f"bolt://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Let everybody in."""
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        self._open = [listener]
        Thread(target=self._welcome, args=(listener,), daemon=True).start()

    def shut(self) -> None:
        """Let nobody in."""
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def hold(self) -> None:
        """Keep everybody where they are: what is sent is neither handed on nor refused."""
        self._going.clear()

    def go_on(self) -> None:
        """Hand on what was held, and what comes."""
        self._going.set()

    def _welcome(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                guest = listener.accept()[0]
                inside = socket.create_connection(self._behind)
                self._open += [guest, inside]
                for ends in ((guest, inside), (inside, guest)):
                    Thread(target=_hand_on, args=(*ends, self._going), daemon=True).start()


def _hand_on(giver: socket.socket, taker: socket.socket, going: Event) -> None:
    with suppress(OSError):
        while part := giver.recv(65_536):
            going.wait()
            taker.sendall(part)
        taker.shutdown(socket.SHUT_WR)
