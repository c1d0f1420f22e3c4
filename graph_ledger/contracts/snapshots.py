"""A snapshot: the complete state of a model at one time, as nested mappings."""

from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr, ValidationError, model_validator
from typing_extensions import Self

from graph_ledger.contracts.adapters.choose import ADAPTERS, read_model
from graph_ledger.contracts.inputs import faults, load_json, load_yaml
from graph_ledger.errors import ReportError, RulesError
from graph_ledger.values.contracts.events import LISTS, aspects_of, check_aspects, instance_list, label_of
from graph_ledger.values.contracts.kinds import ChangeType, Kind

Label = Annotated[StrictStr, AfterValidator(label_of)]
Names = Annotated[tuple[Label, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given or ())]
Aspects = Annotated[dict[StrictStr, Any], AfterValidator(aspects_of)]

READ = frozenset({".yaml", ".yml", ".json"}).union(*ADAPTERS)
LANGUAGES = (
    "a snapshot is YAML (.yaml, .yml) or JSON (.json), or a model in vspec (.vspec) or GraphQL SDL (.graphql, .graphqls, .gql); "
    "out of any other language an adapter of yours writes one"
)


class _Element(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    renamed_from: Names = ()
    aspects: Aspects = {}


class Leaf(_Element):
    """A property, or a value of a set."""


class Container(_Element):
    """An entity with its properties, or an enumeration set with its values."""

    kind: Kind | None = None
    instances: tuple[Any, ...] | None = None
    properties: dict[Label, Leaf] = {}
    values: dict[Label, Leaf] = {}

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.what.is_container:
            raise ValueError(f"{self.what} stands under the properties or values of what holds it")
        if self.what is Kind.ENTITY and self.values:
            raise ValueError("an ENTITY has properties, not values")
        if self.what is Kind.ENUMERATION_SET and (self.properties or self.instances):
            raise ValueError("an ENUMERATION_SET has values, and neither properties nor instances")
        if set(self.aspects) & set(LISTS):
            raise ValueError("instances stand beside the aspects, not among them")
        instance_list(self.instances, LISTS[0])
        check_aspects(self.what, ChangeType.ADDED, self.aspects)
        return self

    @property
    def what(self) -> Kind:
        """Its kind; left out, a set is what has values, and all else an entity."""
        return self.kind or (Kind.ENUMERATION_SET if "values" in self.model_fields_set else Kind.ENTITY)

    @property
    def children(self) -> Mapping[str, Leaf]:
        """What it holds."""
        return self.values if self.what is Kind.ENUMERATION_SET else self.properties

    @property
    def child_kind(self) -> Kind:
        """The kind of what it holds."""
        return Kind.ENUM_VALUE if self.what is Kind.ENUMERATION_SET else Kind.PROPERTY


class Snapshot(BaseModel):
    """The containers of a model, by label."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    elements: dict[Label, Container]

    @model_validator(mode="after")
    def _once(self) -> Self:
        seen: set[str] = set()
        for label, container in self.elements.items():
            for each in (label, *container.children):
                if each in seen:
                    raise ValueError(f"duplicate: {each!r} stands for two elements")
                seen.add(each)
        return self


def read_snapshot(source: Mapping[str, Any] | str | PathLike[str] | None) -> Snapshot:
    """Return a snapshot; an empty file, like None, is that of a model before its first release.

    Raises:
        ReportError: It is no snapshot; the message says where.
    """
    try:
        return _read(source)
    except ReportError as error:
        if source is None or isinstance(source, Mapping) or Path(source).suffix.lower() in READ or Path(source).is_dir():
            raise
        raise ReportError(f"{error}; {LANGUAGES}") from None


def _read(source: Mapping[str, Any] | str | PathLike[str] | None) -> Snapshot:
    file, found = (None, source) if source is None or isinstance(source, Mapping) else (fspath(source), _loaded(source))
    try:
        return Snapshot.model_validate({"elements": {} if found is None else dict(found) if isinstance(found, Mapping) else found})
    except ValidationError as error:
        raise ReportError(f"Invalid snapshot: {faults(error, found)}", file=file) from None


def _loaded(source: str | PathLike[str]) -> Any:
    model = read_model(source)
    if model is not None:
        return model
    if Path(source).suffix.lower() == ".json":
        return load_json(source)
    try:
        return load_yaml(source)
    except RulesError as error:
        raise ReportError(str(error)) from None
