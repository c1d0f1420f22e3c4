"""Sources as large as they come: what is read of them is bounded in time, and events also in memory."""

import copy
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors.dbt import dbt_connector
from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.connectors.openlineage_reading import nodes_of
from tests.connectors.test_dbt import DAILY, MANIFEST
from tests.connectors.test_openlineage import EVENTS

MODELS, EVENTS_SENT, JOBS = 5_000, 50_000, 1_000
MIB = 1024 * 1024


def events(runs: int) -> Iterator[dict[str, Any]]:
    """Yield two events a run, of a thousand jobs."""
    for run in range(runs):
        at = f"2026-{1 + run // 10_000:02}-{1 + run % 28:02}T{run % 24:02}:{run % 60:02}:00Z"
        for told in EVENTS:
            yield {**told, "eventTime": at, "run": {"runId": f"run-{run}"}, "job": {**told["job"], "name": f"job-{run % JOBS}"}}


def seconds(read: Callable[[], object]) -> float:
    """The processor time of one reading, the shorter of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read()
        times.append(time.process_time() - start)
    return min(times)


def manifest_of(models: int, folder: Path) -> Path:
    """A manifest of models that each read the three before."""
    manifest, columns = copy.deepcopy(MANIFEST), {f"c{number}": {"description": "x" * 50, "data_type": "text"} for number in range(20)}
    for number in range(models):
        read = [f"model.shop.m{before}" for before in range(max(0, number - 3), number)]
        code = {"raw_code": "select 1 " * 100, "compiled_code": "select 1 " * 200}
        told = {"alias": f"t{number}", "columns": columns, "depends_on": {"nodes": read}, **code}
        manifest["nodes"][f"model.shop.m{number}"] = {**MANIFEST["nodes"][DAILY], **told}
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.slow
def test_ten_times_the_models_take_about_ten_times_as_long(tmp_path: Path) -> None:
    small, large = manifest_of(MODELS // 10, tmp_path / "small"), manifest_of(MODELS, tmp_path / "large")
    listing = dbt_connector(large).discover()
    assert (len(listing), listing.complete) == (MODELS + 2, True)
    assert seconds(lambda: dbt_connector(large).discover()) < 25 * seconds(lambda: dbt_connector(small).discover())


@pytest.mark.slow
def test_ten_times_the_events_take_about_ten_times_as_long(tmp_path: Path) -> None:
    files = {}
    for sent in (EVENTS_SENT // 10, EVENTS_SENT):
        files[sent] = tmp_path / f"{sent}.jsonl"
        with files[sent].open("w") as file:
            file.writelines(f"{json.dumps(each)}\n" for each in events(sent // 2))
    listing = openlineage_connector(files[EVENTS_SENT]).discover()
    assert (len(listing), listing.coverage["events"], listing.errors) == (JOBS, EVENTS_SENT, ())
    small, large = (seconds(lambda file=file: openlineage_connector(file).discover()) for file in files.values())  # type: ignore[misc]
    assert large < 25 * small


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
