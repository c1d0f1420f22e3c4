"""Lineage: what depends on what."""

from graph_ledger.lineage.dependencies import Side, dependencies
from graph_ledger.lineage.downstream import downstream
from graph_ledger.lineage.impact import impact
from graph_ledger.lineage.path import path
from graph_ledger.lineage.trace import trace
from graph_ledger.lineage.upstream import upstream
from graph_ledger.models.resolve import resolve_start
from graph_ledger.values.dependencies import Dependencies
from graph_ledger.values.lineage import Direction, Impact, Path
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When, moment
from graph_ledger.verbs.base import Verbs


class Lineage(Verbs):
    """What depends on what."""

    def trace(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> list[str]:
        """Return everything that feeds a model, sources first, the model last: a topological order, a cycle being one group.

        Of a group: its members of that moment, however deep, and everything that feeds them; the group last.
        """
        return trace(self._database, resolve_start(self._database, model), moment(as_of, known_at))

    def upstream(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> list[str]:
        """Return the names of everything that feeds a model, sources first; of a group also its members."""
        return upstream(self._database, resolve_start(self._database, model), moment(as_of, known_at))

    def downstream(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> list[str]:
        """Return the names of everything that a model feeds, nearest first, ties in the order in which they came.

        Of a group: what it and its members of that moment feed, however deep, and never one of them.
        """
        return downstream(self._database, resolve_start(self._database, model), moment(as_of, known_at))

    def dependencies(
        self, model: ModelLike, direction: Side = "both", *, as_of: When | None = None, known_at: When | None = None
    ) -> Dependencies:
        """Return the direct neighbours of a model, upstream first, each with all the ports that both share.

        Memberships are rows too, ``member_of``: a group's members are upstream of it.

        Raises:
            ValidationError: ``direction`` is none of ``upstream``, ``downstream``, ``both``.
        """
        key = self._key(model)
        return Dependencies(dependencies(self._database, key, direction, moment(as_of, known_at)), model=key)

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
        """List every node that a change of ``model`` reaches, and say whether that is all.

        Args:
            model: Key (``"etl/features"``), a bare name that one node has, ``model_hash``, or ModelRef.
            column: A column of what it writes, followed from node to node; where nobody tells how columns come about, the table counts
                as a whole, and ``precision`` and ``fallbacks`` say so. None: the model as a whole.
            direction: ``"downstream"``: what reads it. ``"upstream"``: what it reads.
            depth: Farthest step, in nodes; a direct reader is 1, of a group also that of a member. None: no bound.
            limit: Most nodes, the nearest kept. None: no bound.
            edges: Whether the answer also tells what feeds what in it, for pictures and graphs: one reading more.
            as_of: Time in the world; naive is UTC, a date is the end of its day. None: now.
            known_at: Time in the ledger, likewise.

        Returns:
            Impact: ``complete`` is False exactly when a bound cut the walk: ``reason`` names it, ``frontier`` holds the keys to go on from.

        Raises:
            ModelNotFoundError, AmbiguousModelError: None or several fit; ``.near`` or ``.keys`` lists which.
            ValidationError: A bound is below 1; or columns of the model are known, and none is named ``column``.
        """
        start = resolve_start(self._database, model)
        return impact(self._database, start, moment(as_of, known_at), direction, depth, limit, column, edges=edges)

    def path(
        self, start: ModelLike, end: ModelLike, *, column: str | None = None, as_of: When | None = None, known_at: When | None = None
    ) -> Path:
        """Return the shortest evidence path from one model down to another: node, port, who says so, since when, node.

        Nothing flows along a membership: of a group, ask for the path of one of its members. A ``column`` of what the first one writes
        is followed on the surest way: fewest steps of which nobody tells how columns come about, then fewest steps.

        Raises:
            ValidationError: Columns of the first model are known, and none is named ``column``.
        """
        return path(self._database, self._key(start), self._key(end), moment(as_of, known_at), column)
