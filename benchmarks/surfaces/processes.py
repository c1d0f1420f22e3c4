"""The surfaces as a user runs them, each in a process of its own on the stage's database."""

import asyncio
import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from functools import cache
from threading import Thread
from typing import Any

import httpx
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from benchmarks import stage

COMMAND = (sys.executable, "-m", "graph_ledger.surfaces.cli")
PATIENCE = 120.0


def environment() -> dict[str, str]:
    """Return what names the stage's database to a process."""
    return {**os.environ, **stage.ENVIRONMENT}


@cache
def service() -> httpx.Client:
    """Start the REST service once; return a client of it."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--log-format", "json"], env=environment(), stderr=subprocess.PIPE, text=True
    )
    atexit.register(process.terminate)
    assert process.stderr is not None
    address = next(told["address"] for line in process.stderr if (told := json.loads(line))["event"] == "listening")
    Thread(target=lambda: [None for _ in process.stderr or ()], daemon=True).start()  # its log is not what is measured
    return httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False)


class Agent:
    """A client of the MCP server over stdio, on a loop of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, daemon=True).start()
        self._closing = AsyncExitStack()
        self.session = self._do(self._open())

    def call(self, name: str, **given: Any) -> Any:
        """Call a tool; return its structured answer."""
        answer = self._do(self.session.call_tool(name, given))
        assert not answer.is_error, answer
        return answer.structured_content

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _open(self) -> ClientSession:
        server = StdioServerParameters(command=COMMAND[0], args=[*COMMAND[1:], "mcp"], env=environment())
        streams = await self._closing.enter_async_context(stdio_client(server))
        session = await self._closing.enter_async_context(ClientSession(*streams))
        await session.initialize()
        return session


@cache
def agent() -> Agent:
    """Start the MCP server once; return a client of it."""
    return Agent()


def command(*words: str) -> str:
    """Run a command from a cold shell; return what it printed."""
    done = subprocess.run([*COMMAND, *words], env=environment(), capture_output=True, text=True, check=True)
    return done.stdout


def until_ready(client: httpx.Client) -> None:
    """Wait until the service has asked its database once."""
    ending = time.monotonic() + PATIENCE
    while client.get("/ready").status_code != httpx.codes.OK and time.monotonic() < ending:
        time.sleep(0.1)
