"""A Prefect 3 flow that reads every source which a file declares: one task a connector, and its state says what became of it.

``python graph_ledger_flow.py`` serves it, once an hour. ``graph-ledger`` has to be on the PATH; it may stand in an environment of
its own. The database and all secrets are variables of the process, as for the command.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.states import Completed, Failed, State

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CONFIG = "/etc/graph-ledger/graph-ledger.toml"
DATABASE = 3
"""Exit code of a database that does not answer, which may do so a little later."""


class NotReadError(RuntimeError):
    """A connector was not read to its end."""

    def __init__(self, name: str, code: int, said: str) -> None:
        self.code = code
        super().__init__(f"{name}: exit code {code}: {said}")


def names(config: str) -> list[str]:
    """Return what the connectors of a file are called, each once: those of one name and several scopes are read together."""
    entries = tomllib.loads(Path(config).read_text(encoding="utf-8-sig"))["connectors"]
    return list(dict.fromkeys(entry.get("name") or entry["type"] for entry in entries if entry.get("enabled", True)))


def _error(line: str) -> str:
    """Return what a line of the log says went wrong."""
    try:
        return str(json.loads(line).get("error", ""))
    except ValueError:  # said before there was a log
        return line


def _may_go_well_soon(_: Any, __: Any, state: State) -> bool:
    error = state.result(raise_on_failure=False)
    return isinstance(error, NotReadError) and error.code == DATABASE


@task(task_run_name="read {name}", retries=2, retry_delay_seconds=120, retry_condition_fn=_may_go_well_soon)
def read(config: str, name: str) -> list[dict[str, Any]]:
    """Read the connectors of one name; return what became of them."""
    command = ["graph-ledger", "discover", "--config", config, "--only", name, "--json", "--log-format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    log, told = get_run_logger(), ""
    for line in done.stderr.splitlines():
        log.info(line)
        told = _error(line) or told
    if done.returncode != 0:
        raise NotReadError(name, done.returncode, told)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@flow(name="graph-ledger discover")
def discover(config: str = CONFIG) -> State:
    """Read all connectors, one after the other; one that fails stops no other, and the flow has then failed."""
    wanted = names(config)
    states = {name: read(config, name, return_state=True) for name in wanted}
    failed = [name for name, state in states.items() if not state.is_completed()]
    if failed:
        return Failed(message=f"{len(failed)} of {len(wanted)} connectors were not read: {', '.join(failed)}")
    return Completed(message=f"{len(wanted)} connectors were read")


if __name__ == "__main__":
    discover.serve(name="hourly", cron="17 * * * *", limit=1)
