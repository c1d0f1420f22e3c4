"""The page about the service is true: its table, its commands, its limits, its errors."""

import os
import re
import subprocess

from graph_ledger.access.keys import create_key
from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings
from graph_ledger.surfaces.cli.serve import serve
from graph_ledger.surfaces.rest import Options
from graph_ledger.surfaces.rest.error_answers import OF_BODIES, SAID
from graph_ledger.surfaces.tools.catalogue import SERVED
from tests.docs.pages import ROOT, blocks
from tests.surfaces.rest.serving import served

PAGE = ROOT / "docs" / "rest.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_table_of_routes_is_that_of_the_tools() -> None:
    expected = []
    for tool in SERVED.values():
        by_path = f", `/{tool.address}/{{{tool.subject}}}`" if tool.subject and tool.method == "GET" else ""
        expected.append(f"| {tool.method} | `/{tool.address}`{by_path} | {tool.title} | {tool.role} |")
    assert [line for line in TEXT.splitlines() if re.match(r"\| (GET|POST) ", line)] == expected


def test_what_the_page_asks_with_curl_is_answered(bank: Ledger) -> None:
    lines = [line for block in blocks(PAGE, "sh") for line in block.text.splitlines() if line.startswith("curl ")]
    assert len(lines) == 6
    more: dict[str, str] = {}
    with served(bank, key_seconds=0) as client:
        for line in lines:
            if "$KEY" in line and not more:
                more["KEY"] = create_key(bank.database, "notebook", "reader")
            command = line.replace("http://127.0.0.1:8000", str(client.base_url).rstrip("/"))
            call = ["bash", "-c", f"{command} --silent --noproxy '*'"]
            done = subprocess.run(call, env=os.environ | more, capture_output=True, text=True, check=False, timeout=60)
            assert (done.returncode, done.stdout[:1]) == (0, "{"), f"{line}: {done.stdout}{done.stderr}"


def test_every_limit_is_told_with_its_default_and_is_a_setting() -> None:
    options, settings = Options(), Settings()
    for name in ("max_bytes", "max_artifact_bytes", "max_rows", "max_depth", "max_seconds", "max_requests"):
        bound = getattr(options, name)
        shown = {"max_bytes": f"{bound / 2**20:g} MiB", "max_artifact_bytes": f"{bound / 2**30:g} GiB"}.get(name, f"{bound:,g}")
        assert f"| `--{name.replace('_', '-')}` | {shown} |" in TEXT
        assert getattr(settings, f"rest_{name}") == bound
    assert {f"rest_{option.name}" for option in serve.params} - {"rest_demo", "rest_log_format"} == {
        name for name in Settings.model_fields if name.startswith("rest_")
    }


def test_every_status_of_an_error_is_told() -> None:
    (table,) = re.findall(r"\| Status \|.*?\n\n", TEXT, re.DOTALL)
    assert {int(found) for found in re.findall(r"\b[45]\d\d\b", table)} == {*SAID, *OF_BODIES, 405}
