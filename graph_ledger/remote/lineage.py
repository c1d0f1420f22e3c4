"""Lineage: what depends on what; asked of a service."""

from typing import Any, Literal

from graph_ledger.remote.answers import impact
from graph_ledger.remote.base import Asking
from graph_ledger.remote.plain import bound_of, filters_of, flag_of, times_of
from graph_ledger.values.asked import name_of
from graph_ledger.values.dependencies import Dependencies
from graph_ledger.values.lineage import Dependency, Direction, Impact, Path
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When


class RemoteLineage(Asking):
    """What depends on what."""

    def trace(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> list[str]:
        """Return everything that feeds a model, sources first, the model last: a topological order, a cycle being one group."""
        return self._names("upstream", model, as_of, known_at, include_model=True)

    def upstream(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> list[str]:
        """Return the names of everything that feeds a model, sources first; of a group also its members."""
        return self._names("upstream", model, as_of, known_at)

    def downstream(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> list[str]:
        """Return the names of everything that a model feeds, nearest first, ties in the order in which they came."""
        return self._names("downstream", model, as_of, known_at)

    def dependencies(
        self,
        model: ModelLike,
        direction: Literal["upstream", "downstream", "both"] = "both",
        *,
        as_of: When | None = None,
        known_at: When | None = None,
    ) -> Dependencies:
        """Return the direct neighbours of a model, upstream first, each with all the ports that both share; its key is asked for apart."""
        name = name_of(model)
        found = self._values("dependencies", "dependencies", Dependency, model=name, direction=direction, **times_of(as_of, known_at))
        return Dependencies(found, model=self._ask("get", lambda told: str(told["key"]), model=name))

    def impact(
        self,
        model: ModelLike,
        *,
        column: str | None = None,
        direction: Direction = "downstream",
        depth: int | None = None,
        limit: int | None = None,
        edges: bool = False,
        as_of: When | None = None,
        known_at: When | None = None,
    ) -> Impact:
        """List every node that a change of ``model`` reaches, and say whether that is all."""
        asked: dict[str, Any] = {"depth": bound_of(depth, "depth"), "limit": bound_of(limit, "limit"), "edges": flag_of(edges, "edges")}
        asked |= filters_of({"column": column, "direction": direction}, ("column", "direction"))
        return self._ask("impact", impact, model=name_of(model), **asked, **times_of(as_of, known_at))

    def path(
        self, start: ModelLike, end: ModelLike, *, column: str | None = None, as_of: When | None = None, known_at: When | None = None
    ) -> Path:
        """Return the shortest evidence path from one model down to another: node, port, who says so, since when, node."""
        return self._value("path", Path, start=name_of(start), end=name_of(end), column=column, **times_of(as_of, known_at))

    def _names(self, tool: str, model: ModelLike, as_of: When | None, known_at: When | None, **more: Any) -> list[str]:
        return self._ask(tool, lambda told: list(map(str, told["names"])), model=name_of(model), **more, **times_of(as_of, known_at))
