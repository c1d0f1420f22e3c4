"""The gate against readers and writers that are tried on one another."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.contracts.gate.grade import grade
from graph_ledger.contracts.gate.states import State, Touched
from graph_ledger.values.contracts.gate import Direction, GateMode
from graph_ledger.values.contracts.kinds import Kind
from graph_ledger.values.contracts.rules import Rules

VALUES: dict[str, tuple[float, float]] = {
    "UInt8": (0, 255),
    "Int8": (-128, 127),
    "UInt16": (0, 65_535),
    "Int16": (-32_768, 32_767),
    "Int": (-(2**31), 2**31 - 1),
    "Long": (-(2**63), 2**63 - 1),
    "Float": (-3.4e38, 3.4e38),
    "Double": (-1.7e308, 1.7e308),
}


class Field(NamedTuple):
    """What a schema says of one property."""

    type: str
    unit: str
    many: bool
    required: bool


class Schema(NamedTuple):
    """One model: an entity with a list of instances, its properties, and the values of one enumeration."""

    fields: dict[str, Field]
    words: frozenset[str]
    places: frozenset[str]


FIELDS = st.builds(Field, st.sampled_from([*VALUES, "String"]), st.sampled_from(["m", "km"]), st.booleans(), st.booleans())
SCHEMAS = st.builds(
    Schema,
    st.dictionaries(st.sampled_from("abc"), FIELDS, max_size=3),
    st.frozensets(st.sampled_from("xyz")),
    st.frozensets(st.sampled_from("lr"), min_size=1),
)


def holds(reader: str, writer: str) -> bool:
    """Say whether every value of one type is one of the other."""
    if reader == writer:
        return True
    if reader not in VALUES or writer not in VALUES:
        return False
    return VALUES[reader][0] <= VALUES[writer][0] and VALUES[writer][1] <= VALUES[reader][1]


def reads_field(reader: Field | None, writer: Field | None) -> bool:
    """Say whether a reader takes a property as a writer may leave it."""
    if reader is None:
        return True
    if reader.required and (writer is None or not writer.required):
        return False
    return writer is None or (holds(reader.type, writer.type) and reader.unit == writer.unit and reader.many == writer.many)


def compatible(versions: list[Schema], direction: Direction, *, transitive: bool) -> bool:
    """Try old and new on each other, element by element; only what the last step changed is tried against older ones."""
    *old, last, new = versions
    for name in {*last.fields, *new.fields}:
        if last.fields.get(name) != new.fields.get(name):
            past = [each.fields[name] for each in old if transitive and name in each.fields]
            for was in (last.fields.get(name), *past):
                pair = (new.fields.get(name), was) if direction is Direction.BACKWARD else (was, new.fields.get(name))
                if not reads_field(*pair):
                    return False
    written, read = (last.words, new.words) if direction is Direction.BACKWARD else (new.words, last.words)
    if not written <= read:
        return False
    lists = [last.places, *(each.places for each in old if transitive)] if last.places != new.places else []
    return direction is Direction.BACKWARD or all(was <= new.places for was in lists)


ENTITY, WORDS = State("e", "E", Kind.ENTITY, aspects={}, contract_uri="k"), State("s", "S", Kind.ENUMERATION_SET, aspects={})


def as_field(name: str, found: Field) -> State:
    aspects: dict[str, Any] = {"output_type": found.type, "unit": found.unit, "is_list": found.many, "is_required": found.required}
    return State(name, f"E.{name}", Kind.PROPERTY, "e", aspects, contract_uri="k")


def as_word(name: str) -> State:
    return State(name, f"S.{name}", Kind.ENUM_VALUE, "s", {}, contract_uri="k")


def as_entity(schema: Schema) -> State:
    return State("e", "E", Kind.ENTITY, aspects={}, instances=tuple(sorted(schema.places)), contract_uri="k")


def steps(last: Schema, new: Schema) -> Iterator[Touched]:
    for name in sorted({*last.fields, *new.fields}):
        was, now = last.fields.get(name), new.fields.get(name)
        if was != now:
            yield Touched(was and as_field(name, was), now and as_field(name, now), ENTITY)
    for name in sorted(last.words ^ new.words):
        yield Touched(as_word(name) if name in last.words else None, as_word(name) if name in new.words else None, WORDS)
    if last.places != new.places:
        yield Touched(as_entity(last), as_entity(new))


@given(versions=st.lists(SCHEMAS, min_size=2, max_size=5), mode=st.sampled_from(list(GateMode)))
def test_the_gate_says_what_readers_and_writers_find_out(versions: list[Schema], mode: GateMode) -> None:
    *old, last, new = versions
    earlier = {name: [as_field(name, each.fields[name]) for each in old if name in each.fields] for name in "abc"}
    earlier |= {"e": [as_entity(each) for each in old]} | {name: [as_word(name) for each in old if name in each.words] for name in "xyz"}
    clashes = grade(steps(last, new), mode, Rules(), earlier=earlier).clashes
    for direction in Direction:
        said = not any(clash.direction is direction for clash in clashes)
        expected = direction not in mode.directions or compatible(versions, direction, transitive=mode.is_transitive)
        assert said is expected
