"""What the commands of versions have in common."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from graph_ledger.errors import ModelNotFoundError
from graph_ledger.surfaces.cli.options import this_user
from graph_ledger.surfaces.cli.output import FORM

Command = TypeVar("Command", bound=Callable[..., Any])
STAGES = ("development", "staging", "production", "archived")
FRAMEWORKS = ("sklearn", "pytorch", "tensorflow", "onnx", "custom")
VALUE = "NAME=VALUE"


def acted(command: Command) -> Command:
    """Give a writing command who did it."""
    return click.option("--actor", metavar="NAME", default=this_user, help="Who did it; the user of this machine when left out.")(command)


def as_told(value: Any) -> Any:
    """Return a value of the library for the screen, or as `to_dict()` has it where a document is asked for."""
    if click.get_current_context().meta.get(FORM, "table") == "table":
        return value
    if isinstance(value, (list, tuple)):
        return [as_told(each) for each in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


def pairs(_: click.Context, option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """Read names and values."""
    found = {}
    for each in given:
        name, divided, value = each.partition("=")
        if not divided or not name:
            raise click.UsageError(f"{option.opts[0]}: {each!r} is written as {VALUE}")
        found[name] = value
    return found


def numbers(context: click.Context, option: click.Parameter, given: Sequence[str]) -> dict[str, float]:
    """Read names and numbers."""
    try:
        return {name: float(value) for name, value in pairs(context, option, given).items()}
    except ValueError as error:
        raise click.UsageError(f"{option.opts[0]}: {error}") from None


def documents(context: click.Context, option: click.Parameter, given: Sequence[str]) -> dict[str, Any]:
    """Read names and values, which are JSON where they can be and text where not."""
    return {name: _json(value) for name, value in pairs(context, option, given).items()}


def unknown(name: str) -> ModelNotFoundError:
    """Return the refusal of a model or a version that is not there."""
    error = ModelNotFoundError(name)
    error.args = (f"there is no {name}: `graph-ledger registry list` shows the models, `registry versions NAME` their versions",)
    return error


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
