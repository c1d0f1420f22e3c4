"""Ports of this machine that nobody listens on."""

import socket
from contextlib import ExitStack
from typing import NamedTuple

LOOPBACK = "127.0.0.1"


class Ports(NamedTuple):
    """Where one server listens."""

    bolt: int
    http: int


DEFAULT = Ports(bolt=7687, http=7474)
ANY = Ports(bolt=0, http=0)


def free_ports(wanted: Ports = DEFAULT) -> Ports:
    """Return the wanted ports, each moved to a free one when it is taken; 0 asks for any."""
    with ExitStack() as held:
        sockets = [held.enter_context(_bound(port)) for port in wanted]
        return Ports(*(each.getsockname()[1] for each in sockets))


def _bound(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was closed a moment ago is free
    try:
        listener.bind((LOOPBACK, port))
    except OSError:
        listener.bind((LOOPBACK, 0))
    return listener
