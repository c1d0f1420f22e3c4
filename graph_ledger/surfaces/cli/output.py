"""How an answer reaches stdout: a table, ``--json`` or ``--jsonl``; nothing else writes there."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
FORMS = {"jsonl": "One JSON line an item.", "json": "One JSON document: the library's value, nothing left out."}
FORMATS = ("table", "json", "jsonl", "csv", "mermaid")
FORM = "graph_ledger.form"
WIDE = 1_000_000
"""Columns of what is not a terminal: a key is never cut."""


def output(command: Command) -> Command:
    """Give a command ``--json`` and ``--jsonl``; it returns its value, `answer` prints it."""
    return _output(command, FORMATS, "mermaid is a diagram where the answer is a picture")


def output_for_github(command: Command) -> Command:
    """Give a command the same, and ``--format github``: then it returns the annotations of a workflow."""
    return _output(command, ("table", "json", "jsonl", "csv", "github"), "github is the annotations of a workflow")


def _output(command: Command, formats: Sequence[str], last: str) -> Command:
    for form, text in FORMS.items():
        command = click.option(f"--{form}", is_flag=True, expose_value=False, callback=_remember, help=text)(command)
    text = f"How the answer is written: csv has a line an item, {last}."
    choice = click.Choice(formats)
    return click.option("--format", "form", type=choice, expose_value=False, callback=_remember_format, help=text)(command)


def wants_picture() -> bool:
    """Say whether the answer is to be a diagram."""
    return wants("mermaid")


def wants(form: str) -> bool:
    """Say whether the answer is to be written in this form."""
    return bool(click.get_current_context().meta.get(FORM) == form)


def note(text: str) -> None:
    """Say something beside the answer, on stderr."""
    from graph_ledger.values.printable import printable

    click.echo(printable(text), err=True)


def answer(value: Any, **_: Any) -> None:
    """Print what a command returned, and end with 1 where that is a finding."""
    form = click.get_current_context().meta.get(FORM, "table")
    if value is None:
        return
    if form == "json":
        click.echo(_json(value, indent=2))
    elif form == "jsonl":
        for item in _items(value):
            click.echo(_json(item))
    elif form == "csv":
        click.echo(_csv(_items(value)), nl=False)
    elif form == "mermaid":
        click.echo(_mermaid(value))
    elif isinstance(value, str):
        click.echo(value)
    else:
        _print_tables(value)
    if _is_finding(value):
        click.get_current_context().exit(1)


def plain(value: Any) -> Any:
    """Turn values of the library into plain JSON."""
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def screen_width() -> int:
    """Return how many columns a table may have: those of the terminal, else as many as it needs."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE


def _remember_format(context: click.Context, _: click.Parameter, wanted: str | None) -> None:
    if wanted is not None:
        if context.meta.get(FORM, wanted) != wanted:
            raise click.UsageError(f"--{context.meta[FORM]} and --format {wanted} exclude each other", context)
        context.meta[FORM] = wanted


def _remember(context: click.Context, option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  # click's own order
    if wanted:
        if context.meta.get(FORM, option.name) != option.name:
            raise click.UsageError(f"--{option.name} and {_said(context.meta[FORM])} exclude each other", context)
        context.meta[FORM] = option.name


def _items(value: Any) -> Sequence[Any]:
    """Return what gets a line each: nodes of an impact, findings of a verification, models of a page, else the value or its elements."""
    from graph_ledger.values.contracts.gate import GateResult
    from graph_ledger.values.lineage import Impact
    from graph_ledger.values.plan import Plan
    from graph_ledger.values.query import ModelPage
    from graph_ledger.values.silence import Silence
    from graph_ledger.values.verification import Verification

    if isinstance(value, Impact):
        if not value.complete:
            note(f"not all: cut by --{value.reason}; --json says where to go on")
        return value.nodes
    if isinstance(value, (Verification, GateResult)):
        return value.findings
    if isinstance(value, ModelPage):
        if value.read_as:
            note(f"not as written: no model has {', '.join(value.read_as)}; --json says what was read instead")
        if value.has_more:
            note(f"not all: {value.total} in all, more with --offset {value.offset + len(value.models)}")
        return value.models
    if isinstance(value, Silence):
        return value.models
    if isinstance(value, Plan):
        return value.changes
    found = plain(value)
    return found if isinstance(found, list) else [found]


def _json(value: Any, indent: int | None = None) -> str:
    letters = "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()
    return json.dumps(plain(value), indent=indent, ensure_ascii=not letters)


def _said(form: str) -> str:
    return f"--{form}" if form in FORMS else f"--format {form}"


def _csv(items: Sequence[Any]) -> str:
    """Write a line an item under the names of all fields; what is no plain value stands as JSON."""
    import csv
    import io

    rows = [each if isinstance(each, Mapping) else {"value": each} for each in map(plain, items)]
    written = io.StringIO()
    writer = csv.DictWriter(written, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: json.dumps(value) if isinstance(value, (dict, list, bool)) else value for name, value in row.items()})
    return written.getvalue()


def _mermaid(value: Any) -> str:
    if isinstance(value, str):
        return value
    if not hasattr(value, "to_mermaid"):
        raise click.UsageError("this answer is no picture: --format mermaid is for impact and path")
    return str(value.to_mermaid())


def _print_tables(value: Any) -> None:
    from rich.console import Console

    from graph_ledger.surfaces.cli.group_tables import tables

    screen, parts = Console(width=WIDE, highlight=False, markup=False, emoji=False), list(tables(value))
    if not parts:
        note("nothing found")
    else:
        with screen.capture() as said:
            screen.print(*parts, sep="\n")
        click.echo("\n".join(line.rstrip() for line in said.get().splitlines()))


def _is_finding(value: Any) -> bool:
    """Say whether a run or a check failed, a plan or dry run would do something, a proof is not true, a verification found something."""
    if isinstance(value, (list, tuple)):
        return any(getattr(each, "ok", True) is False for each in value)
    if hasattr(value, "unchanged") and hasattr(value, "changes"):
        return bool(value.changes or value.guard)
    if hasattr(value, "dry_run"):
        return bool(value.dry_run and value.changed)
    if hasattr(value, "findings"):
        return not value.ok
    if hasattr(value, "not_in_ledger"):
        return not value.complete
    status = getattr(value, "status", None)
    return status in {"failed", "stopped", "unanchored"} and (hasattr(value, "run_id") or hasattr(value, "reason"))
