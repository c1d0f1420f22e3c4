"""Data contracts over HTTP: by their addresses, and by the verbs of a client, which answer as those beside the database."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from inspect import getattr_static, signature
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_ledger.access.keys import create_key
from graph_ledger.contracts import DiffReport, Tables, read_tables, sync_tables
from graph_ledger.contracts.graph.room import Contracts
from graph_ledger.errors import ContractError, GateError, RequestError, SyncError
from graph_ledger.ledger import Ledger
from graph_ledger.remote.contracts import RemoteContracts
from graph_ledger.surfaces.tools.catalogue import SERVED
from graph_ledger.values.contracts.gate import GateResult
from tests.bank import loaded
from tests.contracts.said import F0, Event, modified
from tests.graph import empty
from tests.remote.same import same, what_was_said
from tests.surfaces.rest.serving import served

BALANCE, OLD = "bank:Account.Balance", "https://bank.example/model/bindings/2"
BANK = {"name": "Bank", "id": "https://bank.example/model/", "preferred_prefix": "bank"}
BEFORE, LONG_AGO = "2026-01-01", "2024-01-01"
USD = {"changes": [modified("Account.Balance", "PROPERTY", "Account", unit="USD")]}
READS: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "namespaces": [((), {})],
    "get": [((BALANCE,), {}), (("bank:Payment.Amount",), {}), ((BALANCE,), {"as_of": BEFORE}), ((BALANCE,), {"as_of": LONG_AGO}),
            (("bank:Account.Balanc",), {}), ((" ",), {}), ((OLD,), {"known_at": "2999-01-01"})],
    "list": [((), {}), (("BANK",), {"kind": "property"}), (("bank",), {"status": None, "as_of": BEFORE}), (("moon",), {}),
             ((), {"kind": "moon"}), ((), {"status": "removed"}), ((), {"as_of": "nonsense"})],
    "history": [((BALANCE,), {}), ((BALANCE,), {"as_of": BEFORE}), (("moon",), {})],
    "binding": [(("bank", 2), {}), (("bank", "2"), {"as_of": BEFORE}), (("bank", OLD), {}), (("bank", 99), {}), (("bank", "x"), {}),
                (("bank", True), {}), (("bank", 1.5), {})],
    "impact": [((BALANCE,), {}), ((BALANCE,), {"depth": 1, "limit": 1}), ((BALANCE,), {"depth": 0}), ((BALANCE,), {"as_of": BEFORE})],
    "census": [(("bank", [("Account", "ENTITY"), ("Account", "PROPERTY"), ("Moon", "ENTITY")]), {}), (("bank", []), {}),
               (("moon", []), {}), (("bank", [("a",)]), {}), (("bank", [("a", "b")]), {})],
    "tables": [(("bank",), {}), (("moon",), {})],
    "check": [((USD,), {"metadata": BANK, "rules": {}}), ((USD,), {"metadata": BANK, "rules": {}, "mode": "FULL"}),
              ((USD,), {"metadata": BANK, "rules": {"property": {"unit": False}}, "known_at": BEFORE}),
              (({"changes": [{}]},), {"metadata": BANK, "rules": {}}), ((USD,), {"metadata": {"name": "x"}, "rules": {}}),
              ((USD,), {"metadata": BANK, "rules": {"moon": {}}}), ((USD,), {"metadata": BANK, "rules": None, "mode": "moon"}),
              ((USD,), {"metadata": BANK | {"id": "urn:other#"}, "rules": {}})],
}  # fmt: skip
WRITES = {"sync", "consume", "produce", "export", "import_folder", "import_tables"}
META = {"name": "My Model", "id": "http://ns.example/"}
MPH, ODD = modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"), modified("Vehicle.Speed", "PROPERTY", "Vehicle", colour="red")


@pytest.fixture(scope="module")
def both(opened: Ledger) -> Iterator[tuple[Any, Any]]:
    """The room of the bank's data model, beside the database and behind a service."""
    with served(loaded(opened, contracts=True)) as client, Ledger(str(client.base_url)) as far:
        yield opened.contracts, far.contracts


def answer(room: Any, verb: str, *arguments: Any, **given: Any) -> Any:
    try:
        return getattr(room, verb)(*arguments, **given)
    except (RequestError, ContractError) as error:
        return error


@pytest.mark.parametrize("verb", READS)
def test_a_verb_answers_a_client_of_the_service_as_it_answers_beside_the_database(both: tuple[Any, Any], verb: str) -> None:
    for arguments, given in READS[verb]:
        one, other = (answer(room, verb, *arguments, **given) for room in both)
        if isinstance(one, Exception):
            assert (type(other), vars(other)) == (type(one), vars(one)), (verb, arguments, given)
            if isinstance(one, (LookupError, ContractError)):
                assert str(other) == str(one)
        else:
            same(other, one)


def test_every_verb_of_the_room_has_a_twin_with_one_signature() -> None:
    def verbs(kind: type) -> set[str]:
        return {name for name in vars(kind) if not name.startswith("_")}

    assert verbs(Contracts) == verbs(RemoteContracts) == {*READS, *WRITES}
    for verb in verbs(Contracts):
        assert signature(getattr_static(RemoteContracts, verb)) == signature(getattr_static(Contracts, verb)), verb


def report(*events: Event) -> dict[str, Any]:
    return {"changes": list(events)}


def told(ledger: Ledger, folder: Path) -> Iterator[Any]:
    """Write by every verb, and be refused by each; yield the answers."""
    room = ledger.contracts
    given: dict[str, Any] = {"metadata": META, "rules": {"property": {"unit": True}}}
    yield answer(room, "sync", None, **given, timestamp="2026-01-01")
    yield answer(room, "sync", report(*F0), **given, dry_run=True)
    yield answer(room, "sync", report(*F0), **given, release="v1", actor="ada", timestamp="2026-01-02")
    yield answer(room, "sync", report(*F0), **given, release="v1")
    for name in ("cam", "dash"):
        ledger.register(name=name, owner="ada", model_type="x", tier="low", purpose="p", timestamp="2026-01-01")
    yield answer(room, "produce", "cam", "my-model:Vehicle.Speed", actor="ada", timestamp="2026-01-03")
    yield answer(room, "consume", ledger.get("dash"), "my-model:Vehicle.Speed", actor="ada", timestamp="2026-01-03")
    yield answer(room, "consume", "moon", "my-model:Vehicle.Speed", actor="ada")
    yield answer(room, "consume", "dash", "my-model:Vehicle.Speed", actor="ada", contract="http://ns.example/contracts/0")
    yield answer(room, "sync", report(ODD), **given, strict=True)
    yield answer(room, "sync", report(MPH), **given, mode="FULL")
    yield answer(room, "sync", report(MPH), **given, mode="FULL", dry_run=True)
    yield answer(room, "sync", report(MPH, ODD), **given, mode="NONE", timestamp="2026-01-04")
    yield answer(room, "sync", report(MPH), **given, timestamp="2026-01-02")
    yield answer(room, "sync", report(modified("Moon", "ENTITY")), **given)
    yield answer(room, "sync", report(MPH), metadata=META | {"id": "urn:x#"}, rules={})
    tables = room.export("my-model", folder, columns="head")
    assert tables == read_tables(folder)
    yield tables
    empty(ledger)
    yield answer(room, "import_folder", folder, metadata=META, actor="ada", timestamp="2026-01-05")
    yield answer(room, "import_tables", tables, metadata=META)
    yield answer(room, "import_folder", folder, metadata=META | {"id": "urn:x#"})
    assert room.tables("my-model") == tables


def test_what_is_written_through_a_service_is_written_as_beside_the_database(ledger: Ledger, tmp_path: Path) -> None:
    near = list(told(ledger, tmp_path / "near"))
    empty(ledger)
    with served(ledger) as client, Ledger(str(client.base_url)) as far:
        # What tells of the database itself is emptied beside it.
        found = list(told(_emptying(far, ledger), tmp_path / "far"))
    for number, (one, other) in enumerate(zip(near, found, strict=True)):
        if isinstance(one, Exception):
            assert (type(other), vars(other), str(other)) == (type(one), vars(one), str(one)), number
        else:
            assert what_was_said(other) == what_was_said(one), number
    assert [type(each) for each in near if isinstance(each, Exception)].count(GateError) == 2
    assert any(isinstance(each, SyncError) for each in near)


def _emptying(far: Ledger, ledger: Ledger) -> Any:
    class Far:
        contracts, register, get, database = far.contracts, far.register, far.get, ledger.database

    return Far()


@pytest.fixture
def service(ledger: Ledger) -> Iterator[httpx.Client]:
    """A service of a small data model that one dashboard reads."""
    ledger.contracts.sync(report(*F0), metadata=META, rules={})
    ledger.register(name="dash", owner="ada", model_type="dashboard", tier="low", purpose="p")
    ledger.contracts.consume("dash", "my-model:Vehicle.Speed", actor="ada")
    with served(ledger) as client:
        yield client


def test_addresses_of_a_namespace_answer_what_the_library_answers(service: httpx.Client, ledger: Ledger) -> None:
    room = ledger.contracts
    listed = service.get("/contracts/my-model/concepts", params={"kind": "PROPERTY"}).json()["concepts"]
    assert listed == [each.model_dump(mode="json") for each in room.list("my-model", kind="PROPERTY")]
    assert service.get("/contracts").json()["concepts"] == [each.model_dump(mode="json") for each in room.list()]
    shown = service.get("/contracts/resolve", params={"ref": "my-model:Vehicle.Speed"})
    assert shown.json() == room.get("my-model:Vehicle.Speed").model_dump(mode="json")
    events = service.get("/contracts/history", params={"ref": "my-model:Vehicle.Speed"}).json()["events"]
    assert events == [each.model_dump(mode="json") for each in room.history("my-model:Vehicle.Speed")]
    (model,) = service.get("/contracts/namespaces").json()["namespaces"]
    assert model == room.namespaces()[0].model_dump(mode="json")
    assert (model["prefix"], model["namespace_uri"], model["elements"]) == ("my-model", META["id"], len(room.list("my-model")))
    assert service.get("/contracts/schema").json() == DiffReport.model_json_schema()


def test_an_export_is_the_four_files_whoever_asks(service: httpx.Client, tmp_path: Path) -> None:
    first = service.get("/contracts/my-model/export")
    assert (first.headers["content-type"], first.content) == ("application/zip", service.get("/contracts/my-model/export").content)
    with zipfile.ZipFile(io.BytesIO(first.content)) as archive:
        archive.extractall(tmp_path / "ledger")
    assert read_tables(tmp_path / "ledger") == sync_tables(Tables(), report(*F0), metadata=META, rules={}).tables
    with zipfile.ZipFile(io.BytesIO(service.get("/contracts/my-model/export?columns=head").content)) as archive:
        header = next(csv.reader(io.StringIO(archive.read("bindings.csv").decode())))
    assert header[1] == "binding_uri"


def test_a_gate_that_fails_is_409_with_whom_it_hits_and_nothing_is_written(service: httpx.Client, ledger: Ledger) -> None:
    body = {"report": report(MPH), "metadata": META, "rules": {}, "mode": "FULL"}
    before = ledger.contracts.tables("my-model")
    checked = service.post("/contracts/my-model/check", json=body)
    assert (checked.status_code, checked.json()["compatible"], checked.json()["owners"]) == (200, False, ["ada"])
    refused = service.post("/contracts/my-model/sync", json=body)
    problem = refused.json()
    assert (refused.status_code, refused.headers["content-type"], problem["error"]) == (409, "application/problem+json", "GateError")
    assert problem["result"] == checked.json()
    assert GateResult.model_validate(problem["result"]).consumers[0].key == "/dash"
    assert ledger.contracts.tables("my-model") == before
    done = service.post("/contracts/my-model/sync", json=body | {"mode": "NONE"})
    assert (done.status_code, done.json()["created"]["contracts"]) == (200, 0)  # no rule says that it breaks


BAD: dict[str, tuple[int, str]] = {
    '{"report": {"changes": [{}]}, "metadata": META}': (422, "report.changes.0.label"),
    '{"report": {"changes": []}, "metadata": {"name": "x"}}': (422, "metadata.id"),
    '{"report": {"changes": []}, "metadata": OTHER}': (422, "the address names"),
    '{"report": {"changes": []}, "metadata": META, "rules": {"moon": {}}}': (422, "rules.moon"),
    '{"report": {"changes": []}, "metadata": META, "moon": 1}': (422, "moon"),
    '{"report": {"changes": []}, "metadata": META, "mode": "moon"}': (422, "mode"),
    '{"report": {"changes": [GONE]}, "metadata": META}': (409, "No concept found"),
    "[]": (422, "object"),
    "{": (422, "not JSON"),
}


@pytest.mark.parametrize("body", BAD)
def test_what_does_not_fit_is_a_problem_and_writes_nothing(body: str, service: httpx.Client, ledger: Ledger) -> None:
    status, said = BAD[body]
    words = {"META": META, "OTHER": META | {"preferred_prefix": "other"}, "GONE": modified("Moon", "ENTITY")}
    for word, value in words.items():
        body = body.replace(word, json.dumps(value))
    before = ledger.contracts.tables("my-model")
    for name in ("sync", "check"):
        found = service.post(f"/contracts/my-model/{name}", content=body, headers={"Content-Type": "application/json"})
        assert (found.status_code, said in found.json()["detail"]) == (status, True), found.text
    assert ledger.contracts.tables("my-model") == before


@pytest.mark.parametrize(
    ("path", "status"),
    [("/contracts/moon/export", 404), ("/contracts/my-model/export?columns=moon", 422), ("/contracts/my-model/export?moon=1", 422),
     ("/contracts/resolve?ref=moon", 404), ("/contracts/resolve", 422), ("/contracts/my-model/concepts?prefix=x", 422),
     ("/contracts/my-model/concepts?moon=1", 422), ("/contracts/schema?moon=1", 422), ("/contracts/moon/concepts", 200),
     ("/contracts/namespaces?moon=1", 422)],
)  # fmt: skip
def test_what_is_not_there_or_makes_no_sense_is_said(path: str, status: int, service: httpx.Client) -> None:
    assert service.get(path).status_code == status


def test_a_reader_asks_and_a_writer_writes_under_its_own_name(service: httpx.Client, ledger: Ledger) -> None:
    keys = {role: {"X-API-Key": create_key(ledger.database, f"a-{role}", role)} for role in ("reader", "writer")}
    body = {"report": report(MPH), "metadata": META, "rules": {}}
    for path in ("/contracts/my-model/concepts", "/contracts/my-model/export", "/contracts/schema", "/contracts", "/contracts/namespaces"):
        assert [service.get(path, headers=headers).status_code for headers in ({}, keys["reader"])] == [401, 200], path
    assert service.post("/contracts/my-model/check", json=body, headers=keys["reader"]).status_code == 200
    assert service.post("/contracts/my-model/sync", json=body, headers=keys["reader"]).status_code == 403
    for name, tool in SERVED.items():
        if name.startswith("contract_") and tool.writes:
            assert service.post(f"/{tool.address}", json=dict(tool.example), headers=keys["reader"]).status_code == 403, name
    assert service.post("/contracts/my-model/sync", json=body | {"actor": "ada"}, headers=keys["writer"]).status_code == 200
    newest = ledger.contracts.history("my-model:Vehicle.Speed")[0]
    assert (newest.actor, newest.tags) == ("a-writer", {"on_behalf_of": "ada"})
