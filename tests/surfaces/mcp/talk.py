"""Talking to a server: with the official client in this process, over standard input and output, or over HTTP."""

import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.surfaces.mcp.chosen import chosen
from graph_ledger.surfaces.mcp.opened import Opened
from graph_ledger.surfaces.mcp.server import make_server
from graph_ledger.surfaces.mcp.service import Service
from graph_ledger.surfaces.tools.caller import HERE, Caller

T = TypeVar("T")
Work = Callable[[Client], Awaitable[T]]
PROGRAM = (sys.executable, "-m", "graph_ledger.surfaces.cli")


@dataclass(frozen=True)
class Environment:
    """Where a process runs, and what it is told by variables."""

    folder: Path
    variables: Mapping[str, str]

    def of_process(self, **more: str) -> dict[str, str]:
        """Return every variable of a process; an empty one is none."""
        return {name: value for name, value in {**os.environ, **self.variables, **more}.items() if value}


def served(ledger: Ledger, work: Work[T], *, caller: Caller = HERE, budget: Budget | None = None, cypher: bool = False) -> T:
    """Let a client work with a server in this process."""
    bounds = budget or Budget()
    tools = partial(chosen, read_only=False, cypher_rows=bounds.rows if cypher else None)
    return talk(make_server(Service(Opened(lambda: ledger), tools, bounds, {"backend": "neo4j"}, caller)), work)


def over_stdio(environment: Environment, work: Work[T], *options: str, mode: str = "auto", **more: str) -> T:
    """Let a client work with a server of its own, which ends with it."""
    server = StdioServerParameters(
        command=PROGRAM[0], args=[*PROGRAM[1:], "mcp", *options], env=environment.of_process(**more), cwd=environment.folder
    )
    return talk(server, work, mode)


def over_http(address: str, work: Work[T], key: str | None = None, mode: str = "auto") -> T:
    """Let a client work with a server that listens."""

    async def asked() -> T:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http, Client(
            streamable_http_client(address, http_client=http), mode=mode
        ) as client:  # fmt: skip
            return await work(client)

    return anyio.run(asked)


def talk(server: Any, work: Work[T], mode: str = "auto") -> T:
    """Let a client work with a server."""

    async def asked() -> T:
        async with Client(server, mode=mode) as client:
            return await work(client)

    return anyio.run(asked)


@contextmanager
def listening(environment: Environment, *options: str, **more: str) -> Iterator[str]:
    """Start a server that listens; yield its address."""
    command = [*PROGRAM, "mcp", "--http", "--port", "0", *options]
    with subprocess.Popen(
        command, env=environment.of_process(**more), cwd=environment.folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            found = re.search(r"http://\S+", said)
            assert found, said + server.stderr.read()
            yield found[0]
        finally:
            server.terminate()
            assert server.stdout is not None
            assert server.stdout.read() == ""


def call(name: str, given: Mapping[str, Any] | None = None) -> Work[CallToolResult]:
    """Call one tool."""
    return lambda client: client.call_tool(name, dict(given or {}))


def text(result: CallToolResult) -> str:
    """Return what a result says to those who read no structure."""
    return "\n".join(getattr(each, "text", "") for each in result.content)
