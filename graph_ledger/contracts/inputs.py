"""What a sync is given: report, rules and metadata, each as a file, a mapping or the value itself."""

import json
import logging
from collections.abc import Iterator, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from graph_ledger.errors import ContractError, ReportError, RulesError
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import ContentItem, DiffReport, Event
from graph_ledger.values.contracts.rules import Rules

Given = TypeVar("Given", bound=BaseModel)
FilePath = str | PathLike[str]
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads YAML 1.1, in which `yes` is a boolean."""
LOG = logging.getLogger(__name__)
A_REPORT = (
    'a report is an object, {"changes": [...]} with an event for each element that changed, as `graph-ledger contract diff` writes it'
)
SAID = 3
"""So many faults of one input are named; more are counted."""


def read_report(source: DiffReport | Mapping[str, Any] | FilePath) -> DiffReport:
    """Return a diff report.

    Raises:
        ReportError: It is no JSON, or no diff report; the message says where.

    >>> read_report({"changes": []}).changes
    ()
    """
    if isinstance(source, DiffReport):
        return source
    file, found = (None, source) if isinstance(source, Mapping) else (fspath(source), load_json(source))
    if not isinstance(found, Mapping):
        what = "a list" if isinstance(found, list) else "no object"
        raise ReportError(f"Invalid diff report: it is {what}: {A_REPORT}", file=file)
    report = _checked(DiffReport, found, file, "Invalid diff report", ReportError)
    unknown = sorted(set(_unknown(found)))
    if unknown:
        LOG.info("%s: not read, as a diff report has no such keys: %s", file or "report", ", ".join(unknown))
    return report


def read_rules(source: Rules | Mapping[str, Any] | FilePath | None) -> Rules:
    """Return the rules; an empty file, like None, has none.

    Raises:
        RulesError: It is no YAML, or no rules; the message says where.

    >>> read_rules({"entity": {"instances": "yes"}}).entity
    {'instances': True}
    """
    if isinstance(source, Rules):
        return source
    file, found = (None, source) if source is None or isinstance(source, Mapping) else (fspath(source), load_yaml(source))
    return _checked(Rules, {} if found is None else found, file, "Invalid breaking aspects", RulesError)


def read_metadata(source: Metadata | Mapping[str, Any] | FilePath) -> Metadata:
    """Return the metadata of a model.

    Raises:
        RulesError: It is no YAML, or no metadata; the message says where.

    >>> read_metadata({"name": "Model", "id": "urn:model#"}).id
    'urn:model#'
    """
    if isinstance(source, Metadata):
        return source
    file, found = (None, source) if isinstance(source, Mapping) else (fspath(source), load_yaml(source))
    return _checked(Metadata, {} if found is None else found, file, "Invalid metadata", RulesError)


def load_json(file: FilePath) -> Any:
    """Return what a JSON file holds.

    Raises:
        ReportError: It can not be read, or is no JSON.
    """
    try:
        return json.loads(text_of(file, ReportError), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ReportError(f"Invalid diff report: not JSON: {error.msg}", file=fspath(file), line=error.lineno, column=error.colno) from None
    except (RecursionError, ValueError) as error:
        said = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ReportError(f"Invalid diff report: not JSON that can be read: {said}", file=fspath(file)) from None


def load_yaml(file: FilePath) -> Any:
    """Return what a YAML file holds.

    Raises:
        RulesError: It can not be read, or is no YAML.
    """
    try:
        return yaml.load(text_of(file, RulesError), Loader=LOADER)  # noqa: S506  # the safe loader, compiled
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise not_yaml(error, file, RulesError) from None


def not_yaml(error: Exception, file: FilePath, refused: type[ContractError]) -> ContractError:
    """Return what to raise where a reader of YAML failed."""
    if not isinstance(error, yaml.YAMLError):
        return refused(f"not YAML that can be read: {str(error) or 'nested too deep'}", file=fspath(file))
    mark = getattr(error, "problem_mark", None)
    line, column = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    return refused(f"not YAML: {said}", file=fspath(file), line=line, column=column)


def faults(error: ValidationError, root: Any) -> str:
    """Say what pydantic refuses, each with its place; an event with its label, too."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    said = [f"{_place(each['loc'], root)}{each['msg'].removeprefix('Value error, ')}" for each in found[:SAID]]
    return "; ".join(said) + (f"; and {len(found) - SAID} more" if len(found) > SAID else "")


def _place(where: tuple[int | str, ...], root: Any) -> str:
    if not where:
        return ""
    label, name = None, ".".join(map(str, where))
    if where[0] == "changes" and len(where) > 1 and isinstance(root, Mapping):
        event = root["changes"][where[1]]
        label = event.get("label") if isinstance(event, Mapping) else getattr(event, "label", None)
    return f"{name} ({label!r}): " if isinstance(label, str) else f"{name}: "


def _checked(model: type[Given], found: Any, file: str | None, what: str, refused: type[ContractError]) -> Given:
    try:
        return model.model_validate(dict(found) if isinstance(found, Mapping) else found)
    except ValidationError as error:
        raise refused(f"{what}: {faults(error, found)}", file=file) from None


def text_of(file: FilePath, refused: type[ContractError]) -> str:
    """Return the text of a file, or refuse it."""
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(f"not UTF-8: {error.reason} at byte {error.start}", file=fspath(file)) from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise refused(f"can not be read: {said}", file=fspath(file)) from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _unknown(found: Any) -> Iterator[str]:
    """Yield the keys of a report that nobody reads."""
    yield from _others(found, DiffReport, "")
    for event in found.get("changes", ()):
        if isinstance(event, Mapping):
            yield from _others(event, Event, "changes.")
            for item in event.get("content") or ():
                yield from _others(item, ContentItem, "changes.content.")


def _others(found: Any, model: type[BaseModel], where: str) -> Iterator[str]:
    if isinstance(found, Mapping):
        yield from (f"{where}{key}" for key in found if key not in model.model_fields)
