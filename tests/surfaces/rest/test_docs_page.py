"""The OpenAPI document and its page: whole, true, and without any other host."""

import json
import re
import shutil
from importlib.resources import files
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from graph_ledger.surfaces.rest.contract_routes import contract_routes
from graph_ledger.surfaces.rest.docs_page import POLICY
from graph_ledger.surfaces.rest.openapi import document
from graph_ledger.surfaces.rest.registry_routes import registry_routes
from graph_ledger.surfaces.tools.catalogue import TOOLS

DOCUMENT: dict[str, Any] = json.loads(document("1"))


def test_every_tool_is_described_with_its_example_and_its_failures() -> None:
    operations = {each["operationId"]: (path, method, each) for path, item in DOCUMENT["paths"].items() for method, each in item.items()}
    for tool in TOOLS.values():
        path, method, told = operations[tool.name]
        assert (path, method) == (f"/{tool.address}", tool.method.lower())
        assert {"200", "400", "401", "403", "404", "409", "422", "429", "500", "502", "503"} <= told["responses"].keys()
        if tool.method == "POST":
            assert told["requestBody"]["content"]["application/json"]["example"] == json.loads(json.dumps(tool.example))
        else:
            assert {each["name"]: each.get("example") for each in told["parameters"] if "example" in each} == tool.example
            assert {each["name"] for each in told["parameters"]} == set(tool.asks.model_fields)
        assert all(each.get("description") for each in told.get("parameters", ()))


def test_every_address_of_contracts_and_versions_is_described() -> None:
    routes = [
        (route.path, method)
        for router in (contract_routes(), registry_routes())
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    ]
    told = {(path, method.upper()): each for path, item in DOCUMENT["paths"].items() for method, each in item.items()}
    assert len(routes) == len(set(routes)) > 10
    for path, method in routes:
        each = told[path, method]
        placed = {f"{{{field['name']}}}" for field in each.get("parameters", ()) if field["in"] == "path"}
        assert placed == set(re.findall(r"\{\w+\}", path))
        assert ("requestBody" in each) == (method != "GET")
        assert each["summary"]
        assert "Takes the role" in each["description"]
    names = [each["operationId"] for each in told.values()]
    assert len(names) == len(set(names))


def test_every_reference_of_the_document_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        found: Any = DOCUMENT
        for part in reference.split("/"):
            found = found[part]
        assert found


def test_the_page_is_made_of_what_the_service_itself_serves(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.headers["content-security-policy"] == POLICY
    assert "http" not in POLICY
    assert not re.search(r"(src|href)=\"(?!docs/|data:)", page.text)
    for path in re.findall(r"(?:src|href)=\"(docs/[^\"]+)\"", page.text):
        assert client.get(f"/{path}").status_code == 200, path
    assert client.get("/openapi.json").json()["paths"].keys() == DOCUMENT["paths"].keys()
    assert 'url: "openapi.json"' in client.get("/docs/starting.js").text
    assert "validatorUrl: null" in client.get("/docs/starting.js").text


def test_the_styles_of_the_page_name_no_other_host() -> None:
    styles = (files("fastapi_offline") / "static" / "swagger-ui.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(['\"]?https?:", styles)


@pytest.mark.slow
def test_a_browser_shows_the_page_and_asks_no_other_host(client: httpx.Client) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    asked, complaints = list[str](), list[str]()
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{client.base_url}/docs")
        page.wait_for_selector(".opblock-summary", timeout=60_000)
        shown = page.locator(".opblock").count()
        browser.close()
    assert shown > len(TOOLS)
    assert complaints == []
    assert {httpx.URL(url).host for url in asked if not url.startswith("data:")} == {"127.0.0.1"}
