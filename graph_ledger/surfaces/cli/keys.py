"""``graph-ledger keys``: who may ask the service."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import a_date, example, with_ledger
from graph_ledger.surfaces.cli.output import note, output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

ROLES = ("reader", "writer", "admin")


@click.group(epilog=example("keys create etl --role writer", "keys list"))
def keys() -> None:
    """Make, list and revoke the keys of the service."""


@keys.command(epilog=example("keys create notebook --role reader", "keys create etl --role writer --expires 2099-12-31"))
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="A reader asks, a writer also writes, an admin also seals.")
@click.option("--expires", callback=a_date, metavar="DATE", help="From when on it does not work any more; a date is its end.")
@with_ledger
def create(ledger: "Ledger", name: str, role: Any, expires: str | None = None) -> str:
    """Make a key and print it, once: the ledger keeps a digest of it alone. NAME signs what is written with it."""
    from graph_ledger.access.keys import create_key

    key = create_key(ledger.database, name, role, expires=expires)
    note("this is shown once: keep it where secrets are kept")
    return key


@keys.command("list", epilog=example("keys list", "keys list --json"))
@output
@with_ledger
def list_(ledger: "Ledger") -> Any:
    """List every key, also those that do not work any more."""
    from graph_ledger.access.keys import list_keys

    return list_keys(ledger.database)


@keys.command(epilog=example("keys revoke etl"))
@click.argument("name")
@with_ledger
def revoke(ledger: "Ledger", name: str) -> None:
    """Let the key NAME work no more; services know it within seconds."""
    from graph_ledger.access.keys import revoke_key

    key = revoke_key(ledger.database, name)
    note(f"revoked: {key.name}, a {key.role}, does not work any more")
