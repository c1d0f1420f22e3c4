"""The commands of contracts in the graph answer what the library answers, and write what it writes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.contracts import empty_tables, read_tables, sync_tables
from graph_ledger.demo import MODEL
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.demo import NEXT_OF_CONTRACTS
from tests.bank import loaded
from tests.contracts.said import F0, Event, modified
from tests.graph import empty
from tests.surfaces.conftest import Say
from tests.surfaces.test_answers import dumped
from tests.surfaces.test_completion import offered

BALANCE, OLD = "bank:Account.Balance", "https://bank.example/model/bindings/2"
BEFORE = "2026-01-01"
READING: dict[str, Callable[[Any], Any]] = {
    "list": lambda room: room.list(),
    "list bank --kind property --as-of 2026-01-01": lambda room: room.list("bank", kind="PROPERTY", as_of=BEFORE),
    "list bank --status removed": lambda room: room.list("bank", status="REMOVED"),
    "list bank --status any": lambda room: room.list("bank", status=None),
    "show bank:Payment.Amount": lambda room: room.get("bank:Payment.Value"),
    f"show {BALANCE} --as-of {BEFORE}": lambda room: room.get(BALANCE, as_of=BEFORE),
    f"history {BALANCE}": lambda room: room.history(BALANCE),
    f"history {BALANCE} --as-of {BEFORE}": lambda room: room.history(BALANCE, as_of=BEFORE),
    f"impact {BALANCE}": lambda room: room.impact(BALANCE),
    f"impact {BALANCE} --depth 1 --limit 1": lambda room: room.impact(BALANCE, depth=1, limit=1),
    "binding bank 2": lambda room: room.binding("bank", 2),
    f"binding bank {OLD} --as-of {BEFORE}": lambda room: room.binding("bank", OLD, as_of=BEFORE),
}
REFUSED = {
    f"show {BALANCE} --as-of 2024-01-01": "it was not there at that moment",
    "show bank:Account.Balanc": "did you mean bank:Account.Balance",
    "history moon": "no concept",
    "binding bank 99": "no binding 'bank 99'",
    "binding bank 0 --as-of 2024-01-01": "no binding 'bank 0': it was not there at that moment",
    "binding moon 0": "no namespace 'moon': `graph-ledger contract namespaces`",
    "binding bank x": "by its serial",
    "impact bank:Account.Balance --depth 0": "range",
    "list --kind moon": "is not one of",
    "export moon out": "no namespace 'moon'",
    "census moon elements.json": "no namespace 'moon'",
    "consume moon bank:Account.Balance --actor me": "no model 'moon'",
    "consume ml/ecl_model bank:Account.Balance": "--actor",
    "list --as-of nonsense": "nonsense",
}


@pytest.fixture(scope="module")
def bank(opened: Ledger) -> Ledger:
    """The estate with the bank's data model; what reads leaves it so."""
    return loaded(opened, contracts=True)


def test_what_the_demo_advises_next_names_whom_a_contract_breaks_and_who_owns_them(bank: Ledger, ask: Say) -> None:
    (advised,) = (line.split() for line in NEXT_OF_CONTRACTS.splitlines() if " contract " in line and line.startswith("  graph-ledger"))
    done = ask(*advised[advised.index("contract") :])
    known = bank.contracts.impact(BALANCE)
    assert {node.model_type for node in known.nodes} >= {"dashboard", "ml_model"}
    assert (done.exit_code, f"Notify: {', '.join(known.owners)}" in done.stdout) == (0, True)
    assert all(node.key in done.stdout for node in known.nodes)


@pytest.mark.parametrize("command", READING)
def test_a_command_answers_what_its_verb_answers(command: str, bank: Ledger, ask: Say) -> None:
    expected = dumped(READING[command](bank.contracts))
    done = ask("contract", *command.split(), "--json")
    assert (done.exit_code, json.loads(done.stdout), done.stderr) == (0, expected, "")
    shown = ask("contract", *command.split())
    assert shown.exit_code == 0
    assert (not shown.stdout) is (expected == [])


@pytest.mark.parametrize("command", REFUSED)
def test_what_is_refused_says_why_and_ends_with_2(command: str, bank: Ledger, ask: Say) -> None:
    Path("elements.json").write_text("[]")
    done = ask("contract", *command.split())
    assert (done.exit_code, done.stdout, REFUSED[command] in done.stderr) == (2, "", True), done.output


def test_one_command_names_the_dashboards_that_a_change_breaks_and_who_owns_them(bank: Ledger, ask: Say) -> None:
    said = ask("contract", "impact", BALANCE).stdout
    assert all(each in said for each in ("bi/treasury_dashboard", "bi/collections_dashboard", "etl/delinquency_extract"))
    assert "Notify: collections-team" in said
    assert "treasury" in said.partition("Notify:")[2]
    assert "ml/credit_risk" not in said  # it reads the customers, not the accounts


def test_a_person_reads_what_an_element_means_and_where_it_is_met(bank: Ledger, ask: Say) -> None:
    lines = [" ".join(line.split()) for line in ask("contract", "show", BALANCE).stdout.splitlines()]
    assert {"aspect: unit cent", "kind PROPERTY", "instances Current, Savings"} <= set(lines)
    assert {"Account.Current.Balance", "Account.Savings.Balance"} <= {word for line in lines for word in line.split()[1:2]}


def test_the_tab_key_knows_the_elements(bank: Ledger, ask: Say) -> None:
    assert offered("contract", "show", begun="bank:Account.B") == [BALANCE]
    assert offered("contract", "consume", "ml/credit_risk", begun="bank:Pay") == [
        "bank:Payment",
        "bank:Payment.Channel",
        "bank:Payment.Value",
    ]


@pytest.fixture
def sync(ledger: Ledger, say: Say) -> Callable[..., Any]:
    """Sync some events, or none, with the emptied graph."""
    Path("m.yaml").write_text(json.dumps({"name": "My Model", "id": "http://ns.example/"}))
    Path("b.yaml").write_text("property: {unit: true}")

    def run(*options: str, events: tuple[Event, ...] | None = None) -> Any:
        Path("d.json").write_text(json.dumps({"changes": events or []}))
        return say("contract", "sync", "-m", "m.yaml", "-b", "b.yaml", *(() if events is None else ("-d", "d.json")), *options)

    return run


MPH = modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph")


def test_a_sync_goes_to_the_graph_and_says_who_did_it_and_when(sync: Callable[..., Any], ledger: Ledger) -> None:
    assert (sync("--at", "2025-12-31").exit_code, ledger.contracts.list()) == (0, [])
    assert sync("-n", events=F0).exit_code == 1
    assert ledger.contracts.list() == []
    done = sync("--release", "v1", "--actor", "ada", "--at", "2026-01-01T00:00:00Z", "--json", events=F0)
    assert (done.exit_code, json.loads(done.stdout)["created"]["bindings"]) == (0, 3)
    (first,) = ledger.contracts.history("my-model:Vehicle.Speed")
    assert (first.actor, first.payload["release"], first.timestamp.year) == ("ada", "v1", 2026)
    for options in (("-n",), ()):
        again = sync(*options, "--release", "v1", events=F0)
        assert (again.exit_code, "synced before" in again.stdout) == (0, True)


def test_a_sync_that_the_gate_refuses_writes_nothing_and_says_whom_it_hits(sync: Callable[..., Any], ledger: Ledger, say: Say) -> None:
    sync(events=F0)
    assert (
        say("register", "dash", "--owner", "ada", "--type", "dashboard", "--tier", "low", "--purpose", "x", "--actor", "b").exit_code == 0
    )
    assert say("contract", "consume", "dash", "my-model:Vehicle.Speed", "--actor", "ada").exit_code == 0
    before = ledger.contracts.get("my-model:Vehicle.Speed")
    for options in (("--mode", "FULL"), ("--mode", "FULL", "-n")):
        done = sync(*options, "--json", events=(MPH,))
        result = json.loads(done.stdout)
        assert (done.exit_code, result["compatible"], result["owners"]) == (1, False, ["ada"])
        assert [each["key"] for each in result["consumers"]] == ["/dash"]
        assert "nothing was written" in done.stderr
    assert ledger.contracts.get("my-model:Vehicle.Speed") == before
    assert sync("--mode", "NONE", events=(MPH,)).exit_code == 0
    assert ledger.contracts.get("my-model:Vehicle.Speed").contract_uri != before.contract_uri


def test_a_warning_is_said_and_strict_refuses_it(sync: Callable[..., Any], ledger: Ledger) -> None:
    sync(events=F0)
    odd = modified("Vehicle.Speed", "PROPERTY", "Vehicle", colour="red")
    assert (sync("-s", events=(odd,)).exit_code, len(ledger.contracts.history("my-model:Vehicle.Speed"))) == (1, 1)
    done = sync(events=(odd,))
    assert (done.exit_code, done.stderr.count("Warning: "), "'colour'" in done.stderr) == (0, 1, True)


def test_graph_and_folder_hold_the_same_after_both(sync: Callable[..., Any]) -> None:
    for events in (F0, (MPH,)):
        assert sync("-o", "ledger", "--graph", "-n", events=events).exit_code == 1
        assert sync("-o", "ledger", "--graph", events=events).exit_code == 0
    tables = empty_tables()
    for events in (F0, (MPH,)):
        metadata = {"name": "My Model", "id": "http://ns.example/"}
        tables = sync_tables(tables, {"changes": list(events)}, metadata=metadata, rules={"property": {"unit": True}}).tables or tables
    assert read_tables("ledger") == tables


@pytest.mark.parametrize("options", ["--columns head", "-o x --mode FULL", "-o x --release v", "-o x --actor me", "-o x --at 2026-01-01"])
def test_what_files_or_the_graph_cannot_keep_is_wrong_usage(options: str, sync: Callable[..., Any]) -> None:
    done = sync(*options.split(), events=F0)
    assert (done.exit_code, Path("x").exists()) == (2, False)


def test_what_is_exported_can_be_imported_under_the_same_names(ledger: Ledger, say: Say) -> None:
    loaded(ledger, contracts=True)
    Path("m.yaml").write_text(json.dumps(MODEL))
    counted = json.loads(say("contract", "export", "bank", "one", "--json").stdout)
    assert counted == {"concepts": 13, "revisions": 15, "contracts": 14, "bindings": 10}
    empty(ledger)
    assert say("contract", "import", "one", "-m", "m.yaml", "--actor", "ada").exit_code == 0
    assert say("contract", "export", "bank", "two", "--columns", "head").exit_code == 0
    assert read_tables("one") == read_tables("two")
    assert (say("contract", "import", "nowhere", "-m", "m.yaml").exit_code, say("contract", "import", "two", "-m", "m.yaml").exit_code) == (
        2,
        0,
    )


def test_a_census_ends_with_1_where_model_and_ledger_disagree(sync: Callable[..., Any], ledger: Ledger, say: Say) -> None:
    sync(events=F0)
    elements: list[Any] = [{"label": each["label"], "kind": each["kind"]} for each in F0[:3]] + [
        [each["label"], each["kind"]] for each in F0[3:]
    ]
    Path("model.json").write_text(json.dumps(elements))
    done = say("contract", "census", "my-model", "model.json")
    assert (done.exit_code, "the two agree" in done.stdout) == (0, True)
    Path("model.json").write_text(json.dumps([*elements[1:], ["Moon", "ENTITY"]]))
    done = say("contract", "census", "my-model", "model.json", "--json")
    assert (done.exit_code, json.loads(done.stdout)["not_in_model"], json.loads(done.stdout)["not_in_ledger"]) == (1, ["Vehicle"], ["Moon"])
    for bad in ("{}", "[1]", "[{}]", "{"):
        Path("model.json").write_text(bad)
        assert say("contract", "census", "my-model", "model.json").exit_code == 1


def test_who_writes_and_who_reads_is_declared(sync: Callable[..., Any], ledger: Ledger, say: Say) -> None:
    sync(events=F0)
    for name in ("cam", "dash"):
        ledger.register(name=name, owner="o", model_type="x", tier="low", purpose="p")
    for verb, model in (("produce", "cam"), ("consume", "dash")):
        done = say("contract", verb, model, "my-model:Vehicle.Speed", "--actor", "ada", "--json")
        assert json.loads(done.stdout)[0]["event_type"] == f"{verb}s_contract"
    assert "dash" in ledger.downstream("cam")
    foreign = ("--contract", "http://ns.example/contracts/0")
    assert say("contract", "consume", "dash", "my-model:Vehicle.Speed", *foreign, "--actor", "ada").exit_code == 1
