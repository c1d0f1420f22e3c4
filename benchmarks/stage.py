"""Stage: a server of its own, the ledger on it, the peer beside it, and what both hold."""

import sys
from contextlib import ExitStack
from types import TracebackType

from benchmarks.estates import ESTATES, TODAY, data_nodes, empty
from benchmarks.graph import make_graph
from benchmarks.peer.calls import Answer, Call
from benchmarks.peer.peer import Peer
from graph_ledger import Ledger, server
from graph_ledger.settings import Settings

WALKS = 20
ENVIRONMENT: dict[str, str] = {}
"""What names the database of the stage to a process of its own."""


class Stage:
    """Where a run takes place; the user's own graph is never touched."""

    def __init__(self, *, peer: bool = True) -> None:
        with ExitStack() as stack:
            self.server = stack.enter_context(server.temporary(Settings().cache))
            self.uri, self.auth = str(self.server.status.uri), server.credentials(self.server.status.home)
            user, password = self.auth
            ENVIRONMENT.update(GRAPH_LEDGER_URI=self.uri, GRAPH_LEDGER_USER=user, GRAPH_LEDGER_PASSWORD=password)
            self.ledger = stack.enter_context(Ledger(self.uri, auth=self.auth))
            self.peer = stack.enter_context(Peer()) if peer else None
            self.held: set[str] = set()
            self._closing = stack.pop_all()

    def warm_up(self, size: int = 4_000) -> None:
        """Let the server compile: load, repeat, change and walk another graph, then forget it."""
        say("warming the server up")
        nodes = make_graph(size, seed=11)
        for version in ("1.0.1", "1.0.2"):
            self.ledger.add(data_nodes(nodes))
            self.ledger.add(data_nodes(nodes))
            self.ledger.add(data_nodes(nodes, version))
            for number in range(WALKS):
                start, end = nodes[number].name, nodes[-1 - number].name
                self.ledger.downstream(start)
                self.ledger.downstream(start, as_of=TODAY)
                self.ledger.trace(end)
                self.ledger.latest(end)
                self.ledger.inventory_at(TODAY)
            empty(self.ledger)

    def hold(self, estate: str, size: int) -> None:
        """See to it that both sides hold an estate; ``empty`` is made anew each time."""
        if estate in self.held:
            return
        wanted = ESTATES[estate]
        for needed in wanted.needs:
            self.hold(needed, size)
        if estate != "empty":
            say(f"loading {estate}")
        wanted.load(self.ledger, size)
        for call in wanted.calls(size):
            self.ask(call)
        self.held = set() if estate == "empty" else self.held - set(wanted.spoils) | {estate}

    def holds(self, estate: str) -> None:
        """Note that what was timed has left this."""
        self.held = {estate}

    def ask(self, call: Call) -> Answer:
        """Ask the peer, where there is one."""
        return self.peer.call(call) if self.peer is not None else Answer(0.0)

    def __enter__(self) -> "Stage":  # noqa: PYI034
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing.close()


def say(text: str) -> None:
    """Tell the person who waits."""
    print(f"... {text}", file=sys.stderr, flush=True)
