"""The questions about data contracts for Neo4j Browser, on the demo estate with its data model, against what its files say."""

from typing import Any

import pytest

from graph_ledger.demo import MODEL, agreements
from graph_ledger.ledger import Ledger
from tests.bank import LOADED_ON, loaded
from tests.contracts.said import modified
from tests.surfaces.test_explore import ask

BALANCE, DASHBOARD, EXTRACT, BANKING = "bank:Account.Balance", "bi/treasury_dashboard", "etl/delinquency_extract", "database/core_banking"


@pytest.fixture
def bank(opened: Ledger) -> Ledger:
    """The estate with its data model."""
    return loaded(opened, contracts=True)


def broken(bank: Ledger, label: str, parent: str) -> str:
    """Break a contract; return what was in force until then."""
    held = str(bank.contracts.get(f"bank:{label}").contract_uri)
    changes = [modified(label, "PROPERTY", parent, unit="USD")]
    bank.contracts.sync({"changes": changes}, metadata=MODEL, rules={"property": {"unit": True}})
    return held


def test_who_still_reads_by_an_old_contract_is_who_has_not_said_otherwise_since(bank: Ledger) -> None:
    (row,) = ask(bank, "readers_of_ended_contracts")
    released = [said["timestamp"] for verb, said in agreements(LOADED_ON) if verb == "sync"]
    assert (row["reader"], row["owner"], row["element"]) == (DASHBOARD, bank.get(DASHBOARD).owner, BALANCE)
    assert row["ended"].to_native() == released[-1]
    assert row["holds"] == bank.contracts.get(BALANCE).contract_uri
    assert row["contract"] == bank.contracts.get(BALANCE, as_of=released[0]).contract_uri


def test_what_an_address_was_leads_to_what_is_there_now(bank: Ledger) -> None:
    newest, former = ask(bank, "addresses")
    assert (newest["status"], newest["until"], newest["successor"]) == ("ACTIVE", None, None)
    assert (former["status"], former["until"], former["successor"]) == ("SUPERSEDED", newest["since"], newest["binding"])
    told = bank.contracts.binding("bank", former["binding"])
    assert (former["element"], former["successor_address"], told.successor) == (BALANCE, "Account.Current.Balance", newest["binding"])
    assert ask(bank, "addresses", address="Account.Moon.Balance") == []


def test_consumers_and_producers_that_hold_different_contracts_are_paired(bank: Ledger) -> None:
    (row,) = ask(bank, "pinned_apart")
    assert (row["element"], row["producer"], row["consumer"], row["owner"]) == (BALANCE, BANKING, DASHBOARD, bank.get(DASHBOARD).owner)
    assert row["produces_by"] == bank.contracts.get(BALANCE).contract_uri != row["consumes_by"]
    held = broken(bank, "Payment.Value", "Payment")
    bank.contracts.consume(EXTRACT, "bank:Payment.Amount", actor="a")
    rows = [row for row in ask(bank, "pinned_apart") if row["element"] == "bank:Payment.Value"]
    assert [(row["producer"], row["produces_by"], row["consumer"]) for row in rows] == [("streaming/payments_stream", held, EXTRACT)]


def test_what_nobody_reads_is_what_no_reader_names_by_any_name(bank: Ledger) -> None:
    def unread() -> set[str]:
        return {row["element"] for row in ask(bank, "unread_concepts")}

    every = {f"bank:{each.label}" for each in bank.contracts.list("bank")}
    # A name of old counts, and so does whoever reads the whole; the payments read the list of channels.
    read = {said["ref"] for verb, said in agreements(LOADED_ON) if verb == "consume"} - {"bank:Payment.Amount"}
    holding = {
        "bank:Payment.Value",
        "bank:Payment",
        "bank:Account",
        "bank:Customer",
        *(each for each in every if each.startswith("bank:Channel")),
    }
    assert unread() == every - read - holding == {"bank:Customer.Residence", "bank:Payment.Channel"}
    bank.contracts.consume(DASHBOARD, "bank:Payment", actor="treasury")
    assert unread() == {"bank:Customer.Residence"}


def test_a_version_in_production_whose_training_data_has_changed_its_meaning_is_named(bank: Ledger) -> None:
    for version in ("1.0", "2.0"):
        bank.registry.register("income_model", version, trained_on=["bank:Customer.Income"], owner="risk-team")
    bank.registry.transition_stage("income_model", "1.0", "production", actor="mrm")
    assert ask(bank, "production_on_ended_contracts") == []
    held = broken(bank, "Customer.Income", "Customer")
    (row,) = ask(bank, "production_on_ended_contracts")
    expected: dict[str, Any] = {"version": "registry/income_model:1.0", "owner": "risk-team", "way": "TRAINED_ON",
                                "element": "bank:Customer.Income", "contract": held, "status": "SUPERSEDED"}  # fmt: skip
    assert {name: row[name] for name in expected} == expected
