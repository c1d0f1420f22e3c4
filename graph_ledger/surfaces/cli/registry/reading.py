"""The commands that read: which versions there are, what they are, and who moved them."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import a_date, example, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.registry.options import FRAMEWORKS, STAGES, as_told, unknown

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


@click.command("list", epilog=example("registry list", "registry list --json"))
@output
@with_ledger
def list_models(ledger: "Ledger") -> Any:
    """List the models of which versions are registered, with what is in production and what came last."""
    return as_told(ledger.registry.models())


@click.command(epilog=example("registry show fraud_scoring", "registry show fraud_scoring --version 1.0.0 --json"))
@click.argument("name")
@click.option("--version", metavar="VERSION", help="Only this version, with all that is known of it.")
@output
@with_ledger
def show(ledger: "Ledger", name: str, version: str | None = None) -> Any:
    """Show the model NAME and its versions, or one version."""
    found = ledger.registry.get_model(name) if version is None else ledger.registry.get_version(name, version)
    if found is None:
        raise unknown(f"model {name!r}" if version is None else f"version {name}:{version}")
    return as_told(found)


@click.command(epilog=example("registry versions fraud_scoring", "registry versions fraud_scoring --jsonl"))
@click.argument("name")
@output
@with_ledger
def versions(ledger: "Ledger", name: str) -> Any:
    """List the versions of the model NAME in the order in which they were registered."""
    return as_told(ledger.registry.list_versions(name))


@click.command(epilog=example("registry history fraud_scoring", "registry history fraud_scoring --version 1.0.0"))
@click.argument("name")
@click.option("--version", metavar="VERSION", help="Only the moves of this version.")
@output
@with_ledger
def history(ledger: "Ledger", name: str, version: str | None = None) -> Any:
    """List who moved which version of the model NAME to which stage, when and why; newest first."""
    return as_told(ledger.registry.stage_history(name, version))


@click.command(epilog=example("registry production fraud_scoring", "registry production fraud_scoring --at 2025-12-31"))
@click.argument("name")
@click.option("--at", "when", callback=a_date, metavar="DATE", help="At this date, such as 2025-12-31 (its end); now when left out.")
@output
@with_ledger
def production(ledger: "Ledger", name: str, when: str | None = None) -> Any:
    """Show the version of the model NAME that is, or was, in production."""
    found = ledger.registry.get_production_model(name) if when is None else ledger.registry.production_at(name, when)
    if found is None:
        raise unknown(f"version of {name} that {'is' if when is None else 'was'} in production")
    return as_told(found)


@click.command(epilog=example("registry search --stage production", "registry search --metric 'auc_roc>=0.9' --tag env=eu --json"))
@click.option("--stage", type=click.Choice(STAGES), help="The stage that they are in.")
@click.option("--framework", type=click.Choice(FRAMEWORKS), help="What they were made with.")
@click.option("--tag", metavar="NAME=VALUE", help="A tag that they carry.")
@click.option("--metric", metavar="CONDITION", help="What a metric of them is, such as 'accuracy>=0.9'.")
@click.option("--text", metavar="TEXT", help="What their name or description holds.")
@click.option("--limit", type=click.IntRange(0), help="Most versions; all when left out.")
@click.option("--offset", type=click.IntRange(0), help="How many to leave out.")
@output
@with_ledger
def search(ledger: "Ledger", **asked: Any) -> Any:
    """Find versions of all models."""
    return as_told(ledger.registry.search(**asked))


@click.command(epilog=example("registry compare fraud_scoring 1.0.0 2.0.0", "registry compare fraud_scoring 1.0.0 2.0.0 --json"))
@click.argument("name")
@click.argument("a")
@click.argument("b")
@output
@with_ledger
def compare(ledger: "Ledger", name: str, a: str, b: str) -> Any:
    """Show what differs between the versions A and B of the model NAME."""
    return as_told(ledger.registry.compare(name, a, b))


@click.command(epilog=example("registry lineage fraud_scoring 1.0.0"))
@click.argument("name")
@click.argument("version")
@output
@with_ledger
def lineage(ledger: "Ledger", name: str, version: str) -> Any:
    """Show what VERSION of the model NAME was trained on, where it runs, and under which contracts."""
    found = ledger.registry.lineage(name, version)
    if found is None:
        raise unknown(f"version {name}:{version}")
    return as_told(found)
