"""The pages to look at, driven by a person's browser: keyboard, slider, no script, signing in, names that are code."""

import os
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from graph_ledger.access.keys import create_key
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.explorer.picture import COLUMNS, ROWS, drawn
from graph_ledger.values.lineage import Impact, ImpactNode
from graph_ledger.values.node import DataNode
from tests.surfaces.browser import window
from tests.surfaces.rest.serving import served

START = "/explore/model?key=customer_features"
SHOWN = os.environ.get("GRAPH_LEDGER_SCREENSHOTS")
"""A folder into which the pictures of the documents are made anew."""
SCRIPT = "<script>document.title='taken'</script>"


def boxes(page: object) -> set[str]:
    return set(page.locator("svg a text:not(.below)").all_text_contents())  # type: ignore[attr-defined]


def test_a_person_finds_a_model_sees_what_breaks_and_moves_the_date(bank: Ledger) -> None:
    bank.seal()
    bank.record("customer_features", event="reviewed", actor="mrm")
    with served(bank) as client, window() as page:
        page.goto(f"{client.base_url}/")
        page.get_by_label("Find models").fill("customer features")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="database/customer_features").first.click()
        today = {"customer_features", *bank.downstream("customer_features")}
        assert boxes(page) == today
        rows = page.locator("table.history tbody tr")
        assert [rows.nth(place).locator("td").last.text_content() for place in range(3)] == ["chained", "sealed", "sealed"]
        assert "each is as it was recorded" in page.content()
        _picture(page, "explorer-model.png")
        slider = page.get_by_role("slider")
        slider.focus()
        with page.expect_response("**/explore/impact?**") as answered:
            page.keyboard.press("Home")  # the first day there was such a model
        first = parse_qs(urlsplit(answered.value.url).query)["as_of"][0]
        page.wait_for_function("first => document.querySelector('figcaption').textContent.includes(first)", arg=first)
        assert boxes(page) == {"customer_features", *bank.downstream("customer_features", as_of=first)} != today
        assert f"as_of={first}" in page.url
        page.reload()
        assert boxes(page) == {"customer_features", *bank.downstream("customer_features", as_of=first)}


def test_the_pages_do_without_script_and_with_the_keyboard_alone(bank: Ledger) -> None:
    with served(bank) as client, window(script=False) as page:
        page.goto(f"{client.base_url}/")
        _picture(page, "explorer-home.png")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # past the head of the page
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "alerting/alert_engine":
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/explore/model?**")
        page.get_by_label("Look").select_option("upstream")
        page.get_by_label("as of").fill("2026-01-31")
        page.get_by_role("button", name="Show").click()
        assert boxes(page) == {"alert_engine", *bank.upstream("alert_engine", as_of="2026-01-31")}


def test_names_that_are_code_are_names(ledger: Ledger) -> None:
    odd = ["<img src=x onerror=alert(1)>", 'a"onload="x', "a/../b?c#d%2e", SCRIPT, "é{{ 7*7 }}"]
    ledger.add(
        [DataNode("start", outputs=["t"], metadata={"owner": SCRIPT}), *(DataNode(name, inputs=["t"], platform="p") for name in odd)]
    )
    ledger.record("start", event=SCRIPT, actor=SCRIPT, payload={SCRIPT: SCRIPT})
    with served(ledger) as client, window() as page:
        for name in odd:
            page.goto(f"{client.base_url}/explore/model?key={quote(f'p/{name}', safe='')}")
            assert page.locator("h1").text_content() == f"p/{name}"
        page.goto(f"{client.base_url}/explore/model?key=start")
        assert page.title() != "taken"
        page.goto(f"{client.base_url}/?text={quote(SCRIPT, safe='')}")
        assert page.title() == "graph-ledger"


def test_an_edited_history_is_told(bank: Ledger) -> None:
    key = bank.get("fraud_scoring").key
    bank.database.driver.execute_query("MATCH (:ModelRef {key: $key})-[:HAS_SNAPSHOT]->(e {sequence: 2}) SET e.actor = 'x'", key=key)
    with served(bank) as client:
        said = client.get("/explore/model", params={"key": key}).text
    assert "the history was edited" in said
    assert "event 2" in said


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/explore/model?key=customer_featurs", 404, "customer_features"),
        ("/explore/model", 422, "at least 1 character"),
        (f"{START}&as_of=yesterday", 422, "as_of"),
        (f"{START}&direction=sideways", 422, "direction"),
        (f"{START}&as_of=1999-01-01", 200, "there was no such model"),
        ("/?offset=minus&text=%00", 422, "text"),
        ("/?text=qqqqqqqq", 200, "No model fits"),
    ],
)
def test_what_cannot_be_shown_is_said_on_a_page(bank: Ledger, path: str, status: int, word: str) -> None:
    with served(bank) as client:
        answer = client.get(path)
    assert (answer.status_code, word in answer.text, answer.headers["content-type"]) == (status, True, "text/html; charset=utf-8")


def test_with_keys_a_person_signs_in_and_out_and_may_only_read(bank: Ledger) -> None:
    key = create_key(bank.database, "ada", "reader")
    with served(bank) as client, window() as page:
        page.goto(f"{client.base_url}{START}")
        for text in ("gl_wrong", key):
            page.get_by_label("Key").fill(text)
            page.get_by_role("button", name="Sign in").click()
        assert page.locator("h1").text_content() == "database/customer_features"
        cookie = page.context.cookies()[0]
        assert (cookie["httpOnly"], cookie["sameSite"], key in page.content()) == (True, "Strict", False)
        kept = {"cookie": f"{cookie['name']}={cookie['value']}"}
        told = {"model_name": "fraud_scoring", "event": "seen"}
        assert client.post("/record", json=told, headers=kept).status_code == 401
        assert client.get("/overview", headers=kept).status_code == 200
        assert client.get("/overview", headers={"cookie": f"{cookie['name']}=gl_x"}).status_code == 401
        page.get_by_role("button", name="Sign out").click()
        assert page.locator("h1").text_content() == "A key is needed"
        assert client.get("/overview", headers=kept).status_code == 401  # forgotten here, too


def test_a_browser_keeps_no_key_and_shows_what_stands_for_it_over_tls_alone(bank: Ledger) -> None:
    key = create_key(bank.database, "ada", "admin")
    with served(bank) as client:
        here = client.post("/explore/sign-in", data={"key": key}).headers["set-cookie"]
        elsewhere = client.post("/explore/sign-in", data={"key": key}, headers={"host": "ledger.example"}).headers["set-cookie"]
    assert key[3:] not in here + elsewhere
    assert ("Secure" in here, "Secure" in elsewhere) == (False, True)


def test_another_site_can_sign_nobody_in(bank: Ledger) -> None:
    key = create_key(bank.database, "eve", "reader")
    with served(bank) as client:
        posted = client.post("/explore/sign-in", data={"key": key}, headers={"origin": "https://elsewhere.example"})
        away = client.post("/explore/sign-in", data={"key": key, "back": "//elsewhere.example"}, headers={"origin": str(client.base_url)})
    assert (posted.status_code, "set-cookie" in posted.headers) == (403, False)
    assert (away.status_code, away.headers["location"]) == (303, "/")


def test_the_pages_load_nothing_from_elsewhere(bank: Ledger) -> None:
    with served(bank) as client:
        for path in ("/", START, "/explore/assets/explorer.js", "/explore/assets/explorer.css"):
            answer = client.get(path)
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "http://" not in answer.text.replace(str(client.base_url), "")
            assert "https://" not in answer.text


def test_a_large_impact_is_drawn_small() -> None:
    nodes = tuple(
        ImpactNode(key=f"p/{depth}-{n}", name=f"{depth}-{n}", platform="p", depth=depth, owner="o", tier="t", status="s", model_type="m")
        for depth in range(1, 9)
        for n in range(1_000)
    )
    picture = drawn(Impact(model="p/a", nodes=nodes, edges=(("p/a", "p/1-0"), ("p/1-0", "p/8-999"))), "a", "p")
    assert len(picture.boxes) == 1 + COLUMNS * ROWS + 1
    assert [box.text for box in picture.boxes if not box.key] == ["987 more"] * COLUMNS + ["3,000 more"]
    assert len(picture.lines) == 1


def _picture(page: object, name: str) -> None:
    if SHOWN:
        page.screenshot(path=Path(SHOWN) / name, full_page=name != "explorer-home.png")  # type: ignore[attr-defined]


def test_a_service_that_is_away_says_so_on_a_page() -> None:
    def away() -> Ledger:
        return Ledger("bolt://127.0.0.1:1")

    with served(away) as client:
        answer: httpx.Response = client.get("/", timeout=60)
    assert (answer.status_code, "127.0.0.1:1" in answer.text) == (503, False)
