"""Sources as large as they come: what is read of them is bounded in time, and events also in memory."""

import copy
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors.dbt import dbt_connector
from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.connectors.openlineage_reading import nodes_of
from tests.connectors.test_dbt import DAILY, MANIFEST
from tests.connectors.test_openlineage import EVENTS

MODELS, EVENTS_SENT, JOBS = 10_000, 200_000, 1_000
MIB = 1024 * 1024


def events(runs: int) -> Iterator[dict[str, Any]]:
    """Yield two events a run, of a thousand jobs."""
    for run in range(runs):
        at = f"2026-{1 + run // 10_000:02}-{1 + run % 28:02}T{run % 24:02}:{run % 60:02}:00Z"
        for told in EVENTS:
            yield {**told, "eventTime": at, "run": {"runId": f"run-{run}"}, "job": {**told["job"], "name": f"job-{run % JOBS}"}}


@pytest.mark.slow
def test_a_manifest_of_ten_thousand_models_is_read_in_ten_seconds(tmp_path: Path) -> None:
    manifest, columns = copy.deepcopy(MANIFEST), {f"c{number}": {"description": "x" * 50, "data_type": "text"} for number in range(20)}
    for number in range(MODELS):
        read = [f"model.shop.m{before}" for before in range(max(0, number - 3), number)]
        code = {"raw_code": "select 1 " * 100, "compiled_code": "select 1 " * 200}
        told = {"alias": f"t{number}", "columns": columns, "depends_on": {"nodes": read}, **code}
        manifest["nodes"][f"model.shop.m{number}"] = {**MANIFEST["nodes"][DAILY], **told}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    start = time.process_time()
    listing = dbt_connector(tmp_path).discover()
    assert (len(listing), listing.complete) == (MODELS + 2, True)
    assert time.process_time() - start < 10


@pytest.mark.slow
def test_two_hundred_thousand_events_are_read_in_twenty_seconds(tmp_path: Path) -> None:
    with (tmp_path / "events.jsonl").open("w") as file:
        file.writelines(f"{json.dumps(each)}\n" for each in events(EVENTS_SENT // 2))
    start = time.process_time()
    listing = openlineage_connector(tmp_path).discover()
    assert (len(listing), listing.coverage["events"], listing.errors) == (JOBS, EVENTS_SENT, ())
    assert time.process_time() - start < 20


def test_events_are_not_held() -> None:
    """Twenty times the runs of the same jobs take no more memory than once."""
    nodes_of(events(JOBS))
    peaks = []
    for times in (1, 20):
        tracemalloc.start()
        nodes_of(events(times * JOBS))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] + MIB
