"""``graph-ledger contract lint``: are report, metadata and rules valid? No ledger, no database."""

from pathlib import Path
from typing import Any

import click

from graph_ledger.surfaces.cli.contract import options
from graph_ledger.surfaces.cli.options import example
from graph_ledger.surfaces.cli.output import output


@click.command(epilog=example("contract lint -d diff.json -m metadata.yaml -b breaking.yaml --strict"))
@options.report()
@options.metadata(required=False)
@options.rules(required=False)
@options.strict
@options.profile
@output
def lint(report: Path | None, metadata: Path | None, rules: Path | None, **given: Any) -> list[str]:
    """Check the inputs of a sync on their own; without rules, none is known.

    Exit code 1: one of them is not valid, or there are warnings and --strict.
    """
    from graph_ledger.contracts import lint, read_metadata

    if report is None and metadata is None and rules is None:
        raise click.UsageError("name what is to be checked: -d, -m or -b")
    if metadata is not None:
        read_metadata(metadata)
    return lint({"changes": []} if report is None else report, rules=rules, **given)
