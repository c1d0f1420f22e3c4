"""The commands that write: register, move, deploy and delete versions."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import a_date, example, with_ledger
from graph_ledger.surfaces.cli.output import output
from graph_ledger.surfaces.cli.registry.options import FRAMEWORKS, STAGES, VALUE, acted, as_told, documents, numbers, pairs, unknown

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
REGISTERED = ("registry register fraud_scoring 2.0.0 --artifact model.pkl --metric auc_roc=0.91",
              "registry register fraud_scoring 2.1.0 --trained-on customer_features --param depth=3 --tag env=eu")  # fmt: skip


@click.command(epilog=example(*REGISTERED))
@click.argument("name")
@click.argument("version")
@click.option("--artifact", type=FILE, help="The file with its bytes.")
@click.option("--framework", type=click.Choice(FRAMEWORKS), help="What it was made with; custom when left out.")
@click.option("--metric", "metrics", multiple=True, callback=numbers, metavar="NAME=NUMBER", help="How good it is; as often as needed.")
@click.option(
    "--param", "parameters", multiple=True, callback=documents, metavar=VALUE, help="What it was made with, JSON or text; likewise."
)
@click.option("--tag", "tags", multiple=True, callback=pairs, metavar=VALUE, help="A name and value of your own; likewise.")
@click.option("--trained-on", multiple=True, metavar="REF", help="A model, a port, or PREFIX:LABEL of a data contract; likewise.")
@click.option("--description", metavar="TEXT", help="What it is.")
@click.option("--owner", metavar="NAME", help="Who answers for it; who answers for the model when left out.")
@click.option("--tier", metavar="TIER", help="How risky it is; as the model when left out.")
@click.option("--purpose", metavar="TEXT", help="What it is for.")
@click.option("--created-at", callback=a_date, metavar="DATE", help="When it was made; now when left out.")
@acted
@output
@with_ledger
def register(ledger: "Ledger", name: str, version: str, **said: Any) -> Any:
    """Register VERSION of the model NAME, and the model on first use; a version is registered once."""
    return as_told(ledger.registry.register(name, version, **said))


@click.command(epilog=example("registry stage fraud_scoring 2.0.0 production --reason 'passed review'"))
@click.argument("name")
@click.argument("version")
@click.argument("stage", type=click.Choice(STAGES, case_sensitive=False))
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--expected", type=click.Choice(STAGES), help="The stage that it must be in now; else nothing is written.")
@acted
@output
@with_ledger
def stage(ledger: "Ledger", name: str, version: str, **said: Any) -> Any:
    """Move VERSION of the model NAME to STAGE; to production archives the version that is there."""
    found = ledger.registry.transition_stage(name, version, **said)
    if found is None:
        raise unknown(f"version {name}:{version}")
    return as_told(found)


@click.command(epilog=example("registry rollback fraud_scoring --expected 2.0.0 --reason drift"))
@click.argument("name")
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--expected", metavar="VERSION", help="The version that must be in production now; else nothing is written.")
@acted
@output
@with_ledger
def rollback(ledger: "Ledger", name: str, **said: Any) -> Any:
    """Let the version of the model NAME be in production again that was before; the present one is archived."""
    return as_told(ledger.registry.rollback(name, **said))


@click.command(
    epilog=example("registry deploy fraud_scoring 2.0.0 alert_engine", "registry deploy fraud_scoring 1.0.0 alert_engine --retire")
)
@click.argument("name")
@click.argument("version")
@click.argument("target")
@click.option("--retire", is_flag=True, help="It runs there no longer.")
@acted
@output
@with_ledger
def deploy(ledger: "Ledger", name: str, version: str, target: str, *, actor: str, retire: bool) -> Any:
    """Say that the model TARGET runs VERSION of the model NAME: from then on it is downstream of it."""
    if retire:
        return {"retired": ledger.registry.retire(name, version, target, actor=actor)}
    return as_told(ledger.registry.deploy(name, version, target, actor=actor))


@click.command(epilog=example("registry delete fraud_scoring 1.0.0 --reason 'holds personal data'"))
@click.argument("name")
@click.argument("version")
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--force", is_flag=True, help="Also where it is in production, runs somewhere, or its bytes lie in another store.")
@acted
@output
@with_ledger
def delete(ledger: "Ledger", name: str, version: str, **said: Any) -> Any:
    """Delete VERSION of the model NAME and its bytes; its events stay, and its number stays taken."""
    if not ledger.registry.delete_version(name, version, **said):
        raise unknown(f"version {name}:{version}")
    return {"deleted": f"{name}:{version}"}
