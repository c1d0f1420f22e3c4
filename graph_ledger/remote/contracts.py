"""Contracts: the room of data models; asked of a service. Files are read and written on this machine."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from graph_ledger.contracts.elements import elements_of
from graph_ledger.contracts.files import read_tables, write_tables
from graph_ledger.contracts.inputs import read_metadata, read_report, read_rules
from graph_ledger.errors import ValidationError
from graph_ledger.remote import answers
from graph_ledger.remote.base import Asking
from graph_ledger.remote.plain import bound_of, flag_of, time_of, times_of
from graph_ledger.values.asked import name_of
from graph_ledger.values.contracts.change import SyncResult
from graph_ledger.values.contracts.concept import Binding, Census, Concept
from graph_ledger.values.contracts.gate import GateMode, GateResult
from graph_ledger.values.contracts.kinds import ANY, Kind, Profile, Status
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.namespace import DataModel
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.contracts.tables import Tables
from graph_ledger.values.history import History
from graph_ledger.values.lineage import Impact
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When
from graph_ledger.values.snapshot import Snapshot

if TYPE_CHECKING:
    from graph_ledger.remote.service import Service

FilePath = str | PathLike[str]
TABLES = TypeAdapter(Tables)


class RemoteContracting:
    """Data contracts."""

    _service: "Service"

    @cached_property
    def contracts(self) -> Any:  # a RemoteContracts; beside the database it is a Contracts, with the same verbs
        """Elements of data models, their revisions, contracts and addresses, and who reads them."""
        return RemoteContracts(self._service)


class RemoteContracts(Asking):
    """The room of contracts behind a service: every verb is asked over HTTP."""

    def __init__(self, service: "Service") -> None:
        self._service = service

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
        """Work a report into its namespace, all or nothing; ``report=None`` opens the namespace."""
        flags = {"strict": flag_of(strict, "strict"), "dry_run": flag_of(dry_run, "dry_run")}
        told = {"release": release, "actor": actor, "timestamp": time_of(timestamp, "timestamp")}
        return self._value(
            "contract_sync", SyncResult, **_inputs(report, metadata, rules), profile=profile, mode=_word(mode), **flags, **told
        )

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
        known = time_of(known_at, "known_at")
        return self._value(
            "contract_check", GateResult, **_inputs(report, metadata, rules), profile=profile, mode=_word(mode), known_at=known
        )

    def namespaces(self) -> Listed[DataModel]:
        """Return the namespaces that there are, by prefix, each as its newest report left it."""
        return listed(self._values("contract_namespaces", "namespaces", DataModel), DataModel, "data model")

    def get(self, ref: str, *, as_of: When | None = None, known_at: When | None = None) -> Concept:
        """Return one element: the one that was called so at the moment, else the one that is meant today."""
        return self._value("contract_show", Concept, ref=ref, **times_of(as_of, known_at))

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
        asked = {"prefix": prefix, "kind": _word(kind), "status": _word(status) or ANY, **times_of(as_of, known_at)}
        return listed(self._ask("contract_list", _concepts, **asked), Concept, "concept")

    def history(self, ref: str, *, as_of: When | None = None, known_at: When | None = None) -> History:
        """Return the revisions of an element, newest first, whatever it was called."""
        return History(self._ask("contract_history", answers.events, ref=ref, **times_of(as_of, known_at)))

    def binding(self, prefix: str, serial: int | str, *, as_of: When | None = None, known_at: When | None = None) -> Binding:
        """Return what a bare serial in a payload, or a URI, stands for: its runtime path at the moment, and its successor."""
        if isinstance(serial, bool) or not isinstance(serial, (int, str)):
            raise ValidationError(f"a binding is asked for by its serial, a number, or its URI, not by {serial!r}")
        return self._value("contract_binding", Binding, prefix=prefix, serial=str(serial), **times_of(as_of, known_at))

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
        bounds = {"depth": bound_of(depth, "depth"), "limit": bound_of(limit, "limit")}
        return self._ask("contract_impact", answers.impact, ref=ref, **bounds, **times_of(as_of, known_at))

    def consume(
        self, model: ModelLike, ref: str, *, actor: str, contract: str | None = None, timestamp: When | None = None
    ) -> tuple[Snapshot, Snapshot]:
        """Let a model read an element, and pin it to a contract: that of now, or an earlier one of the same element."""
        return self._declared("contract_consume", model, ref, actor, contract, timestamp)

    def produce(
        self, model: ModelLike, ref: str, *, actor: str, contract: str | None = None, timestamp: When | None = None
    ) -> tuple[Snapshot, Snapshot]:
        """Let a model write an element, and pin it to a contract, likewise."""
        return self._declared("contract_produce", model, ref, actor, contract, timestamp)

    def census(self, prefix: str, elements: Iterable[tuple[str, Kind | str]]) -> Census:
        """Compare the elements of a composed model, each a label and a kind, with the ledger; all findings at once."""
        given = [{"label": label, "kind": str(kind)} for label, kind in elements_of(elements)]
        return self._value("contract_census", Census, prefix=prefix, elements=given)

    def tables(self, prefix: str) -> Tables:
        """Return the four tables of a namespace."""
        return self._service.told("contract_tables", _tables, prefix=prefix)

    def export(self, prefix: str, folder: FilePath, *, columns: Profile = "seed") -> Tables:
        """Write the four files of a namespace on this machine; return their tables."""
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
        """Make a namespace of the four files of a folder on this machine, serials and URIs kept; its export is byte-equal."""
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
        """Make a namespace of four tables, likewise; of a large one the service may refuse to take in so much at once."""
        rows = {name: getattr(tables, name) for name in ("concepts", "revisions", "contracts", "bindings")}
        told = {"profile": profile, "actor": actor, "timestamp": time_of(timestamp, "timestamp")}
        return self._value("contract_import", SyncResult, tables=rows, metadata=_metadata(metadata), **told)

    def _declared(
        self, tool: str, model: ModelLike, ref: str, actor: str, contract: str | None, timestamp: When | None
    ) -> tuple[Snapshot, Snapshot]:
        said = {"actor": actor, "contract": contract, "timestamp": time_of(timestamp, "timestamp")}
        return self._ask(tool, _both, model=name_of(model), ref=ref, **said)


def _inputs(report: Any, metadata: Any, rules: Any) -> dict[str, Any]:
    """Read what a sync is given on this machine, in the words of this machine; rules as they were given, as what is left out counts."""
    return {
        "report": None if report is None else read_report(report).model_dump(mode="json"),
        "metadata": _metadata(metadata),
        "rules": read_rules(rules).model_dump(mode="json", exclude_unset=True),
    }


def _metadata(metadata: Metadata | Mapping[str, Any] | FilePath) -> dict[str, Any]:
    return read_metadata(metadata).model_dump(mode="json", exclude_none=True)


def _word(given: str | None) -> str | None:
    return None if given is None else str(given).upper()


def _concepts(told: Mapping[str, Any]) -> list[Concept]:
    return [Concept.model_validate(each) for each in told["concepts"]]


def _tables(told: bytes) -> Tables:
    return TABLES.validate_json(told)


def _both(told: Mapping[str, Any]) -> tuple[Snapshot, Snapshot]:
    return Snapshot.model_validate(told["model"]), Snapshot.model_validate(told["container"])
