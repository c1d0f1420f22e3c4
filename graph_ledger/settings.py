"""Where the database is and who asks: environment, else ``graph-ledger.toml``, else defaults."""

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr
from pydantic import ValidationError as PydanticError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from graph_ledger.errors import ValidationError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


class TomlFile(TomlConfigSettingsSource):
    """A file of settings; the mark that editors on Windows put at its beginning is no part of it."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        found = tomllib.loads(file_path.read_text(encoding="utf-8-sig"))
        known = [*Settings.model_fields, "connectors"]
        if strangers := [name for name in found if name not in known]:
            near = get_close_matches(strangers[0], known, n=1)
            advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            raise ValueError(f"{file_path} has a setting {strangers[0]!r}, which there is not: {advice}")
        return found


def misfit(error: ValueError) -> str:
    """Say on one line what does not fit, and never the value itself: it may be a password."""
    if not isinstance(error, PydanticError):
        return str(error)
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(": ".join(filter(None, (".".join(map(str, each["loc"])), each["msg"]))) for each in found)


class Settings(BaseSettings):
    """Every setting, each also a variable ``GRAPH_LEDGER_<NAME>``; an empty one counts as unset.

    >>> Settings(uri="neo4j://graph.example").database
    'neo4j'
    """

    model_config = SettingsConfigDict(
        env_prefix="GRAPH_LEDGER_",
        env_ignore_empty=True,
        toml_file="graph-ledger.toml",
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    uri: str | None = None
    """Address of the database, or of a graph-ledger service (``https://...``); left out: the local server."""
    key: SecretStr | None = None
    """The key that a graph-ledger service is asked with."""
    user: str = "neo4j"
    """Who asks."""
    password: SecretStr | None = None
    """The user's password; the local server keeps its own."""
    database: str = "neo4j"
    """Name of the database on that server."""
    home: Path = Field(default_factory=lambda: user_data_path("graph-ledger", appauthor=False))
    """Folder of the local server: data, configuration, logs, password."""
    cache: Path = Field(default_factory=lambda: user_cache_path("graph-ledger", appauthor=False))
    """Folder of what was downloaded and can be downloaded again."""
    artifacts: str | None = None
    """Where the bytes of model versions lie: a folder, or an address that fsspec knows (`s3://...`); left out: one below the home."""
    rest_host: str = Field(default="127.0.0.1", min_length=1)
    """Where `graph-ledger serve` listens."""
    rest_port: int = Field(default=8000, ge=0, le=65_535)
    """The port on which it does."""
    rest_allow_folders: tuple[Path, ...] = ()
    """Folders in which an admin may have files read."""
    rest_allow_connectors: tuple[str, ...] = ()
    """Connector types that an admin may have run."""
    rest_allow_addresses: tuple[str, ...] = ()
    """Beginnings of the addresses that these may ask."""
    rest_cors: tuple[str, ...] = ()
    """Origins whose web pages may ask."""
    rest_inbox: Path | None = None
    """Folder that keeps the events of OpenLineage; left out: one below the home."""
    rest_max_bytes: int = Field(default=16 * 1024 * 1024, ge=1)
    """Most bytes of a request."""
    rest_max_artifact_bytes: int = Field(default=10 * 1024 * 1024 * 1024, ge=1)
    """Most bytes of a model version, which are taken in part by part."""
    rest_max_rows: int = Field(default=50_000, ge=1)
    """Most rows of an answer."""
    rest_max_depth: int = Field(default=10_000, ge=1)
    """Farthest step of a walk."""
    rest_max_seconds: float = Field(default=30.0, gt=0, allow_inf_nan=False)
    """Longest time in the database for a request."""
    rest_max_requests: int = Field(default=64, ge=1)
    """Most requests at one time."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file of the working folder."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlFile(settings_cls)


def read_settings(file: Path | None = None) -> Settings:
    """Read the settings; ``file`` stands in the place of the working folder's ``graph-ledger.toml``.

    Raises:
        ValidationError: The file is no TOML, or a value does not fit.

    >>> read_settings().database
    'neo4j'
    """
    try:
        return Settings() if file is None else _reading(file)()
    except ValueError as error:  # pydantic's error and that of a broken file are both one
        raise ValidationError(f"the settings (GRAPH_LEDGER_..., graph-ledger.toml) cannot be used: {misfit(error)}") from None


def _reading(file: Path) -> type[Settings]:
    """Return the settings' class with another file in it: pydantic reads its name from there."""
    return type("Settings", (Settings,), {"model_config": SettingsConfigDict(toml_file=file), "__module__": __name__})


def artifacts_of(settings: Settings) -> str:
    """Return where the bytes of model versions lie.

    >>> artifacts_of(Settings(artifacts="s3://bucket/models"))
    's3://bucket/models'
    """
    return settings.artifacts or str(settings.home / "artifacts")
