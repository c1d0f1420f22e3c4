"""Census: what a composed model and the ledger say of each other."""

from collections import Counter
from collections.abc import Iterable

from graph_ledger.contracts.elements import elements_of
from graph_ledger.contracts.graph.namespace import check_there
from graph_ledger.contracts.graph.read import concepts
from graph_ledger.database.database import Database
from graph_ledger.values.contracts.concept import Census
from graph_ledger.values.contracts.kinds import Kind, Status


def census(database: Database, prefix: str, elements: Iterable[tuple[str, Kind | str]]) -> Census:
    """Compare the elements of a composed model, each a label and a kind, with the living concepts of a namespace.

    Raises:
        ConceptNotFoundError: There is no such namespace.
        ReportError: An element is no pair of a label and a kind.
    """
    known = {each.label: each.kind for each in concepts(database, prefix=prefix.lower(), status=Status.ACTIVE)}
    if not known:
        check_there(database, prefix)
    named = elements_of(elements)
    said, counted = dict(named), Counter(label for label, _ in named)
    return Census(
        prefix=prefix.lower(),
        matches=tuple(sorted(label for label, kind in said.items() if known.get(label) is kind)),
        duplicates=tuple(sorted(label for label, times in counted.items() if times > 1)),
        not_in_ledger=tuple(sorted(said.keys() - known.keys())),
        not_in_model=tuple(sorted(known.keys() - said.keys())),
        wrong_kind=tuple(sorted(label for label, kind in said.items() if known.get(label, kind) is not kind)),
    )
