"""Tables of versions, joined to those of everything else."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from graph_ledger.surfaces.cli.tables import COLUMNS, tables
from graph_ledger.values.printable import printable
from graph_ledger.values.registry.comparison import PARTS, Difference, VersionComparison
from graph_ledger.values.registry.lineage import Deployment, PinnedContract, VersionLineage
from graph_ledger.values.registry.moves import ArtifactCheck, StageMove
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel

DIGITS = 12
LABEL = len("Downstream: ")


class VerifiedVersion(ArtifactCheck):
    """What checking the bytes of a version came to."""

    model_name: str
    """Of which model."""
    version: str
    """Which version."""


def _metrics(version: ModelVersion) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in version.metrics.to_dict().items())


def _ok(check: ArtifactCheck) -> str:
    if check.ok:
        return "no bytes" if check.sha256 is None else "yes"
    return "no"


COLUMNS |= {
    RegisteredModel: {
        "model": lambda model: model.name,
        "owner": lambda model: model.owner,
        "versions": lambda model: len(model.versions),
        "latest": lambda model: model.latest_version and model.latest_version.version,
        "production": lambda model: model.production_version and model.production_version.version,
        "description": lambda model: model.description,
    },
    ModelVersion: {
        "model": lambda version: version.model_name,
        "version": lambda version: version.version,
        "stage": lambda version: version.stage.value,
        "framework": lambda version: version.framework.value,
        "created": lambda version: version.created_at,
        "owner": lambda version: version.owner,
        "bytes": lambda version: version.artifact_size,
        "metrics": _metrics,
    },
    StageMove: {
        "at": lambda move: move.at,
        "version": lambda move: move.version,
        "from": lambda move: move.old.value,
        "to": lambda move: move.new.value,
        "by": lambda move: move.actor,
        "reason": lambda move: move.reason,
    },
    VerifiedVersion: {
        "model": lambda check: check.model_name,
        "version": lambda check: check.version,
        "ok": _ok,
        "bytes": lambda check: check.size,
        "sha256": lambda check: check.sha256 and check.sha256[:DIGITS],
        "registered": lambda check: check.expected and check.expected[:DIGITS],
    },
    Difference: {"name": lambda row: row.name, "a": lambda row: row.a, "b": lambda row: row.b},
    Deployment: {
        "target": lambda row: row.target,
        "owner": lambda row: row.owner,
        "since": lambda row: row.since,
    },
    PinnedContract: {
        "model": lambda row: row.model,
        "relationship": lambda row: row.relationship,
        "contract": lambda row: row.uri,
        "status": lambda row: row.status,
        "port": lambda row: row.port,
    },
}


@tables.register(ModelVersion)
@tables.register(Deployment)
def _(one: ModelVersion | Deployment) -> Iterator[RenderableType]:
    yield from tables([one])


@tables.register
def _(model: RegisteredModel) -> Iterator[RenderableType]:
    yield from tables([model])
    if model.versions:
        yield Text()
        yield from tables(list(model.versions))


@tables.register
def _(found: VersionComparison) -> Iterator[RenderableType]:
    yield Text(f"a is {printable(found.a.full_name)}, b is {printable(found.b.full_name)}")
    for part in PARTS:
        if rows := list(getattr(found, part)):
            yield Text(f"\n{part}")
            yield from tables(rows)
    if not any(getattr(found, part) for part in PARTS):
        yield Text("nothing differs")


@tables.register
def _(found: VersionLineage) -> Iterator[RenderableType]:
    runs_at = [each.name for each in found.deployments]
    for label, names in (
        ("Upstream", found.upstream), ("Version", [found.version.full_name]), ("Runs at", runs_at), ("Downstream", found.downstream),
    ):  # fmt: skip
        yield Text(printable(f"{label + ':':<{LABEL}}{', '.join(names) or 'nothing'}"))
    for name, rows in (("deployed to", list(found.deployments)), ("contracts", list(found.contracts))):
        if rows:
            yield Text(f"\n{name}")
            yield from tables(rows)
