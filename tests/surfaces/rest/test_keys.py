"""Who may ask what: keys at rest, in use, revoked, expired; and never written down."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from graph_ledger.access.keys import create_key, list_keys, revoke_key
from graph_ledger.access.secret import taken_apart
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest import create_app
from graph_ledger.surfaces.rest.doorkeeper import OPEN, OPEN_BELOW
from graph_ledger.values.api_key import KeyRole
from tests.surfaces.conftest import Say
from tests.surfaces.rest.serving import served

Made = Callable[[str, KeyRole], dict[str, str]]


@pytest.fixture
def made(estate: Ledger) -> Made:
    """Make a key; return the header that shows it."""
    return lambda name, role: {"X-API-Key": create_key(estate.database, name, role)}


def test_of_a_key_the_graph_holds_a_digest_alone(ledger: Ledger) -> None:
    key = create_key(ledger.database, "etl", "writer", expires="2099-12-31")
    named, secret = key[:19], key[20:]
    rows = ledger.database.table("MATCH (n) RETURN toString(properties(n).name), [k IN keys(n) | toString(n[k])]")[1]
    everything = str(rows)
    assert secret not in everything
    assert hashlib.sha256(secret.encode()).hexdigest() in everything
    (kept,) = list_keys(ledger.database)
    assert (kept.name, kept.role, kept.state, f"gl_{kept.key_id}") == ("etl", "writer", "active", named)
    assert len(secret) == 43


def test_without_keys_this_machine_may_do_everything_and_says_who_does_it(estate: Ledger) -> None:
    with served(estate) as client:
        client.post("/record", json={"model_name": "fraud", "event": "reviewed", "actor": "ada"}).raise_for_status()
        assert client.post("/seal", json={}).status_code == 200
    assert estate.history("fraud", event_type="reviewed")[0].actor == "ada"


def test_a_role_may_what_it_says_and_no_more(estate: Ledger, made: Made) -> None:
    reader, writer, admin = made("r", "reader"), made("w", "writer"), made("a", "admin")
    event = {"model_name": "fraud", "event": "reviewed"}
    with served(estate) as client:
        assert client.get("/models/fraud").status_code == 401
        assert [client.get("/models/fraud", headers=key).status_code for key in (reader, writer, admin)] == [200, 200, 200]
        assert [client.post("/record", json=event, headers=key).status_code for key in (reader, writer, admin)] == [403, 200, 200]
        assert [client.post("/seal", json={}, headers=key).status_code for key in (reader, writer, admin)] == [403, 403, 200]
        refused = client.post("/record", json=event, headers=reader).json()
    assert (refused["status"], refused["needed"], refused["error"]) == (403, "writer", "NotAllowedError")


def test_a_key_is_shown_as_bearer_or_in_a_header_of_its_own(estate: Ledger, made: Made) -> None:
    key = made("r", "reader")["X-API-Key"]
    with served(estate) as client:
        for headers in ({"Authorization": f"Bearer {key}"}, {"authorization": f"bearer {key}"}, {"x-api-key": key}):
            assert client.get("/overview", headers=headers).status_code == 200
        wrong = [key[:-1] + ("A" if key[-1] != "A" else "B"), "gl_" + "0" * 16 + key[19:], "x", "é"]
        for text in wrong:
            answer = client.get("/overview", headers={b"Authorization": f"Bearer {text}".encode()})
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="graph-ledger"')
            assert answer.headers["content-type"] == "application/problem+json"


def test_what_a_key_writes_is_signed_with_its_name_for_whom_it_says(estate: Ledger, made: Made) -> None:
    writer = made("etl-job", "writer")
    with served(estate) as client:
        event = {"model_name": "fraud", "event": "reviewed", "actor": "ada"}
        assert client.post("/record", json=event, headers=writer).json()["snapshot"]["actor"] == "etl-job"
        assert client.post("/discover", json={"models": [{"name": "new", "platform": "ml"}]}, headers=writer).status_code == 200
    found = estate.history("fraud", event_type="reviewed")[0]
    assert (found.actor, found.tags) == ("etl-job", {"on_behalf_of": "ada"})
    assert {each.actor for each in estate.history("ml/new")} == {"etl-job"}


def test_a_revoked_or_expired_key_works_no_more_within_the_time_that_is_told(estate: Ledger, made: Made) -> None:
    revoked, lasting = made("gone", "reader"), made("stays", "reader")
    with served(estate, key_seconds=0.5) as client:
        assert client.get("/overview", headers=revoked).status_code == 200
        revoke_key(estate.database, "gone")
        time.sleep(0.6)
        assert client.get("/overview", headers=revoked).status_code == 401
        assert client.get("/overview", headers=lasting).status_code == 200
        revoke_key(estate.database, "stays")
        time.sleep(0.6)
        assert client.get("/overview").status_code == 401  # revoking the last one opens nothing
    past = {"X-API-Key": create_key(estate.database, "late", "reader", expires=_in(0.5))}
    with served(estate, key_seconds=0) as client:
        time.sleep(0.6)
        assert client.get("/overview", headers=past).status_code == 401
    assert {each.name: each.state for each in list_keys(estate.database)} == {"gone": "revoked", "late": "expired", "stays": "revoked"}


def test_a_known_key_costs_no_question_of_the_database(estate: Ledger, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, read, asked = made("r", "reader"), estate.database.read, list[str]()

    def counted(name: str, **given: Any) -> Any:
        asked.append(name)
        return read(name, **given)

    monkeypatch.setattr(estate.database, "read", counted)
    with served(estate) as client:
        for _ in range(5):
            client.get("/overview", headers=reader).raise_for_status()
    assert asked.count("access/find_key") == 1
    assert "access/count_keys" not in asked


def test_every_route_but_the_open_ones_needs_a_key(estate: Ledger, made: Made) -> None:
    made("r", "reader")
    routes = [
        (min(route.methods or ()), route.path.replace("{subject:path}", "fraud"))
        for route in create_app(estate).routes
        if isinstance(route, APIRoute)
    ]
    assert len(routes) > 70
    with served(estate) as client:
        for method, path in routes:
            status = client.request(method, path, json={} if method == "POST" else None).status_code
            is_open = path in OPEN or path.startswith(OPEN_BELOW)
            assert (status == 401) is not is_open, (method, path, status)


def test_a_key_in_an_address_is_refused_and_nothing_tells_it(estate: Ledger, made: Made, caplog: pytest.LogCaptureFixture) -> None:
    key = made("r", "reader")["X-API-Key"]
    caplog.set_level("DEBUG")
    with served(estate) as client:
        shown = {"X-API-Key": key}
        told = [
            client.get("/query", params={"text": key}),
            client.get("/query", params={"key": key}),
            client.get(f"/models/{key}"),
            client.get(f"/models/{key.replace('_', '%5F')}", headers=shown),
            client.get("/query", params={key: "x"}, headers=shown),
            client.get("/models/fraud", headers={"X-API-Key": key[:-1] + "!"}),
            client.post("/record", json={key: key}, headers=shown),
            client.get("/metrics", headers=shown),
            client.get("/overview", headers=shown),
        ]
    assert [each.status_code for each in told] == [422, 422, 422, 422, 422, 401, 403, 200, 200]
    secret = key[20:]
    assert not [each for each in caplog.records if not each.name.startswith("http") and secret in f"{each.getMessage()} {each.__dict__}"]
    assert not [each.text for each in told if each.request.method == "GET" and secret in each.text]


def test_a_web_page_of_somebody_else_gets_nothing_where_no_key_is_asked(estate: Ledger) -> None:
    with served(estate, origins=("https://models.example",)) as client:
        event = {"model_name": "fraud", "event": "reviewed"}
        rebound = client.get("/overview", headers={"Host": "evil.example"})
        assert (rebound.status_code, rebound.json()["title"]) == (403, "Forbidden")
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            assert client.post("/record", json=event, headers=headers).status_code == 403
        assert client.get("/overview", headers={"Origin": "https://evil.example"}).status_code == 403
        assert (
            client.post("/record", content=b'{"model_name":"fraud","event":"x"}', headers={"Content-Type": "text/plain"}).status_code == 415
        )
        here = {"Origin": str(client.base_url).rstrip("/")}
        assert client.post("/record", json=event, headers=here).status_code == 200
        asked = {"Origin": "https://models.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}
        assert client.options("/record", headers=asked).headers["access-control-allow-origin"] == "https://models.example"
        assert client.options("/record", headers=asked | {"Origin": "https://evil.example"}).status_code == 400
    with served(estate) as client:
        assert "access-control-allow-origin" not in client.options("/record", headers=asked).headers


def test_what_is_no_address_and_no_form_is_refused_as_that(estate: Ledger) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with served(estate) as client:
        for headers in ({"Host": "["}, {"Host": "a]["}, {"Origin": "http://["}):
            assert client.get("/overview", headers=headers).status_code == 403
            assert client.post("/explore/sign-in", content="key=x", headers=form | {"Origin": "http://["}).status_code == 403
        for body in (b"&".join([b"a=1"] * 6), b"key=%ff", b"key=\xff"):
            assert client.post("/explore/sign-in", content=body, headers=form).status_code == 422


def test_without_keys_nobody_is_this_machine_by_what_they_say(estate: Ledger) -> None:
    async def ask(client: tuple[str, int] | None, **headers: str) -> int:
        transport = httpx.ASGITransport(create_app(estate), client=client)  # type: ignore[arg-type]  # None: a socket of files
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
            return (await asking.get("/overview", headers=headers)).status_code

    for peer in ("127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"):
        assert asyncio.run(ask((peer, 1))) == 200
    for client in (("10.0.0.1", 1), ("::ffff:10.0.0.1", 1), ("testclient", 1), None):
        assert asyncio.run(ask(client)) == 403
    for name in ("Forwarded", "X-Forwarded-For", "Via"):
        assert asyncio.run(ask(("127.0.0.1", 1), **{name: "127.0.0.1"})) == 403


def test_the_command_line_makes_lists_and_revokes_keys(say: Say) -> None:
    done = say("keys", "create", "etl", "--role", "writer", "--expires", "2099-12-31")
    assert done.exit_code == 0
    assert taken_apart(done.stdout.strip()) is not None
    assert done.stdout.strip() not in done.stderr
    assert say("keys", "create", "etl", "--role", "reader").exit_code == 2
    assert say("keys", "create", "late", "--role", "reader", "--expires", "2020-12-31").exit_code == 2
    assert say("keys", "create", " ", "--role", "reader").exit_code == 2
    assert say("keys", "revoke", "nobody").exit_code == 2
    assert say("keys", "revoke", "etl").exit_code == 0
    listed = say("keys", "list").stdout
    assert ("etl" in listed, "revoked" in listed, done.stdout.strip()[20:] in listed) == (True, True, False)
    assert say("keys", "create", "etl", "--role", "writer").exit_code == 2  # the name has signed events


def test_keys_disturb_neither_a_deep_verification_nor_the_doctor(estate: Ledger) -> None:
    before = estate.verify(deep=True)
    create_key(estate.database, "etl", "writer")
    assert (before.ok, estate.verify(deep=True)) == (True, before)
    assert all(check.ok for check in estate.doctor())


def _in(seconds: float) -> str:
    return (datetime.now(timezone.utc) + timedelta(seconds=seconds)).isoformat()
