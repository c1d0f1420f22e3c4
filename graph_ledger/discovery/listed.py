"""Listed: what a reading names, so that it can be told what it does not name."""

from collections.abc import Generator, Iterable, Sequence

from graph_ledger.database.database import Transaction
from graph_ledger.discovery.twins import Placed, last_of_twins
from graph_ledger.errors import GraphLedgerError
from graph_ledger.models.resolve import named
from graph_ledger.values.listing import RowError
from graph_ledger.values.node import DataNode, check_name, check_platform, key_of

BEFORE = "it was listed before: of a stream the first one counts"
NAMELESS = "it has no name that can be read, so nothing is concluded from what is missing"


class Listed:
    """The names of one reading, and whether each of its rows had one."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._bare: set[str] = set()
        self.nameless = 0
        """Rows whose name cannot be read: they may be any model, so nothing can be said to be missing."""
        self.errors: list[RowError] = []
        """Rows of a stream that it had listed before."""

    def placed(self, nodes: Iterable[DataNode]) -> list[Placed] | Generator[Placed, None, None]:
        """Return the nodes with their places, twins told apart: the last counts of nodes that are all there, the first of a stream."""
        if isinstance(nodes, Sequence):
            distinct = last_of_twins(nodes)
            for _, node in distinct:
                self.note(node)
            return distinct
        return self._firsts(nodes)

    def note(self, node: object) -> tuple[str, str] | None:
        """Remember what a node is called; return its platform and name, None where they cannot be read."""
        called = _called(node)
        if called is None:
            self.nameless += 1
        elif called[0]:
            self._keys.add(key_of(*called))
        else:
            self._bare.add(called[1])
        return called

    def keys(self, transaction: Transaction) -> set[str]:
        """Return the keys that the reading may mean: a name without a platform means any model of that name."""
        others = named(transaction, sorted(self._bare)) if self._bare else {}
        bare = {key_of("", name) for name in self._bare}
        return self._keys | bare | {key for keys in others.values() for key in keys}

    def _firsts(self, nodes: Iterable[DataNode]) -> Generator[Placed, None, None]:
        """Leave out what was listed before, also without its platform: written twice, a repeated run would not be silent."""
        names: set[str] = set()
        for place, node in enumerate(nodes):
            known = len(self._keys), len(self._bare)
            called = self.note(node)
            if called is not None:
                platform, name = called
                again = known == (len(self._keys), len(self._bare)) or (name in names if not platform else name in self._bare)
                if again:
                    self.errors.append(RowError(where=f"node {place + 1}, {name[:60]!r}", reason=BEFORE))
                    continue
                names.add(name)
            yield place, node


def _called(node: object) -> tuple[str, str] | None:
    if not isinstance(node, DataNode):
        return None
    try:
        return check_platform(node.platform), check_name(node.name)
    except (GraphLedgerError, ValueError):  # a lone surrogate is a ValueError
        return None
