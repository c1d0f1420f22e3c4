"""Fill: how the peer comes by many events, never timed; runs in its virtual environment."""

from datetime import datetime, timezone
from typing import Any

from model_ledger.core.ledger_models import ModelRef, Snapshot  # type: ignore[import-not-found]  # in the peer's environment alone
from model_ledger.graph.models import DataNode  # type: ignore[import-not-found]

from benchmarks.graph import Node
from benchmarks.histories import END, History, fields_at, make_histories
from benchmarks.memberships import GROUP, make_steps, middle, names


def fill_graph(ledger: Any, nodes: tuple[Node, ...]) -> None:
    """Add and connect."""
    ledger.add(data_nodes(nodes, None))
    ledger.connect()


def data_nodes(nodes: tuple[Node, ...], version: str | None) -> list[Any]:
    """Make the peer's nodes; with a version, each hundredth node has changed to it."""
    return [
        DataNode(
            name=node.name,
            platform=node.platform,
            inputs=list(node.inputs),
            outputs=list(node.outputs),
            metadata={**node.metadata, "code_version": version} if version and number % 100 == 0 else dict(node.metadata),
        )
        for number, node in enumerate(nodes)
    ]


def fill_histories(ledger: Any, size: int) -> None:
    """Store the events with the times at which they were, and each model as it is in the end."""
    for history in make_histories(size):
        model = _model(history)
        ledger.backend.save_model(model)
        registered = [(history.born, "registered", {**history.fields, "name": history.name})]
        for at, kind, payload in registered + [(each.at, each.kind, each.payload) for each in history.events]:
            ledger.backend.append_snapshot(
                Snapshot(
                    model_hash=model.model_hash, actor="bench", event_type=kind, source=history.platform, timestamp=at, payload=payload
                )
            )


def fill_memberships(ledger: Any) -> datetime:
    """Let members come and go as of now, one by one as it can; return when half of it was done."""
    fields = {"owner": "risk", "tier": "high", "purpose": "p"}
    for name in names():
        ledger.register(name=name, model_type="ml_model", **fields)
    ledger.register(name=GROUP, model_type="composite", **fields)
    when = datetime.now(timezone.utc)
    for number, step in enumerate(make_steps(), start=1):
        for name in step.leaves:
            ledger.remove_member(GROUP, name, actor="bench")
        for name in step.joins:
            ledger.add_member(GROUP, name, actor="bench")
        if number == middle():
            when = datetime.now(timezone.utc)
    return when


def _model(history: History) -> Any:
    """Make the model as it is in the end; where that is not to be found, as it was last."""
    fields = fields_at(history, END) or fields_at(history, history.events[-2].at) or {}
    return ModelRef(name=history.name, created_at=history.born, **fields)
