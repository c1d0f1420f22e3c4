"""DataModel: a namespace of elements, and how it stands."""

from datetime import datetime

from graph_ledger.values.contracts.kinds import Profile
from graph_ledger.values.value import Row


class DataModel(Row):
    """A namespace of elements, as its newest report left it.

    Source: ``docs/contracts/graph.md``.
    """

    prefix: str
    """What stands for it in references."""
    namespace_uri: str
    """What every identity in it begins with."""
    purpose: str
    """What it is for: its name, where nobody said more."""
    key: str
    """Its name in the graph: a group, whose members are its entities and vocabularies."""
    owner: str
    """Who answers for it; empty where nobody said."""
    elements: int
    """How many living elements it has."""
    profile: Profile
    """Whose behaviour counts."""
    mode: str | None
    """What has to hold between its states; None where nobody said."""
    release: str | None
    """What its newest report was released as; None where it was not."""
    synced_at: datetime | None
    """Time of its newest report, UTC; None where there was none."""
