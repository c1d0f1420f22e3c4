"""Concept and Binding: an element of a data model, and the addresses at which it is met, as of one moment."""

from typing import Any

from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.value import Value


class Binding(Value):
    """An address of a property at run time.

    >>> Binding(serial=24, uri="urn:x#bindings/o", runtime_path="Door.Left", concept_uri="urn:x#concepts/3", contract_uri="").serial
    24
    """

    serial: int
    """Its number in the namespace, as payloads carry it."""
    uri: str
    """Its identity, for ever."""
    runtime_path: str
    """The address at the moment asked for."""
    instance_label: str | None = None
    """Which instance; None where there is but one."""
    status: Status = Status.ACTIVE
    """Where it stands at that moment."""
    concept_uri: str
    """The property that is met there."""
    contract_uri: str
    """What was agreed on it."""
    superseded_by: str | None = None
    """URI of the binding that had taken its place by then; None where none had."""
    successor: str | None = None
    """URI of the binding that held then, at the end of all that took its place; None where it held itself, or none did."""


class Concept(Value):
    """An element of a data model, as of one moment; its URI never changes.

    Source: ``docs/contracts/graph.md``.
    """

    prefix: str
    """The namespace that it is in."""
    serial: int
    """Its number in the namespace."""
    concept_uri: str
    """Its identity, for ever."""
    label: str
    """What it is called: its full dotted path."""
    previous_labels: tuple[str, ...] = ()
    """What it was called before, newest first."""
    kind: Kind
    """What it is; set once."""
    status: Status
    """ACTIVE or REMOVED."""
    parent: str | None = None
    """Label of what holds it; None on a container."""
    instances: tuple[str, ...] = ()
    """The instances of an entity, which its properties have too."""
    aspects: dict[str, Any] | None = None
    """What is said of it; None where nobody knows, as it came from files, which do not say."""
    revision_uri: str | None = None
    """Its newest revision."""
    contract_uri: str | None = None
    """The contract that holds; of something removed the last one."""
    bindings: tuple[Binding, ...] = ()
    """The addresses at which it can be met, by serial."""
    model: str | None = None
    """Key of the container's model in the graph, of today."""
    port: str | None = None
    """The port that its readers name; None where it was removed."""


class Census(Value):
    """What a composed model and the ledger say of each other; all findings at once.

    >>> Census(prefix="mp").complete
    True
    """

    prefix: str
    """The namespace."""
    matches: tuple[str, ...] = ()
    """Labels that both know, as the same kind."""
    duplicates: tuple[str, ...] = ()
    """Labels that the model names more than once."""
    not_in_ledger: tuple[str, ...] = ()
    """Labels of the model that are no living concept."""
    not_in_model: tuple[str, ...] = ()
    """Living concepts that the model does not name."""
    wrong_kind: tuple[str, ...] = ()
    """Labels that both know, as different kinds."""

    @property
    def complete(self) -> bool:
        """Whether the two agree."""
        return not (self.duplicates or self.not_in_ledger or self.not_in_model or self.wrong_kind)
