"""The tools discover, plan and apply: take in what is there."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator
from typing_extensions import Self

from graph_ledger.errors import GraphLedgerError, ValidationError
from graph_ledger.surfaces.tools.allowed import Source
from graph_ledger.surfaces.tools.caller import Role
from graph_ledger.surfaces.tools.reading import Reading, read
from graph_ledger.surfaces.tools.tool import Asked, Sourced, tool
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.listing import DEFAULT_SCOPE, RowError
from graph_ledger.values.plan import Plan
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

MODELS = 5
"""How many models the example lists."""


COUNTS = {
    "models": ("inline",),
    "complete": ("inline",),
    "file_path": ("file",),
    "connector_name": ("connector",),
    "connector_config": ("connector",),
}
"""With which sources a field counts."""


SHARE, LEAST = 0.2, 5
"""What the guard allows: a fifth of what a source held, or fewer than five."""


class Guarded(Asked):
    """How much a run may remove."""

    allow_removals: bool = False
    """Whether a complete listing may remove any number of models; with a key that takes the role admin."""
    removal_share: float = Field(default=SHARE, ge=0, le=1)
    """The share of what the source held that a run may remove."""
    removal_least: int = Field(default=LEAST, ge=1, le=2**31)
    """The number of models that a run may always remove, plus one."""

    def takes(self, usual: Role) -> Role:
        """To loosen the guard takes an admin: a complete listing of nothing would bury all that a source held."""
        loose = self.allow_removals or self.removal_share > SHARE or self.removal_least > LEAST
        return "admin" if loose else usual

    @property
    def guard(self) -> dict[str, Any]:
        """How its run is guarded, as the client's verbs take it."""
        return {name: getattr(self, name) for name in Guarded.model_fields}


class SourceInput(Sourced, Guarded):
    """What is to be read."""

    source_type: Literal["inline", "file", "connector"] = "inline"
    """`inline`: the models stand here; `file`: in a JSON or YAML file; `connector`: a connector of that name reads them."""
    models: tuple[dict[str, Any], ...] | None = None
    """With `inline`: name, platform, inputs, outputs (texts, or mappings with an identifier and schema), columns; every other key is
    metadata."""
    file_path: str | None = None
    """With `file`: a file of such models, as the machine that answers sees it."""
    connector_name: str | None = None
    """With `connector`: its type, such as rest, prefect, mlflow, github, dbt."""
    connector_config: dict[str, Any] | None = None
    """With `connector`: its options, as `graph-ledger connectors` lists them."""
    source: str | None = Field(default=None, min_length=1, pattern=r"^[^/\x00]*\S[^/\x00]*$")
    """Who says so: signs every claim. Left out: `client` for what stands here, else the connector."""
    scope: str | None = Field(default=None, min_length=1, pattern=r"^[^\x00]*\S[^\x00]*$")
    """What the listing covers, where one source has several; with `inline` it takes a `source`."""
    complete: bool = False
    """With `inline` and a `source`: whether that is all there is, so that what is not named is gone."""
    observed_at: str | None = None
    """When the source was read. Left out: now."""

    @model_validator(mode="after")
    def _only_what_counts(self) -> Self:
        """Refuse what would be passed over."""
        for name in self.model_fields_set & COUNTS.keys():
            if self.source_type not in COUNTS[name] and getattr(self, name) not in (None, False):
                raise ValueError(f"{name} goes with source_type {' or '.join(COUNTS[name])}, not with {self.source_type}")
        return self

    def reads(self) -> Source:
        """Return what would be read."""
        if self.source_type == "file":
            return Source(file=self.file_path)
        return (
            Source(connector=self.connector_name or "", options=self.connector_config or {})
            if self.source_type == "connector"
            else Source()
        )


class DiscoverInput(SourceInput):
    """What is to be read and taken in."""

    auto_connect: bool = True
    """Whether to count what became connected; ports connect themselves."""


class FoundModel(Value):
    """One model that was listed."""

    name: str
    """Its name."""
    platform: str
    """Where it runs."""


class DiscoverOutput(Value):
    """What was taken in."""

    models_added: int
    """Models that were new, or of which something new was said."""
    models_skipped: int
    """Models of which the same was said before."""
    added: int
    """The same as `models_added`."""
    skipped: int
    """The same as `models_skipped`."""
    links_created: int
    """Pairs of models that became connected since this was last counted."""
    models: tuple[FoundModel, ...]
    """What was listed."""
    errors: tuple[str, ...]
    """What could not be read or was refused, each with its reason; it stopped nothing else."""
    report: RunReport | None = None
    """The run, where a whole source was read."""


INLINE = [{"name": f"shadow_model_{number}", "platform": "office", "inputs": ["customer_data"]} for number in range(MODELS)]


@tool({"source_type": "inline", "models": INLINE}, role="writer", documented=True)
def discover(ledger: "Ledger", asked: DiscoverInput) -> DiscoverOutput:
    """Bulk-import models from inline dicts, a JSON file, or a connector that a configuration can name.

    Unchanged models are skipped. Trouble with a source comes back in `errors`.
    """
    if asked.source_type == "inline" and asked.models is None:
        raise ValidationError("models: with source_type 'inline' the models stand there; a list is needed, it may be empty")
    if asked.source_type == "file" and not asked.file_path:
        raise ValidationError("file_path: with source_type 'file' it names the file")
    try:
        reading = read(asked)
        return _taken(ledger, asked, reading)
    except ValidationError as error:
        if asked.source_type == "inline":
            raise
        return _failed(error)
    except GraphLedgerError as error:
        if asked.source_type == "inline" or error.exit_code != 1:
            raise
        return _failed(error)


@tool({"source_type": "inline", "source": "office", "models": INLINE}, role="writer")
def plan(ledger: "Ledger", asked: SourceInput) -> Plan:
    """Say what a discovery would do, model by model, without writing anything; `apply` does exactly that."""
    return ledger.plan(read(asked).connector, observed_at=asked.observed_at, **asked.guard)


class ApplyInput(Guarded):
    """Which plan."""

    plan: dict[str, Any]
    """What `plan` returned, unchanged."""


@tool({"plan": {}}, role="writer")
def apply(ledger: "Ledger", asked: ApplyInput) -> RunReport:
    """Do exactly what a plan says; refuse where the graph has moved since it was made."""
    import json

    return ledger.apply(Plan.from_json(json.dumps(asked.plan)), **asked.guard)


def _taken(ledger: "Ledger", asked: DiscoverInput, reading: Reading) -> DiscoverOutput:
    report: RunReport | None = None
    if asked.source_type == "inline" and not asked.complete and asked.scope in {None, DEFAULT_SCOPE}:
        result = ledger.add(reading.nodes, source=asked.source and f"{asked.source}/{DEFAULT_SCOPE}", observed_at=asked.observed_at)
        added, skipped, errors = result.added, result.skipped, result.errors
    else:
        report = ledger.discover(reading.connector, observed_at=asked.observed_at, **asked.guard)
        added, skipped, errors = report.added + report.changed, report.skipped, report.errors
    links = ledger.connect()["links_created"] if asked.auto_connect else 0
    said = (*reading.errors, *(error for error in errors if error not in reading.errors))
    return DiscoverOutput(
        models_added=added, models_skipped=skipped, added=added, skipped=skipped, links_created=links, report=report,
        models=tuple(FoundModel(name=node.name, platform=node.platform) for node in reading.listed), errors=tuple(map(_line, said)),
    )  # fmt: skip


def _failed(error: GraphLedgerError) -> DiscoverOutput:
    return DiscoverOutput(models_added=0, models_skipped=0, added=0, skipped=0, links_created=0, models=(), errors=(str(error),))


def _line(error: RowError) -> str:
    return f"{error.where}: {error.reason}"
