"""Server: the service behind the protocol; what takes time runs in a thread, so that one slow question holds up no other."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from anyio.to_thread import run_sync
from mcp.server import Server, ServerRequestContext
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    CompleteRequestParams,
    CompleteResult,
    Completion,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
)

from graph_ledger.surfaces.mcp import prompts, resources
from graph_ledger.surfaces.mcp.completion import completed
from graph_ledger.surfaces.mcp.service import Service
from graph_ledger.surfaces.tools.caller import Caller
from graph_ledger.surfaces.version import installed_version

NAME = "graph-ledger"
CALLER = "graph_ledger.caller"
"""Where a transport that asks for keys leaves who asks, in the scope of its request."""
INSTRUCTIONS = """\
graph-ledger knows an organisation's models, rules, pipelines and dashboards: which reads what another writes, who owns it, and all
that ever changed.
Start with query (which models?), investigate (one model), trace or impact (what depends on it?), changelog (what changed?).
A model is named by its key platform/name, or by a bare name that one model has.
as_of asks about a date in the world, known_at about what was recorded by then; a date is the end of its day, and left out both are now.
complete=false, has_more=true and `cut` each say that there is more: say so too, and go on where they tell you."""
Context = ServerRequestContext[Any, Any]
Paging = PaginatedRequestParams | None
T = TypeVar("T")


def make_server(service: Service) -> Server[Any]:
    """Return the server of a service; nothing is opened before something needs it."""
    return _Handlers(service).server()


class _Handlers:
    """One method a request of the protocol."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def server(self) -> Server[Any]:
        return Server(
            NAME, version=installed_version() or "", title=NAME, instructions=INSTRUCTIONS,
            get_tool_input_schema=self._asks, on_list_tools=self._tools,
            on_call_tool=self._call, on_list_resources=self._resources, on_list_resource_templates=self._templates,
            on_read_resource=self._read, on_list_prompts=self._prompts, on_get_prompt=self._prompt, on_completion=self._complete,
        )  # fmt: skip

    async def _tools(self, context: Context, _: Paging) -> ListToolsResult:
        return ListToolsResult(tools=self._service.listed(self._caller(context)))

    async def _call(self, context: Context, asked: CallToolRequestParams) -> CallToolResult:
        return await _in_thread(partial(self._service.call, asked.name, asked.arguments or {}, self._caller(context)))

    async def _resources(self, _: Context, __: Paging) -> ListResourcesResult:
        return ListResourcesResult(resources=resources.listed())

    async def _templates(self, _: Context, __: Paging) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(resource_templates=[])

    async def _read(self, context: Context, asked: ReadResourceRequestParams) -> ReadResourceResult:
        return await _in_thread(partial(resources.read, self._service, str(asked.uri), self._caller(context)))

    async def _prompts(self, _: Context, __: Paging) -> ListPromptsResult:
        return ListPromptsResult(prompts=prompts.listed())

    async def _prompt(self, _: Context, asked: GetPromptRequestParams) -> GetPromptResult:
        return prompts.filled(asked.name, asked.arguments or {})

    async def _complete(self, context: Context, asked: CompleteRequestParams) -> CompleteResult:
        names = await _in_thread(partial(completed, self._service, asked.argument.name, asked.argument.value, self._caller(context)))
        return CompleteResult(completion=Completion(values=names, has_more=False))

    def _asks(self, name: str) -> dict[str, Any] | None:
        return self._service.asks(name)

    def _caller(self, context: Context) -> Caller:
        scope = getattr(context.request, "scope", {})
        return scope.get(CALLER, self._service.anybody) if isinstance(scope, dict) else self._service.anybody


async def _in_thread(work: Callable[[], T]) -> T:
    """Work beside the loop: connectors have loops of their own, which may not run inside one; who hangs up need not wait."""
    return await run_sync(work, abandon_on_cancel=True)
