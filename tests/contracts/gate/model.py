"""A small model as it lives before a report, and what the gate says of one."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.contracts.gate.grade import Graded, grade
from graph_ledger.contracts.gate.states import State, touched
from graph_ledger.contracts.living import Living, LivingConcept
from graph_ledger.contracts.plan_sync import plan_sync
from graph_ledger.values.contracts.change import Counts
from graph_ledger.values.contracts.gate import GateMode
from graph_ledger.values.contracts.kinds import Kind, Profile
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules

NS = "http://ns.example/"
SPEED: dict[str, Any] = {"output_type": "Int", "unit": "km/h", "is_list": False, "is_required": False, "note": "x"}


def living(speed: Mapping[str, Any] | None = None, *, instances: tuple[str, ...] = (), known: bool = True) -> Living:
    """Return Vehicle with Speed, and SpeedUnit with KMH; unless known, as read from files."""
    aspects = dict(SPEED if speed is None else speed)
    elements: list[tuple[str, Kind, int | None, dict[str, Any], tuple[str, ...]]] = [
        ("Vehicle", Kind.ENTITY, None, {"type": "branch"}, instances),
        ("SpeedUnit", Kind.ENUMERATION_SET, None, {}, ()),
        ("Vehicle.Speed", Kind.PROPERTY, 0, aspects, instances),
        ("SpeedUnit.KMH", Kind.ENUM_VALUE, 1, {}, ()),
    ]
    concepts = {
        label: LivingConcept(
            concept_uri=f"{NS}concepts/{serial}",
            label=label,
            kind=kind,
            parent_uri=None if parent is None else f"{NS}concepts/{parent}",
            instances=listed,
            revision_uri=f"{NS}revisions/{serial}",
            contract_uri=f"{NS}contracts/{serial}",
            aspects=told if known else None,
        )
        for serial, (label, kind, parent, told, listed) in enumerate(elements)
    }
    return Living(NS, Counts(concepts=4, revisions=4, contracts=4, bindings=9), concepts)


def gate(
    before: Living,
    events: list[dict[str, Any]],
    mode: str = "FULL",
    rules: dict[str, Any] | None = None,
    *,
    profile: Profile = "seed",
    earlier: Mapping[str, list[State]] | None = None,
) -> Graded:
    """Plan a report and grade it."""
    told = Rules.model_validate(rules or {})
    delta = plan_sync(before, DiffReport.model_validate({"changes": events}), told, profile)
    return grade(touched(before.concepts.values(), delta.changes), GateMode(mode), told, profile, earlier)


def directions(graded: Graded) -> set[str]:
    """Return in which directions anything breaks."""
    return {str(clash.direction) for clash in graded.clashes}
