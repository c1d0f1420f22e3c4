"""The room of contracts, as a ledger opens it."""

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import Any

from graph_ledger.contracts.check_tables import check_tables
from graph_ledger.contracts.files import read_tables, write_tables
from graph_ledger.contracts.graph import binding as bindings
from graph_ledger.contracts.graph import check as gates
from graph_ledger.contracts.graph import read
from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.census import census
from graph_ledger.contracts.graph.declare import Declaration, Role, declare
from graph_ledger.contracts.graph.export import tables
from graph_ledger.contracts.graph.impact import impact
from graph_ledger.contracts.graph.import_tables import import_tables
from graph_ledger.contracts.graph.sync import rehearse, sync
from graph_ledger.contracts.inputs import read_metadata, read_report, read_rules
from graph_ledger.database.database import Database
from graph_ledger.values.contracts.change import SyncResult
from graph_ledger.values.contracts.concept import Binding, Census, Concept
from graph_ledger.values.contracts.gate import GateMode, GateResult
from graph_ledger.values.contracts.kinds import Kind, Profile, Status
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.namespace import DataModel
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.contracts.tables import Tables
from graph_ledger.values.history import History
from graph_ledger.values.lineage import Impact
from graph_ledger.values.listed import Listed
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When, moment
from graph_ledger.values.snapshot import Snapshot

FilePath = str | PathLike[str]


class Contracts:
    """Data models in the graph: ``ledger.contracts``.

    ``report``, ``metadata`` and ``rules`` are a path, what the file holds, or the value. ``ref`` is ``PREFIX:LABEL`` with any label, old
    or new, a URI of a concept, revision, contract or binding, or a runtime path.
    """

    def __init__(self, database: Database, key_of: Callable[[ModelLike], str]) -> None:
        self._database, self._key_of = database, key_of

    def sync(
        self,
        report: DiffReport | Mapping[str, Any] | FilePath | None,
        *,
        metadata: Metadata | Mapping[str, Any] | FilePath,
        rules: Rules | Mapping[str, Any] | FilePath | None,
        profile: Profile = "seed",
        strict: bool = False,
        dry_run: bool = False,
        mode: GateMode | str | None = None,
        release: str | None = None,
        actor: str = "system",
        timestamp: When | None = None,
    ) -> SyncResult:
        """Work a report into its namespace, all or nothing; ``report=None`` opens the namespace.

        The report that was synced last, sent again, writes nothing.

        Raises:
            ReportError, RulesError: An input is not valid.
            SyncError: The report does not fit the namespace, or warns while ``strict``, or is older than the newest one.
            GateError: There is a ``mode``, and the change gate says no; ``.result`` says whom it hits.
        """
        asked = Asked(
            None if report is None else read_report(report), read_metadata(metadata), read_rules(rules), profile, strict,
            None if mode is None else str(gates.gate_mode(mode)), release, actor, timestamp,
        )  # fmt: skip
        return (rehearse if dry_run else sync)(self._database, asked, None if mode is None else gates.gate(mode))

    def check(
        self,
        report: DiffReport | Mapping[str, Any] | FilePath,
        *,
        metadata: Metadata | Mapping[str, Any] | FilePath,
        rules: Rules | Mapping[str, Any] | FilePath | None,
        mode: GateMode | str | None = None,
        profile: Profile = "seed",
        known_at: When | None = None,
    ) -> GateResult:
        """Say what a report would break, and for whom; write nothing."""
        return gates.check(self._database, report, metadata=metadata, rules=rules, mode=mode, profile=profile, known_at=known_at)

    def namespaces(self) -> Listed[DataModel]:
        """Return the namespaces that there are, by prefix, each as its newest report left it."""
        return read.namespaces(self._database)

    def get(self, ref: str, *, as_of: When | None = None, known_at: When | None = None) -> Concept:
        """Return one element: the one that was called so at the moment, else the one that is meant today.

        Raises:
            ConceptNotFoundError: Nothing is, or was, called so; ``.near`` lists what nearly is.
        """
        return read.get(self._database, ref, moment(as_of, known_at))

    def list(
        self,
        prefix: str | None = None,
        *,
        kind: Kind | str | None = None,
        status: Status | str | None = Status.ACTIVE,
        as_of: When | None = None,
        known_at: When | None = None,
    ) -> Listed[Concept]:
        """Return the elements of a namespace, or of all, by prefix and serial; ``status=None`` returns removed ones too."""
        return read.listing(self._database, prefix, moment(as_of, known_at), kind, status)

    def history(self, ref: str, *, as_of: When | None = None, known_at: When | None = None) -> History:
        """Return the revisions of an element, newest first, whatever it was called."""
        return read.history(self._database, ref, moment(as_of, known_at))

    def binding(self, prefix: str, serial: int | str, *, as_of: When | None = None, known_at: When | None = None) -> Binding:
        """Return what a bare serial in a payload, or a URI, stands for: its runtime path at the moment, and its successor."""
        return bindings.binding(self._database, prefix, serial, moment(as_of, known_at))

    def impact(
        self,
        ref: str,
        *,
        depth: int | None = None,
        limit: int | None = None,
        as_of: When | None = None,
        known_at: When | None = None,
    ) -> Impact:
        """Return whom a change of an element reaches along its own ports alone: readers by any of its names, and what they feed."""
        when = moment(as_of, known_at)
        return impact(self._database, read.get(self._database, ref, when), when, depth, limit)

    def consume(
        self, model: ModelLike, ref: str, *, actor: str, contract: str | None = None, timestamp: When | None = None
    ) -> tuple[Snapshot, Snapshot]:
        """Let a model read an element, and pin it to a contract: that of now, or an earlier one of the same element.

        Returns:
            The event of the model, and that of the element's container.
        """
        return self._declared(model, ref, "consumer", actor, contract, timestamp)

    def produce(
        self, model: ModelLike, ref: str, *, actor: str, contract: str | None = None, timestamp: When | None = None
    ) -> tuple[Snapshot, Snapshot]:
        """Let a model write an element, and pin it to a contract, likewise."""
        return self._declared(model, ref, "producer", actor, contract, timestamp)

    def census(self, prefix: str, elements: Iterable[tuple[str, Kind | str]]) -> Census:
        """Compare the elements of a composed model, each a label and a kind, with the ledger; all findings at once."""
        return census(self._database, prefix, elements)

    def tables(self, prefix: str) -> Tables:
        """Return the four tables of a namespace."""
        return tables(self._database, prefix)

    def export(self, prefix: str, folder: FilePath, *, columns: Profile = "seed") -> Tables:
        """Write the four files of a namespace; return their tables."""
        found = self.tables(prefix)
        write_tables(found, folder, columns)
        return found

    def import_folder(
        self,
        folder: FilePath,
        *,
        metadata: Metadata | Mapping[str, Any] | FilePath,
        profile: Profile = "seed",
        actor: str = "system",
        timestamp: When | None = None,
    ) -> SyncResult:
        """Make a namespace of the four files of a folder, serials and URIs kept; its export is byte-equal.

        Raises:
            LedgerFilesError: The files are no ledger.
            SyncError: The namespace is there already, and holds something else.
        """
        return self.import_tables(read_tables(folder), metadata=metadata, profile=profile, actor=actor, timestamp=timestamp)

    def import_tables(
        self,
        tables: Tables,
        *,
        metadata: Metadata | Mapping[str, Any] | FilePath,
        profile: Profile = "seed",
        actor: str = "system",
        timestamp: When | None = None,
    ) -> SyncResult:
        """Make a namespace of four tables, likewise."""
        check_tables(tables)
        asked = Asked(None, read_metadata(metadata), read_rules(None), profile, actor=actor, timestamp=timestamp)
        return import_tables(self._database, tables, asked)

    def _declared(
        self, model: ModelLike, ref: str, role: Role, actor: str, contract: str | None, timestamp: When | None
    ) -> tuple[Snapshot, Snapshot]:
        concept = self.get(ref)
        said = Declaration(self._key_of(model), concept, contract, role, actor)
        return declare(self._database, said, timestamp)
