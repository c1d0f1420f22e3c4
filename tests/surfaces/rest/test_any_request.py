"""Whatever is sent that the OpenAPI document describes, or that it rules out, is answered as it says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.openapi import document
from tests.bank import loaded
from tests.surfaces.rest.serving import served

pytestmark = pytest.mark.slow
EXAMPLES = 8
"""For each operation, of requests that fit and of others together."""
LEAKS = re.compile(r"bolt://|MATCH \(|UNWIND|Traceback|site-packages|\.cypher|ForsetiClient|Neo\.(Client|Transient|Database)Error")
DOCUMENT: dict[str, Any] = json.loads(document("1"))
OPERATIONS = [(path, method) for path, item in DOCUMENT["paths"].items() for method in item]
WANTED = ["status_code_conformance", "content_type_conformance", "response_schema_conformance"]
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
load_all_checks()


@pytest.fixture(scope="module")
def bank_served(opened: Ledger) -> Iterator[httpx.Client]:
    """A service of the demo estate; what is written to it stays."""
    with TemporaryDirectory() as inbox, served(loaded(opened), inbox=Path(inbox), max_seconds=10.0) as client:
        yield client


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
def test_every_operation_keeps_what_its_description_says(bank_served: httpx.Client, path: str, method: str) -> None:
    operation = SCHEMA[path][method]
    for mode in GenerationMode:
        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.path_parameters or operation.body):
            continue

        @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(mode))
        def keeps(case: Any) -> None:
            answer = case.call(base_url=str(bank_served.base_url), timeout=60)
            case.validate_response(answer, checks=CHECKS.get_by_names(WANTED))
            said = answer.content.decode(errors="replace")  # an archive is no text
            assert answer.status_code not in {500, 503}, said
            assert not LEAKS.search(said), said

        try:
            keeps()
        except Unsatisfiable:  # any text is a name, so where nothing else is asked no request can misfit
            assert mode is GenerationMode.NEGATIVE
            assert not operation.query
            assert not operation.body
