"""What a name of a column means in one query: which source it is of, and what stands behind it there."""

from dataclasses import dataclass, field

from sqlglot import exp

from graph_ledger.connectors.sql_reading.column_scopes import Leaf, Projection, UnknownColumn

NOTHING: frozenset[Leaf] = frozenset()


@dataclass
class Names:
    """The sources of one query by their range variables, lower-cased, and those of the queries around it."""

    sources: dict[str, Projection] = field(default_factory=dict)
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Tables by their names as written, for columns that are named in full."""
    shared: dict[str, list[str]] = field(default_factory=dict)
    """Columns that joins have in common (USING), with the sources that have them."""
    around: "Names | None" = None

    def resolve(self, column: exp.Column) -> frozenset[Leaf]:
        """Return what stands behind a column.

        Raises:
            UnknownColumn: Nobody can tell of which source it is.
        """
        parts = [part.name.lower() for part in column.parts]
        names: Names | None = self
        while names is not None:
            for place, part in enumerate(parts):
                # A table may be named in full: all its parts stand in front then.
                if part in names.sources and (place == 0 or tuple(parts[: place + 1]) == names.paths.get(part)):
                    if place + 1 < len(parts) and not isinstance(column.this, exp.Star):
                        return names.of(part, parts[place + 1])
                    if place + 1 == len(parts) and (found := self._plain(part, column, allow_missing=True)) is not None:
                        return found
                    return names.sources[part].row()
            names = names.around
        found = self._plain(parts[0], column, allow_missing=False)
        return found if found is not None else NOTHING

    def is_part(self, column: exp.Column) -> bool:
        """Whether a name goes on into a column: a field of a STRUCT."""
        parts = [part.name.lower() for part in column.parts]
        names: Names | None = self
        while names is not None:
            for place, part in enumerate(parts):
                if part in names.sources and (place == 0 or tuple(parts[: place + 1]) == names.paths.get(part)):
                    return len(parts) > place + 2
            names = names.around
        return len(parts) > 1

    def of(self, source: str, column: str) -> frozenset[Leaf]:
        """Return what stands behind a column of a source.

        Raises:
            UnknownColumn: The source is known, and has none of that name; or it may be of several.
        """
        found = self.sources[source].find(column)
        if found is None:
            raise UnknownColumn(self.sources[source].behind)
        return found

    def _plain(self, name: str, column: exp.Column, *, allow_missing: bool) -> frozenset[Leaf] | None:
        """Return what stands behind a name without a source; None where no source is known to have it and that is allowed."""
        del column
        names: Names | None = self
        while names is not None:
            found = names.own(name, allow_open=not allow_missing)
            if found is not None:
                return found
            names = names.around
        if allow_missing:
            return None
        raise UnknownColumn(self.everything())

    def own(self, name: str, *, allow_open: bool) -> frozenset[Leaf] | None:
        """Return what stands behind a name in this query itself; None where none of its sources can have it.

        Raises:
            UnknownColumn: Several sources may have it.
        """
        if name in self.shared:
            return frozenset().union(*(self.of(source, name) for source in self.shared[name]))
        known = [(source, projection) for source, projection in self.sources.items() if _has(projection, name)]
        if known:
            return frozenset().union(*(self.of(source, name) for source, _ in known))
        made = [source for source, projection in self.sources.items() if projection.whatever is not None and source == name]
        if made:
            return self.sources[made[0]].row()
        opened = [source for source, projection in self.sources.items() if projection.stars or projection.whatever is not None]
        if not opened or not allow_open:
            return None
        if len(opened) == 1:
            return self.of(opened[0], name)
        raise UnknownColumn(table for source in opened for table in self.sources[source].behind)

    def everything(self) -> set[str]:
        """Return every table behind its sources, and those around it."""
        found = {table for projection in self.sources.values() for table in projection.behind}
        return found | (self.around.everything() if self.around else set())


def _has(projection: Projection, name: str) -> bool:
    return any(column == name for column, _ in projection.columns)
