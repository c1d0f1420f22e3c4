"""``graph-ledger contract check`` on the demo estate: which dashboards and models break, and who owns them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.contract.options import MODES
from graph_ledger.values.contracts.gate import GateMode
from tests.bank import loaded
from tests.graph import empty
from tests.surfaces.conftest import Say

DASHBOARD, PIPELINE = "bi/treasury_dashboard", "etl/transaction_pipeline"
METADATA = {"name": "Payments", "id": "urn:payments#", "preferred_prefix": "pay"}
FIRST = [
    {"label": "Payment", "change_type": "ADDED"},
    {"label": "Payment.Amount", "parent_label": "Payment", "change_type": "ADDED", "aspects": {"output_type": "Float", "unit": "EUR"}},
    {"label": "Payment.Note", "parent_label": "Payment", "change_type": "ADDED", "aspects": {"output_type": "String"}},
]


def changed(**aspects: Any) -> list[dict[str, Any]]:
    return [{"label": "Payment.Amount", "parent_label": "Payment", "change_type": "MODIFIED", "aspects": aspects}]


@pytest.fixture(scope="module")
def bank(opened: Ledger) -> Iterator[Ledger]:
    """The estate, and a contract that a dashboard and a pipeline of it read, on which its models stand; the tests only read."""
    loaded(opened).contracts.sync({"changes": FIRST}, metadata=METADATA, rules={})
    opened.contracts.consume(DASHBOARD, "pay:Payment.Amount", actor="ann")
    opened.contracts.consume(PIPELINE, "pay:Payment.Amount", actor="ann")
    yield opened
    empty(opened)


def given(changes: list[dict[str, Any]], *more: str) -> list[str]:
    """Return the command that checks a report, whose files are written into the folder of the test."""
    for name, text in (
        ("diff.json", json.dumps({"changes": changes}, indent=1)),
        ("meta.yaml", yaml.safe_dump(METADATA)),
        ("rules.yaml", ""),
    ):
        Path(name).write_text(text)
    return ["contract", "check", "-d", "diff.json", "-m", "meta.yaml", "-b", "rules.yaml", *more]


def broken(bank: Ledger) -> dict[str, str]:
    """Return the owner of everybody who is hit, as the estate without contracts has it."""
    reached = {node.key: node.owner for key in (DASHBOARD, PIPELINE) for node in bank.impact(key).nodes}
    return reached | {key: bank.get(key).owner for key in (DASHBOARD, PIPELINE)}


def test_it_names_the_dashboards_and_the_models_that_break_and_who_owns_them(ask: Say, bank: Ledger) -> None:
    said = ask(*given(changed(unit="USD"), "--mode", "FULL"))
    hit = broken(bank)
    assert said.exit_code == 1
    assert {"ml/fraud_scoring", "alerting/alert_engine", DASHBOARD} < set(hit)
    for key, owner in hit.items():
        assert any({key, owner} <= set(line.split()) for line in said.stdout.splitlines())
    owners = next(line for line in said.stdout.splitlines() if line.startswith("Notify: "))
    assert set(hit.values()) <= set(owners.removeprefix("Notify: ").split(", "))
    assert said.stdout.splitlines()[-1].startswith(f"not compatible (FULL): 2 findings, {len(hit)} consumers of ")
    assert 'unit: "EUR" to "USD"' in said.stdout


def test_the_document_holds_every_consumer_with_its_depth_and_its_ports(ask: Say, bank: Ledger) -> None:
    told = json.loads(ask(*given(changed(unit="USD"), "--json")).stdout)
    assert {each["key"]: each["owner"] for each in told["consumers"]} == broken(bank)
    direct = {each["key"]: each["ports"] for each in told["consumers"] if each["depth"] == 1}
    assert direct == {DASHBOARD: ["pay:payment.amount"], PIPELINE: ["pay:payment.amount"]}
    assert told["compatible"] is False


def test_annotations_stand_at_the_event(ask: Say, bank: Ledger) -> None:
    said = ask(*given(changed(unit="USD"), "--format", "github"))
    error, notice = said.stdout.splitlines()
    line = Path("diff.json").read_text().splitlines().index('   "label": "Payment.Amount",') + 1
    assert error.startswith(f"::error file=diff.json,line={line},title=BACKWARD%3A Payment.Amount::unit")
    assert f"{DASHBOARD} ({bank.get(DASHBOARD).owner})" in error
    assert notice.startswith("::notice title=Contract gate::not compatible (BACKWARD)")
    assert said.exit_code == 1


@pytest.mark.usefixtures("bank")
def test_what_breaks_nothing_ends_with_0(ask: Say) -> None:
    said = ask(*given(changed(output_type="Double")))
    assert (said.exit_code, said.stdout) == (0, "compatible (BACKWARD)\n")
    assert ask(*given(changed(unit="USD"), "--mode", "NONE")).exit_code == 0
    before = ask(*given(changed(unit="USD"), "--known-at", "2026-01-01", "--jsonl"))
    assert (before.exit_code, json.loads(before.stdout)["consumers"]) == (1, [])


@pytest.mark.usefixtures("bank")
def test_wrong_usage_and_a_report_that_does_not_fit_are_told_apart(ask: Say) -> None:
    assert ask(*given(changed(unit="USD"), "--mode", "SIDEWAYS")).exit_code == 2
    assert ask("contract", "check", "-m", "meta.yaml", "-b", "rules.yaml").exit_code == 2
    refused = ask(*given([{"label": "Nothing", "change_type": "REMOVED"}]))
    assert refused.exit_code == 1
    assert "No concept found" in refused.stderr


@pytest.mark.usefixtures("bank")
def test_an_input_that_is_refused_is_an_annotation_too(ask: Say) -> None:
    words = given(changed(unit="USD"), "--format", "github")
    Path("diff.json").write_text('{"changes":\n [}')
    said = ask(*words)
    assert (
        said.exit_code,
        said.stdout.startswith("::error file=diff.json,line=2,col=3,title=Contract gate::diff.json:2:3: Invalid diff"),
    ) == (1, True)
    unfit = ask(*given([{"label": "Nothing", "change_type": "REMOVED"}], "--format", "github"))
    assert (unfit.exit_code, unfit.stdout.startswith("::error file=diff.json,title=Contract gate::"), "No concept" in unfit.stdout) == (
        1, True, True,
    )  # fmt: skip


def test_the_command_offers_every_mode() -> None:
    assert sorted(MODES.choices) == sorted(map(str, GateMode))
