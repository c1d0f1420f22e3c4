"""Rules: which aspects break a contract when they change."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from graph_ledger.values.contracts.kinds import Kind, Profile
from graph_ledger.values.value import Value

REFUSED = frozenset({"name.added", "name.removed"})
SEED_STAND_INS = {Kind.ENUMERATION_SET: Kind.ENTITY, Kind.ENUM_VALUE: Kind.PROPERTY}


def _keys(section: dict[str, bool]) -> dict[str, bool]:
    for key in section:
        if not key.strip():
            raise ValueError("an aspect must not be blank")
        if key in REFUSED:
            raise ValueError(f"{key!r}: a name is only ever modified; say name or name.modified")
    return section


Section = Annotated[dict[str, bool], AfterValidator(_keys)]


class Rules(Value):
    """Which aspects break, section by section: true breaks, false is known and harmless, absent is unknown.

    >>> Rules(property={"unit": True}).verdict(Kind.PROPERTY, "seed", "unit", "modified")
    True
    """

    entity: Section = {}
    """Aspects of entities, `instances`, and `properties` for what their content lists; a key may end in .added, .modified or .removed."""
    property: Section = {}
    """Aspects of properties; a rename is `name`."""
    enumeration_set: Section = {}
    """Aspects of enumeration sets, and `values` for what their content lists; in the seed profile `entity` when left out."""
    enum_value: Section = {}
    """Aspects of enumeration values; in the seed profile `property` when left out."""

    def section(self, kind: Kind, profile: Profile) -> Mapping[str, bool]:
        """Return the rules for a kind; in the seed profile those of entities and properties stand in for absent ones."""
        stand_in = SEED_STAND_INS.get(kind)
        if profile == "seed" and stand_in is not None and kind.value.lower() not in self.model_fields_set:
            kind = stand_in
        found: Mapping[str, bool] = getattr(self, kind.value.lower())
        return found

    def verdict(self, kind: Kind, profile: Profile, key: str, operation: str) -> bool | None:
        """Say whether an operation on an aspect breaks; None where no rule knows it."""
        section = self.section(kind, profile)
        return section.get(f"{key}.{operation}", section.get(key))
