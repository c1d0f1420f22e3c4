"""Impact of one element: whom a change of it reaches, along its own ports alone."""

from collections.abc import Iterable, Iterator

from graph_ledger.contracts.graph.after import addresses
from graph_ledger.contracts.graph.ports import port_of
from graph_ledger.contracts.graph.read import get, listing
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.reach import steps_from
from graph_ledger.values.bound import check_bound
from graph_ledger.values.contracts.concept import Concept
from graph_ledger.values.contracts.kinds import Status
from graph_ledger.values.lineage import Impact, ImpactNode
from graph_ledger.values.moment import Moment

_BEFORE, _AFTER = ("keys", "names", "platforms"), ("owners", "tiers", "statuses", "model_types")


def impact(database: Database, concept: Concept, moment: Moment, depth: int | None = None, limit: int | None = None) -> Impact:
    """List everybody who reads an element as of a moment, by its name, an old name or an address, and all that lies downstream.

    The whole of a container counts for each of its elements: who reads it reads them. Of a container all of its elements count. A name
    that another element has by then is that one's.

    Raises:
        ValidationError: ``depth`` or ``limit`` is below 1.
    Cost: one statement for the direct readers, then what a walk from a group takes; a bound cuts what was found.
    """
    for name, bound in (("depth", depth), ("limit", limit)):
        if bound is not None:
            check_bound(bound, name, least=1)
    if concept.model is None:
        raise ValidationError(f"{concept.label!r} has no container in the graph")
    ports = sorted(set(_ports(database, concept, moment)))

    def work(transaction: Transaction) -> Impact:
        times = clocks(transaction, moment)
        row = transaction.run("contracts/readers", ports=ports, containers=[concept.model], **times)
        starts = sorted({key for pairs in (row["readers"], row["declared"]) for _, key in pairs} - {concept.model})
        steps = steps_from(transaction, starts, "downstream", times) if starts else {}
        depths = {key: step + 1 for key, step in steps.items() if key != concept.model}
        row = transaction.run(
            "lineage/impact_reached", keys=list(depths), hops=list(depths.values()), limit=max(1, len(depths)), **times
        )  # fmt: skip
        within = len(row["hops"]) if depth is None else sum(1 for each in row["hops"] if each <= depth)
        kept = within if limit is None else min(within, limit)
        names = {name: row[name][:kept] for name in (*_BEFORE, "hops", *_AFTER, "notify")}
        cut = None if kept == len(row["keys"]) else "limit" if kept < within else "depth"
        frontier = []
        if cut is not None:
            reached = [concept.model, *names["keys"]]
            frontier = transaction.run("lineage/frontier_downstream", keys=names["keys"], reached=reached, **times)["keys"]
            frontier = [*([concept.model] if set(starts) - set(names["keys"]) else []), *frontier]
        return Impact(
            model=str(concept.model), direction="downstream", as_of=moment.as_of, known_at=moment.known_at,
            nodes=tuple(ImpactNode.of_columns(*(names[each] for each in (*_BEFORE, "hops", *_AFTER)))),
            composites=tuple(sorted(transaction.run("lineage/composites", keys=[concept.model, *names["keys"]], **times)["keys"])),
            owners=tuple(sorted(set(names["owners"]) - {""})), notify=tuple(sorted(set(names["notify"]) - {""})),
            complete=cut is None, reason=cut, frontier=tuple(frontier),
        )  # fmt: skip

    return database.reading(work)


def _ports(database: Database, concept: Concept, moment: Moment) -> Iterator[str]:
    is_living = concept.status is Status.ACTIVE
    parts = [concept]
    if concept.parent is not None:
        owner = get(database, f"{concept.prefix}:{concept.parent}", moment)
        parts += [owner] if owner.model == concept.model else []
    elif is_living:
        parts += [each for each in listing(database, concept.prefix, moment) if each.parent == concept.label]
    is_alone = is_living and not any(each.previous_labels for each in parts)
    taken = set() if is_alone else set(_taken(listing(database, concept.prefix, moment)))
    owner_names = next(((each.label, *each.previous_labels) for each in parts if each.parent is None), ())
    for each in parts:
        if each.status is Status.ACTIVE:
            yield port_of(each.prefix, each.label)
        old = each.previous_labels if each.status is Status.ACTIVE else (each.label, *each.previous_labels)
        for binding in each.bindings:
            if binding.instance_label is not None:
                old = (*old, *addresses((each.label, *each.previous_labels), owner_names, binding.instance_label))
        yield from (port for name in old if (port := port_of(each.prefix, name)) not in taken)
        yield from (port_of(each.prefix, binding.runtime_path) for binding in each.bindings)


def _taken(living: Iterable[Concept]) -> Iterator[str]:
    for each in living:
        yield port_of(each.prefix, each.label)
        yield from (port_of(each.prefix, binding.runtime_path) for binding in each.bindings)
