"""Binding: what a bare serial in a payload stands for, as of a moment, and what took its place."""

from graph_ledger.contracts.graph.namespace import check_there
from graph_ledger.contracts.graph.past import at
from graph_ledger.database.database import Database
from graph_ledger.errors import ConceptNotFoundError, ValidationError
from graph_ledger.values.bound import check_bound
from graph_ledger.values.contracts.concept import Binding
from graph_ledger.values.contracts.kinds import Status
from graph_ledger.values.moment import LATEST, Moment


def binding(database: Database, prefix: str, serial: int | str, moment: Moment) -> Binding:
    """Return the binding of a serial, or of a URI, with the address that it stood for at a moment.

    ``serial`` is a number as payloads carry it, or a URI. At a moment at which it did not hold, ``status`` says how it ended, and
    ``runtime_path`` is its last address.

    Raises:
        ConceptNotFoundError: There is no such namespace, or it has none of that serial, or had none yet at the moment.
    """
    number, uri = _asked(serial)
    rows = database.read(
        "contracts/bindings", serial=number, uri=uri, prefix=prefix.lower() or None,
        as_of=moment.as_of or LATEST, known_at=moment.known_at or LATEST,
    )["bindings"]  # fmt: skip
    if not rows:
        if prefix:
            check_there(database, prefix)
        raise ConceptNotFoundError(f"{prefix} {serial}".strip(), what="binding")
    place, own, instance, path, status, contract, concept, following, newest, was_there, held = rows[0]
    if not was_there:
        raise ConceptNotFoundError(f"{prefix} {serial}".strip(), what="binding", later=True)
    found = Binding(
        serial=place, uri=own, instance_label=instance, runtime_path=path, status=Status.ACTIVE if held else Status(status),
        concept_uri=concept, contract_uri=contract, superseded_by=following, successor=newest,
    )  # fmt: skip
    if moment.is_today or not held:
        return found
    paths = {each.uri: each.runtime_path for state in at(database, moment, uris=[concept]) for each in state.bindings}
    return found.model_copy(update={"runtime_path": paths.get(own, path)})


def _asked(serial: int | str) -> tuple[int | None, str | None]:
    if isinstance(serial, bool) or not isinstance(serial, (int, str)):
        raise ValidationError(f"a binding is asked for by its serial, a number, or its URI, not by {serial!r}")
    if isinstance(serial, int) or serial.isdecimal():
        return check_bound(int(serial), "serial", least=0), None
    if "/" not in serial:
        raise ValidationError(f"a binding is asked for by its serial, a number, or its URI, not by {serial!r}")
    return None, serial
