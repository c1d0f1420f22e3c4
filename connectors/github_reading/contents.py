"""What stands in a repository of GitHub: its folders and files, by the contents API."""

import base64
import binascii
from typing import Any

import httpx

from graph_ledger.connectors.http import HttpClient
from graph_ledger.connectors.http.address import below
from graph_ledger.connectors.rest_reading.paging import with_param
from graph_ledger.errors import SourceError, ValidationError

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
RAW = {**HEADERS, "Accept": "application/vnd.github.raw+json"}
MOST_ENTRIES = 1_000
"""Most entries that the contents API lists of a folder, without a word on those that it leaves out."""


class Contents:
    """Reads one repository, at one branch, tag or commit where one is named."""

    def __init__(self, client: HttpClient, repository: str, ref: str | None) -> None:
        self._client, self.repository, self._ref = client, repository, ref

    def folder(self, path: str) -> list[dict[str, Any]]:
        """Return the entries of a folder.

        Raises:
            SourceError: It cannot be listed, or is none.
        """
        where = self._where(path)
        found = self._client.get(self._url(path), where, HEADERS).json()
        if not isinstance(found, list) or not all(isinstance(entry, dict) and isinstance(entry.get("name"), str) for entry in found):
            raise SourceError(f"{self._client.settings.source}: {where}: it is no folder: name one with project_path")
        return found

    def text(self, path: str) -> str | None:
        """Return what is in a file; None where there is no such file.

        Raises:
            SourceError: It cannot be read to its end.
            ValidationError: It is no file of text.
        """
        answer = self._client.find(self._url(path), self._where(path), HEADERS)
        if answer is None:
            return None
        found = answer.json()
        if not isinstance(found, dict) or found.get("type") != "file":
            raise ValidationError("it is no file")
        content = self._content(found, path)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(f"it is not UTF-8: byte {error.start + 1} is {error.object[error.start]:#04x}") from None

    def _content(self, found: dict[str, Any], path: str) -> bytes:
        """Return the bytes; a file of more than a megabyte comes without them, and is asked for as it is."""
        if found.get("encoding") != "base64":
            return self._client.get(self._url(path), self._where(path), RAW).content
        try:
            content = base64.b64decode("".join(str(found.get("content", "")).split()), validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError("its content is no base64") from None
        if len(content) != found.get("size", len(content)):
            raise ValidationError(f"it has {found['size']} bytes, and {len(content)} came")
        return content

    def _url(self, path: str) -> httpx.URL:
        url = below(self._client.settings.url, "repos", *self.repository.split("/"), "contents", *path.split("/") if path else ())
        return with_param(url, "ref", self._ref) if self._ref else url

    def _where(self, path: str) -> str:
        return f"{self.repository}/{path}" if path else self.repository
