"""Connectors as a file declares them: which sources to read, with their options; secrets stay in the environment."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.connectors.paths import day_of
from graph_ledger.connectors.registry import make_connector
from graph_ledger.errors import ValidationError
from graph_ledger.settings import TomlFile, misfit

FROM_ENVIRONMENT = "_env"
"""An option ``token_env = "NAME"`` is the option ``token`` with the value of that variable."""
PATHS = frozenset({"path", "folder", "manifest", "catalog"})
"""Options that name a file; a relative one counts from the folder of the configuration."""
FILES = ("sqlite:///", "duckdb:///")
"""Beginnings of a ``url`` that names a file as well."""


class Entry(BaseModel):
    """One ``[[connectors]]`` table: its type, its name, how its runs are guarded; every other key is an option of the type."""

    model_config = ConfigDict(extra="allow", frozen=True, use_attribute_docstrings=True)

    type: str
    """A connector type, as ``graph-ledger connectors`` lists them."""
    name: str | None = Field(default=None, min_length=1)
    """Signs every claim, and is what ``--only`` asks for; left out: the type's own."""
    enabled: bool = True
    """Whether it is read at all."""
    scope: str | None = Field(default=None, min_length=1)
    """What one run covers; left out: the connector's own."""
    removal_share: float = Field(default=0.2, ge=0, le=1)
    """The share of what the source held that a run may remove."""
    removal_least: int = Field(default=5, ge=1)
    """The least number that the guard stops."""

    @property
    def label(self) -> str:
        """What it is called in reports."""
        return self.name or self.type

    def guard(self) -> dict[str, Any]:
        """How its runs are guarded, as ``Ledger.discover`` takes it."""
        return {"removal_share": self.removal_share, "removal_least": self.removal_least}


class Configuration(BaseSettings):
    """The connectors of one file."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, use_attribute_docstrings=True)

    connectors: tuple[Entry, ...] = ()
    """In the order in which they are read."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The file alone: no variable adds a connector."""
        del env_settings, dotenv_settings, file_secret_settings
        return init_settings, TomlFile(settings_cls)


def read_configuration(file: Path) -> tuple[Entry, ...]:
    """Read the connectors that a file declares.

    Raises:
        ValidationError: There is no such file, it is no TOML, declares no connector, or two of one name and scope.
    """
    if not file.is_file():
        raise ValidationError(f"there is no file {str(file)!r}")
    reading = type("Configuration", (Configuration,), {"model_config": SettingsConfigDict(toml_file=file), "__module__": __name__})
    try:
        entries: tuple[Entry, ...] = reading().connectors
    except ValueError as error:  # pydantic's error and that of a broken file are both one
        raise ValidationError(f"{file} cannot be used: {_misfit(error)}") from None
    if not entries:
        raise ValidationError(f'{file} declares no connector: write [[connectors]] with type = "..." and its options')
    seen: set[tuple[str, str | None]] = set()
    for entry in entries:
        if (entry.label, entry.scope) in seen:
            raise ValidationError(f"{file} declares {entry.label!r} twice: give one of them another name or scope")
        seen.add((entry.label, entry.scope))
    return entries


def chosen(entries: tuple[Entry, ...], only: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return the entries that are enabled, of these names where some are given; one that is off is read where all of its name are.

    Raises:
        ValidationError: There is none of a name.
    """
    known = {entry.label for entry in entries}
    if strangers := [name for name in only if name not in known]:
        raise ValidationError(f"no connector is called {strangers[0]!r}: there are {', '.join(sorted(known))}")
    read = {entry.label for entry in entries if entry.enabled}
    return tuple(entry for entry in entries if (not only or entry.label in only) and (entry.enabled or (only and entry.label not in read)))


def made(entry: Entry, folder: Path) -> SourceConnector:
    """Make the connector of an entry; relative paths count from ``folder``.

    Raises:
        ValidationError: There is no such type, an option does not fit, or a variable that is named is not set.
    """
    options = {name: _placed(name, value, folder) for name, value in _filled(dict(entry.model_extra or {})).items()}
    if isinstance(parts := options.get("connectors"), list):  # of one that is made of others
        options["connectors"] = [made(part, folder) for part in map(_part, parts) if part.enabled]
    if entry.name:
        options["name"] = entry.name
    if entry.type == "warehouse" and (day := day_of(Path(str(options.get("folder", ""))))):
        once = f"graph-ledger discover warehouse {options['folder']} --observed-at {day}"
        said = f"the folder of {entry.label!r} is named after a day: on a schedule {day} would be taken for now"
        raise ValidationError(f"{said}. Name a folder that holds what is so now, or read it once: {once}")
    connector = make_connector(entry.type, **options)
    if entry.scope:
        try:
            connector.scope = entry.scope  # type: ignore[attr-defined]  # one without a scope of its own is given it
        except (AttributeError, TypeError):  # one that cannot be changed once it is made
            return make_connector(entry.type, **options, scope=entry.scope)
    return connector


def _part(given: Any) -> Entry:
    try:
        return Entry.model_validate(given)
    except PydanticError as error:
        raise ValidationError(f"a connector inside it cannot be used: {_misfit(error)}") from None


def _misfit(error: ValueError) -> str:
    told = misfit(error)
    if told.startswith("connectors: "):
        return "a connector is a table of its own that begins with [[connectors]], in double brackets"
    return re.sub(r"\bconnectors\.(\d+)", lambda place: f"[[connectors]] number {int(place[1]) + 1}", told)


def _filled(given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in given.items():
        plain = name.removesuffix(FROM_ENVIRONMENT)
        if plain != name and isinstance(value, str):
            if plain in given:
                raise ValidationError(f"there is both {plain} and {name}: one of them is meant")
            # A secret that was kept as a file mostly ends with a line break that is no part of it.
            if not (secret := os.environ.get(value, "").rstrip("\r\n")):
                raise ValidationError(f"{name} names the variable {value}, which is not set")
            found[plain] = secret
        else:
            found[name] = _filled(value) if isinstance(value, Mapping) else value
    return found


def _placed(name: str, value: Any, folder: Path) -> Any:
    if not isinstance(value, str):
        return value
    if name in PATHS and value != "-":
        return str(folder / Path(value).expanduser())
    for start in FILES:
        if name == "url" and value.startswith(start):
            return f"{start}{folder / value.removeprefix(start)}"
    return value
