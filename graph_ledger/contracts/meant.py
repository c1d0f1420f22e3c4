"""Who is meant: which concept each label of a report speaks of, whatever the order of its events."""

from graph_ledger.contracts.draft import Draft, Held
from graph_ledger.contracts.living import Living
from graph_ledger.errors import SyncError
from graph_ledger.values.contracts.kinds import ChangeType, Status
from graph_ledger.values.contracts.report import DiffReport, Event


class Meant:
    """The labels of a report.

    ``renamed_from`` is a label as it was before the report. Any other label is one as it is afterwards; where nobody has it then, one as it
    was before. What is REMOVED goes by the label before, unless that was given to another.
    """

    def __init__(self, living: Living, report: DiffReport) -> None:
        self._before = {label: concept.concept_uri for label, concept in living.concepts.items()}
        self._after: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        for event in report.changes:
            if event.renamed_from is not None:
                self._rename(event, event.renamed_from)

    def added(self, held: Held) -> None:
        """Take in a concept that the report adds."""
        self._take(held.label, held.uri)

    def by(self, event: Event) -> str:
        """Return the URI of the concept that an event changes or removes.

        Raises:
            SyncError: No living concept has that label.
        """
        if event.renamed_from is not None:
            return self._before[event.renamed_from]
        before, after = self._before.get(event.label), self._after.get(event.label)
        if event.change_type is ChangeType.REMOVED and before is not None and before not in self._renamed:
            return before
        uri = after or before
        if uri is None:
            raise SyncError(f"No concept found with the label {event.label!r}")
        return uri

    def owner(self, label: str) -> str:
        """Return the URI of the container that a label names.

        Raises:
            SyncError: No living concept has that label.
        """
        uri = self._after.get(label) or self._before.get(label)
        if uri is None:
            raise SyncError(f"No concept found with the parent_label {label!r}")
        return uri

    def check(self, draft: Draft) -> None:
        """Refuse a report that leaves two living concepts with one label.

        Raises:
            SyncError: It does.
        """
        for label, uri in self._after.items():
            held, other = draft.held(uri), draft.held(self._before.get(label))
            both = held is not None and other is not None and held.uri != other.uri and other.label == label
            if both and held is not None and other is not None and held.status is other.status is Status.ACTIVE:
                raise SyncError(f"Duplicate current_label: {label!r} is the label of {other.uri} already")

    def _rename(self, event: Event, before: str) -> None:
        uri = self._before.get(before)
        if uri is None:
            raise SyncError(f"No concept found with the label {before!r}, from which {event.label!r} is said to be renamed")
        if self._renamed.setdefault(uri, event.label) != event.label:
            raise SyncError(f"{before!r} is renamed twice, to {self._renamed[uri]!r} and to {event.label!r}")
        self._take(event.label, uri)

    def _take(self, label: str, uri: str) -> None:
        if self._after.setdefault(label, uri) != uri:
            raise SyncError(f"Duplicate current_label: the report gives {label!r} to two concepts")
