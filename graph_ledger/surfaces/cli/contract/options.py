"""What the commands of contracts have in common: report, metadata, rules, profile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from graph_ledger.surfaces.cli.completion import concept_names

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MODEL = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
KINDS = click.Choice(["ENTITY", "PROPERTY", "ENUMERATION_SET", "ENUM_VALUE"], case_sensitive=False)
PROFILES = click.Choice(["seed", "head"])
MODES = click.Choice(["NONE", *(f"{each}{more}" for more in ("", "_TRANSITIVE") for each in ("BACKWARD", "FORWARD", "FULL"))])


def report(*, required: bool = False, text: str = "The diff report, JSON.") -> Callable[[Command], Command]:
    """Give a command the diff report."""
    return click.option("-d", "--diff-report", "report", type=FILE, metavar="FILE", required=required, help=text)


def metadata(*, required: bool = True) -> Callable[[Command], Command]:
    """Give a command the metadata of the model."""
    text = "Metadata of the model, YAML: name, id (its namespace), preferred_prefix."
    return click.option("-m", "--model-metadata", "metadata", type=FILE, metavar="FILE", required=required, help=text)


def rules(*, required: bool = True) -> Callable[[Command], Command]:
    """Give a command the rules."""
    text = "What breaks a contract, YAML: true breaks, false does not, absent is unknown."
    return click.option("-b", "--breaking-aspects", "rules", type=FILE, metavar="FILE", required=required, help=text)


def strict(command: Command) -> Command:
    """Let a command refuse warnings."""
    return click.option("-s", "--strict", is_flag=True, help="Refuse what is otherwise a warning, such as an aspect without a rule.")(
        command
    )


def profile(command: Command) -> Command:
    """Give a command the profile."""
    text = "Whose behaviour counts: seed, ModL as first described, or head, its newest state."
    return click.option("--profile", type=PROFILES, default="seed", show_default=True, help=text)(command)


def columns(command: Command) -> Command:
    """Give a command the order of columns that files are written in."""
    text = "Whose order of columns is written; that of the profile when left out."
    return click.option("--columns", type=PROFILES, help=text)(command)


def ledger_folder(command: Command) -> Command:
    """Give a command the folder of the four files."""
    text = "The folder of the four CSV files, read and written; it is made where it is not there. No database is asked, but with --graph."
    return click.option("-o", "--ledger-dir", "folder", type=FOLDER, metavar="DIR", help=text)(command)


def dry_run(command: Command) -> Command:
    """Let a command write nothing."""
    return click.option("-n", "--dry-run", is_flag=True, help="Write nothing; exit code 1 when rows would be written.")(command)


def mode(command: Command) -> Command:
    """Give a command the mode of the change gate."""
    text = "What has to hold; left out: what the namespace was last synced with, else BACKWARD. _TRANSITIVE: against every earlier state."
    return click.option("--mode", type=MODES, help=text)(command)


def reference(command: Command) -> Command:
    """Give a command an element: a label with its prefix, a URI or an address."""
    return click.argument("ref", metavar="REF", shell_complete=concept_names)(command)
