"""Pipelines as code in repositories of GitHub: one node per sub-directory that has a configuration file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import Unpack

from graph_ledger.connectors.github_reading.contents import Contents
from graph_ledger.connectors.github_reading.projects import Layout, Parser, Projects
from graph_ledger.connectors.http import HttpClient, HttpOptions, HttpSettings
from graph_ledger.connectors.http.settings import bearer
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode, check_platform, key_of, normal

REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


def github_connector(  # the documented order
    name: str,
    repos: Sequence[str],
    project_path: str = "",
    config_file: str = "deploy.yaml",
    parser: Parser | None = None,
    token: str | None = None,
    *,
    ref: str | None = None,
    base_url: str = "https://api.github.com",
    headers: Mapping[str, str] | None = None,
    platform: str | None = None,
    scope: str = DEFAULT_SCOPE,
    **http: Unpack[HttpOptions],
) -> "GithubConnector":
    """Make a connector of repositories in which each sub-directory of a folder is a project.

    Args:
        name: Signs every claim, and is the platform of nodes that name none.
        repos: Repositories, as ``owner/name``.
        project_path: The folder whose sub-directories are projects; the whole repository when left out.
        config_file: The file in each of them; where there is none, there is no project.
        parser: Makes the node of a project from its name and the text of its file; None is no node. Left out: the file is JSON
            or YAML with ``inputs``, ``outputs`` and where wanted ``name`` and ``platform``; all else is metadata.
        token: Sent as a bearer token.
        ref: Branch, tag or commit; the default branch when left out.
        base_url: Of the API: that of an own server ends with ``/api/v3``.
        headers: Sent too, to the server's own origin.
        platform: The platform of nodes that name none, where it is not the name.
        scope: What one run covers.
        **http: Bounds of the reading: see `HttpOptions`.

    Raises:
        ValidationError: An argument does not fit.
    Source: ``docs/connectors/github.md``.

    >>> import httpx
    >>> def answer(request):
    ...     if request.url.path.endswith("/deploy.yaml"):
    ...         return httpx.Response(200, json={"type": "file", "encoding": "base64", "content": "e2lucHV0czogW3Jhd119"})
    ...     return httpx.Response(200, json=[{"name": "scoring", "type": "dir"}])
    >>> github_connector("pipelines", ["my/repo"], transport=httpx.MockTransport(answer)).discover()[0].inputs
    (DataPort('raw'),)
    """
    return GithubConnector(
        HttpSettings(name, base_url, bearer(token, headers), **http),
        repositories=_repositories(repos),
        layout=Layout(_path(project_path, "project_path"), _file(config_file), parser, check_platform(platform or name)),
        ref=ref,
        scope=scope,
    )


class GithubConnector:
    """Made by `github_connector`, which says what each part is."""

    def __init__(self, http: HttpSettings, *, repositories: tuple[str, ...], layout: Layout, ref: str | None, scope: str) -> None:
        self.name, self.scope, self.http = http.source, scope, http
        self.repositories, self.layout, self.ref = repositories, layout, ref
        self.errors: list[RowError] = []
        """Repositories and projects that the last reading could not use."""

    def discover(self) -> Listing:
        """Read every repository once; complete when each was listed to its end and nothing was an error.

        Raises:
            SourceError: No repository could be listed.
        """
        self.errors = []
        found: dict[str, tuple[str, DataNode]] = {}
        with HttpClient(self.http) as client:
            read = [Projects(Contents(client, each, self.ref), self.layout, self._fail) for each in self.repositories]
            for projects in read:
                for where, node in projects.nodes():
                    self._keep(found, where, node)
        listed = [projects.folders for projects in read if projects.folders is not None]
        if not listed:
            raise SourceError("; ".join(f"{self.name}: {error.where}: {error.reason}" for error in self.errors))
        return Listing(
            (node for _, node in found.values()),
            source=self.name,
            scope=self.scope,
            complete=not self.errors,
            errors=self.errors,
            coverage={"nodes": len(found), "repositories": len(listed), "folders": sum(listed), "requests": client.requests},
        )

    def _keep(self, found: dict[str, tuple[str, DataNode]], where: str, node: DataNode) -> None:
        first = found.setdefault(key_of(node.platform, normal(node.name)), (where, node))[0]
        if first != where:
            self._fail(where, f"the name {node.name!r} is already that of {first}")

    def _fail(self, where: str, reason: object) -> None:
        self.errors.append(RowError(where=where, reason=str(reason).removeprefix(f"{self.name}: ").removeprefix(f"{where}: ")))


def _repositories(given: Any) -> tuple[str, ...]:
    if isinstance(given, str) or not given:
        raise ValidationError('repos is a list of repositories: ["owner/name"]')
    for repository in given:
        if not isinstance(repository, str) or not REPOSITORY.fullmatch(repository) or {".", ".."} & set(repository.split("/")):
            raise ValidationError(f"a repository is named owner/name, not {repository!r}")
    return tuple(dict.fromkeys(given))


def _path(given: Any, argument: str) -> str:
    parts = given.strip("/").split("/") if isinstance(given, str) else [".."]
    if {".", ".."} & set(parts) or ("" in parts and parts != [""]):
        raise ValidationError(f"{argument} is a path from the top of the repository, not {given!r}")
    return "/".join(parts)


def _file(given: Any) -> str:
    path = _path(given, "config_file")
    if not path:
        raise ValidationError("config_file is the name of a file in each project")
    return path
