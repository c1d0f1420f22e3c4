"""The seam to the server: what a read may do, and what each refusal is called."""

from typing import Any

import pytest
from neo4j.warnings import Neo4jWarning

from graph_ledger import DatabaseError, Ledger, ValidationError
from graph_ledger.database import statements
from graph_ledger.database.address import address as parse
from graph_ledger.database.doctor import check_version
from graph_ledger.errors import AccessDeniedError, UnreachableError, UnsupportedServerError

Address = tuple[str, tuple[str, str]]


def test_a_read_cannot_write(ledger: Ledger) -> None:
    with pytest.raises(DatabaseError, match=r"[Ww]rit"):
        ledger.database.table("CREATE (:ModelRef {key: 'x'})")
    with pytest.raises(DatabaseError, match=r"[Ww]rit"):
        ledger.database.read("explore/empty", most=1)


def test_each_refusal_has_its_name(address: Address) -> None:
    with pytest.raises(AccessDeniedError, match="GRAPH_LEDGER_PASSWORD"):
        Ledger(address[0], auth=("neo4j", "wrong"))
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:1"):
        Ledger("bolt://127.0.0.1:1", auth=("neo4j", "x"))
    for wrong in ("ftp://host", "host:7687", "bolt://", "neo4j://[x"):
        with pytest.raises(ValidationError, match="address of a Neo4j"):
            Ledger(wrong)
    with pytest.raises(DatabaseError):
        Ledger(address[0], auth=address[1], database="nowhere")


def test_a_server_that_is_too_old_is_refused() -> None:
    for version in ("5.26.30", "2025.01.0", "2026.08.1", "5.26-aura"):
        check_version(version)
    for version in ("5.25.1", "4.4.38", "5.9"):
        with pytest.raises(UnsupportedServerError, match=r"5\.26"):
            check_version(version)


def test_an_address_may_carry_who_asks_and_never_shows_the_password() -> None:
    assert parse("neo4j://me:a%40b@host:1/x") == ("neo4j://host:1/x", ("me", "a@b"))
    assert parse("bolt://me:x@host", ("you", "y")).auth == ("you", "y")
    with pytest.raises(ValidationError) as refused:
        parse("http://me:secret@host")
    assert "secret" not in str(refused.value)


def test_the_doctor_finds_everything_well_and_says_what_is_missing(ledger: Ledger) -> None:
    assert all(check.ok for check in ledger.doctor()), ledger.doctor()
    driver = ledger.database.driver
    driver.execute_query("DROP INDEX index_Run_source_key_observed_at", database_="neo4j")
    try:
        (schema,) = [check for check in ledger.doctor() if check.name == "schema"]
        assert not schema.ok
        assert "index_Run_source_key_observed_at" in schema.detail
    finally:
        ledger.database.install(statements.statement("schema/run_observed_at"))


def test_the_driver_and_neomodel_fit_each_other(ledger: Ledger) -> None:
    found = {check.name: check.detail for check in ledger.doctor()}
    assert found["neo4j"].startswith("6.1.")
    assert found["neomodel"].startswith("7.")


def test_an_unknown_statement_is_named() -> None:
    with pytest.raises(ValidationError, match="graph-ledger cypher list"):
        statements.source("../secrets")


EXPECTED: dict[str, dict[str, Any]] = {
    "history/lock_models": {"keys": [], "token": "", "source": "", "open_end": None},
    "history/tag_events": {"key": "", "types": [], "as_of": None, "known_at": None},
    "history/rebuild": {"keys": [], "types": [], "marks": [], "members": []},
    "composites/pairs": {"composite": "", "model_hash": "", "members": [], "types": [], "open_end": None},
    "composites/above": {"key": "", "open_end": None},
    "composites/below": {"key": "", "as_of": None, "known_at": None},
    "composites/below_today": {"key": ""},
    "composites/members": {"keys": []},
    "composites/members_at": {"keys": [], "as_of": None, "known_at": None},
    "composites/groups": {"key": ""},
    "composites/groups_at": {"key": "", "as_of": None, "known_at": None},
    "composites/member_keys": {"key": "", "at": None, "open_end": None},
    "composites/write_members": {"composite": "", "rows": [], "now": None, "open_end": None},
    "composites/withdraw_members": {"composite": "", "rows": [], "now": None},
    "composites/changes_between": {"model_hash": "", "types": [], "after": None, "until": None, "known_at": None},
    "composites/believed_members": {"keys": [], "open_end": None},
    "discovery/believed_claims": {"keys": [], "open_end": None},
    "discovery/touch_unchanged": {"rows": [], "source": "", "observed_at": None},
    "models/known": {"keys": []},
    "models/get": {"key": ""},
    "history/history": dict.fromkeys(("key", "event_type", "actor", "source", "since", "as_of", "known_at"), "")
    | {"without": [], "most": 1},
    "discovery/claims_of": {"keys": [], "source": "", "open_end": None},
    "discovery/open_claims_of": {"keys": [], "source": ""},
    "discovery/withdraw_open": {"edges": [], "now": None},
    "discovery/derive": {"rows": [], "now": None, "open_end": None},
    "discovery/derived": {"rows": [], "now": None, "open_end": None},
    "discovery/withdraw_derives": {"edges": [], "now": None},
    "discovery/withdraw_derived": {"rows": [], "now": None, "open_end": None},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_statements_start_from_an_index(ledger: Ledger, name: str) -> None:
    plan = ledger.database.plan(name, **EXPECTED[name])
    assert not [step for step in plan if step in {"AllNodesScan", "NodeByLabelScan", "CartesianProduct"}], plan
    assert any("UniqueIndexSeek" in step for step in plan), plan


def test_a_notification_of_the_server_fails_the_test_that_caused_it(ledger: Ledger) -> None:
    with pytest.raises(Neo4jWarning, match="NoSuchLabel"):
        ledger.database.table("MATCH (node:NoSuchLabel) RETURN node")
