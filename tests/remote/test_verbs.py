"""Every verb asked of a service answers what it answers beside the database."""

from collections.abc import Iterator
from datetime import date, datetime, timezone
from inspect import getattr_static, signature
from typing import Any

import pytest
from typing_extensions import get_overloads

from graph_ledger.ledger import Ledger
from graph_ledger.remote.tools import LARGEST, SILENT, TOOLS
from graph_ledger.remote_ledger import RemoteLedger
from graph_ledger.surfaces.tools import catalogue
from graph_ledger.values.model import ModelRef
from graph_ledger.values.silence import Silence
from tests.bank import loaded
from tests.remote.same import same
from tests.surfaces.rest.serving import served

GROUP, YEAR_AGO = "aml_monitoring", date(2025, 6, 30)
TODAY = datetime(2099, 12, 31, tzinfo=timezone.utc)
AT = {"as_of": YEAR_AGO}
MOMENTS: list[dict[str, Any]] = [{}, AT, {"as_of": "2026-03-31", "known_at": TODAY}, {"known_at": "2020-01-01"}]
ERASED = {"known_at": "2020-01-01"}


def dated(*arguments: Any, **given: Any) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Ask the same of several moments."""
    return [(arguments, {**given, **moment}) for moment in MOMENTS]


Question = tuple[tuple[Any, ...], dict[str, Any]]
READS: dict[str, list[Question]] = {
    "get": [*dated("fraud_scoring"), *dated("no such model"), (("credit_risk", ), {"as_of": datetime(2020, 1, 1)})],  # noqa: DTZ001
    "list": [*dated(tier="high"), *dated(text="score", limit=3, offset=1), ((), {"limit": 0}), ((), {"owner": 3}), ((), {"moon": "x"})],
    "query": [*dated("score", order="relevance"), *dated(tier="high", validated=False, limit=5), (("fruad",), {}), ((), {"limit": 0}),
              ((), {"changed_since": "2026-01-01", "offset": 2}), ((), {"order": "size"})],
    "inventory_at": [((day,), more) for day in ("2025-06-30", YEAR_AGO, TODAY, "x") for more in ({}, {"platform": "ML"}, ERASED)],
    "inventory_diff": [((YEAR_AGO, "2026-06-30"), more) for more in ({}, {"platform": "rules"}, ERASED)],
    "overview": [((), {})],
    "history": [*dated("fraud_scoring"), *dated(GROUP, order="asc", limit=3), (("fraud_scoring",), {"since": "2026-01-01", "actor": "x"}),
                (("fraud_scoring",), {"order": "up"}), (("fraud_scoring",), {"event_type": "retrained", "until": YEAR_AGO})],
    "latest": [*dated("fraud_scoring"), *dated("credit_risk", "validated"), (("fraud_scoring", "moon"), {})],
    "changelog": [((), {}), ((), {"limit": 7}), ((), {"since": "2026-01-01", "until": "2026-02-01"}), ((), {"model": GROUP, "limit": 2}),
                  ((), {"event_type": "retrained", "platform": "ML"}), ((), {"limit": 10_001}), ((), {"cursor": "moon"})],
    "list_tags": [*dated("credit_risk"), *dated("fraud_scoring")],
    "tag_history": dated("credit_risk", "validated"),
    "tag_at": [(("credit_risk", "validated", day), more) for day in (YEAR_AGO, "2026-06-30", "2020-01-01") for more in ({}, ERASED)],
    "members": [*dated(GROUP), *dated(GROUP, deep=True), *dated("fraud_scoring")],
    "membership_at": [((GROUP, day), more) for day in (YEAR_AGO, "2026-06-30") for more in ({}, {"deep": True}, ERASED)],
    "membership_diff": [((GROUP, "2024-01-01", "2026-06-30"), more) for more in ({}, ERASED)],
    "membership_history": dated(GROUP),
    "groups": dated("aml_network"),
    "investigate": [*dated("fraud_scoring"), *dated(GROUP, detail="full"), *dated("aml_network"), (("fraud_scoring",), {"detail": "all"})],
    "open_observations": [*dated(), *dated(GROUP)],
    "composite_summary": [*dated(), *dated(GROUP), *dated(["ml_model", "composite"]), *dated([]), (([3],), {})],
    "trace": [*dated("compliance_dashboard"), *dated(GROUP), *dated("no such model")],
    "upstream": [*dated("compliance_dashboard"), *dated(GROUP)],
    "downstream": [*dated("customer_features"), *dated(GROUP)],
    "dependencies": [*dated("fraud_scoring"), *dated(GROUP, "upstream"), (("fraud_scoring", "sideways"), {})],
    "impact": [*dated("customer_features"), *dated(GROUP, direction="upstream", edges=True), *dated("customer_features", depth=1),
               *dated("customer_features", limit=2, edges=True), (("customer_features",), {"depth": 0}), ((" ",), {}), ((3,), {}),
               *dated("customer_features", column="moon")],
    "path": [*dated("customer_features", "alert_engine"), *dated("alert_engine", "customer_features")],
    "runs": [((), {}), (("demo",), {"limit": 2}), ((), {"status": "failed"}), ((), {"status": "odd"}), ((), {"limit": 0})],
    "coverage": [((), {}), (("demo",), {"runs": 2}), ((), {"runs": 0})],
    "silent": [((0,), {}), ((30.5, "ML"), {}), ((-1,), {})],
    "verify": [((), {}), (("fraud_scoring",), {"deep": True}), (("moon",), {})],
    "prove_consistency": [],
    "prove": [],
    "doctor": [((), {})],
}  # fmt: skip
WRITES = {
    "add", "add_member", "apply", "connect", "discover", "link_dependency", "plan", "record", "record_many", "record_observation",
    "record_validation", "register", "register_group", "remove_member", "resolve_observation", "seal", "tag", "unlink_dependency", "untag",
    "update",
}  # fmt: skip
LOCAL = {"check_consistency", "check_proof", "close", "contracts", "database", "demo", "open_observation_count", "registry", "temporary"}
"""What is the same without any ledger, or is about the connection."""


def public(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")}


@pytest.fixture(scope="module")
def both(opened: Ledger) -> Iterator[tuple[Ledger, Ledger]]:
    """The demo estate, beside its database and behind a service."""
    loaded(opened).seal()
    with served(opened) as client, Ledger(str(client.base_url)) as far:
        yield opened, far


@pytest.mark.parametrize("verb", [name for name in READS if READS[name]])
def test_a_verb_answers_a_client_of_the_service_as_it_answers_beside_the_database(both: tuple[Ledger, Ledger], verb: str) -> None:
    near, far = both
    for arguments, given in READS[verb]:
        one, other = (answer(ledger, verb, arguments, given) for ledger in (near, far))
        if isinstance(one, Silence):
            one, other = (each.model_copy(update={"since": None}) for each in (one, other))
        if isinstance(one, Exception):
            assert (type(other), vars(other)) == (type(one), vars(one)), (verb, arguments, given)
            if not refused_in_other_words(one):
                assert str(other) == str(one)
        else:
            same(other, one)


def refused_in_other_words(error: Exception) -> bool:
    """A value that does not fit the tool is refused by the service before the verb is reached."""
    return isinstance(error, (ValueError, TypeError)) and not isinstance(error, LookupError)


def answer(ledger: Ledger, verb: str, arguments: tuple[Any, ...], given: dict[str, Any]) -> Any:
    try:
        return getattr(ledger, verb)(*arguments, **given)
    except (ValueError, LookupError) as error:
        return error


def test_models_are_asked_for_as_they_were_answered(both: tuple[Ledger, Ledger]) -> None:
    near, far = both
    model = far.get("fraud_scoring")
    assert isinstance(model, ModelRef)
    assert far.impact(model) == near.impact(model.key) == far.impact(model.model_hash)


def test_proofs_are_the_same_documents(both: tuple[Ledger, Ledger]) -> None:
    near, far = both
    seal, event = near.seal(), far.latest("fraud_scoring")
    assert event is not None
    same(far.prove(event), near.prove(event))
    same(far.prove_consistency(seal.checkpoint), near.prove_consistency(seal.checkpoint))
    assert far.check_proof(far.prove(event), checkpoint=seal.checkpoint).ok


def test_pages_that_the_service_cuts_are_put_together(both: tuple[Ledger, Ledger], monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = both
    monkeypatch.setattr("graph_ledger.remote.base.LARGEST", dict.fromkeys(LARGEST, 6))
    same_in_pages(near, far)


def test_a_service_that_gives_fewer_rows_is_asked_for_as_many_as_it_gives(both: tuple[Ledger, Ledger]) -> None:
    near, _ = both
    with served(near, max_rows=6) as client, Ledger(str(client.base_url)) as far:
        same_in_pages(near, far)
    with served(near, max_rows=6) as client, Ledger(str(client.base_url)) as far:
        same(far.history(GROUP), near.history(GROUP))


def same_in_pages(near: Ledger, far: Ledger) -> None:
    same(far.list(), near.list())
    same(far.list(limit=9, offset=2), near.list(limit=9, offset=2))
    same(far.query(limit=14), near.query(limit=14))
    same(far.history(GROUP), near.history(GROUP))
    same(far.history("fraud_scoring", order="asc", limit=9), near.history("fraud_scoring", order="asc", limit=9))
    same(far.changelog(limit=15), near.changelog(limit=15))


def test_every_verb_is_asked_here_and_has_a_twin_of_its_own_with_one_signature() -> None:
    assert public(Ledger) == public(RemoteLedger) == {*READS, *WRITES, *LOCAL}
    for verb in {*READS, *WRITES}:
        near, far = getattr_static(Ledger, verb), getattr_static(RemoteLedger, verb)
        assert far.__module__.startswith("graph_ledger.remote."), f"{verb} is not asked of the service"
        assert signature(far) == signature(near), verb
        assert [signature(each) for each in get_overloads(far)] == [signature(each) for each in get_overloads(near)]
    assert signature(RemoteLedger).parameters == signature(Ledger).parameters


def test_what_is_asked_is_what_the_service_knows() -> None:
    known = catalogue.SERVED
    for name, tool in TOOLS.items():
        assert (tool.address, tool.writes) == (known[name].address, known[name].writes), name
        assert tool.fields == set(known[name].asks.model_fields), name
        assert tool.posted == (known[name].method == "POST"), name
    assert set(SILENT) | set(LARGEST) <= set(TOOLS)
    for name, most in LARGEST.items():
        field = known[name].asks.model_fields["runs" if name == "coverage" else "limit"]
        assert most in {getattr(bound, "le", None) for bound in field.metadata}, name
