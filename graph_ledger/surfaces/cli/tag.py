"""``graph-ledger tag`` and ``tags``: names that point at one event of a model."""

from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, model_argument, moments, signed, this_user, with_ledger
from graph_ledger.surfaces.cli.output import output

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.snapshot import Snapshot, Tag, TagMove


@click.command(epilog=example("tag fraud_scoring production", "tag fraud_scoring validated --snapshot 5f0c1c0e2b7d4a9f8e6d3c2b1a09f8e7"))
@model_argument()
@click.argument("name")
@click.option("--snapshot", metavar="HASH", help="The snapshot_hash of the event, which `history --json` shows; the newest when left out.")
@signed(default=this_user)
@output
@with_ledger
def tag(ledger: "Ledger", model: str, name: str, **said: Any) -> "Tag":
    """Let the tag NAME point at an event of MODEL; pointing there already changes nothing."""
    return ledger.tag(model, name, **said)


@click.group(epilog=example("tags list fraud_scoring", "tags history fraud_scoring production"))
def tags() -> None:
    """List, follow and delete the tags of a model; `graph-ledger tag` sets one."""


@tags.command("list", epilog=example("tags list fraud_scoring", "tags list fraud_scoring --as-of 2025-12-31 --json"))
@model_argument()
@moments
@output
@with_ledger
def list_tags(ledger: "Ledger", model: str, **moment: Any) -> "list[Tag]":
    """List the tags of MODEL with the events that they point at."""
    return ledger.list_tags(model, **moment)


@tags.command(epilog=example("tags show fraud_scoring production", "tags show fraud_scoring production --as-of 2025-12-31"))
@model_argument()
@click.argument("name")
@moments
@output
@with_ledger
def show(ledger: "Ledger", model: str, name: str, **moment: Any) -> "Snapshot":
    """Show the event of MODEL that the tag NAME points at."""
    found = ledger.latest(model, name, **moment)
    if found is None:
        there = ", ".join(tag.name for tag in ledger.list_tags(model, **moment)) or "none"
        raise click.UsageError(f"there is no tag {name!r}: the tags of {model} are {there}")
    return found


@tags.command(epilog=example("tags history fraud_scoring production"))
@model_argument()
@click.argument("name")
@moments
@output
@with_ledger
def history(ledger: "Ledger", model: str, name: str, **moment: Any) -> "list[TagMove]":
    """List where the tag NAME of MODEL pointed, newest first, and who moved it; a deleted one too."""
    return ledger.tag_history(model, name, **moment)


@tags.command(epilog=example("tags delete fraud_scoring production --actor release-bot"))
@model_argument()
@click.argument("name")
@signed(default=this_user)
@output
@with_ledger
def delete(ledger: "Ledger", model: str, name: str, **said: Any) -> "Snapshot":
    """Delete the tag NAME of MODEL; its history stays."""
    return ledger.untag(model, name, **said)
