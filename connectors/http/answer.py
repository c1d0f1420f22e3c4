"""What a source answered, and what it says of itself where it refuses."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from graph_ledger.connectors.http.address import shown
from graph_ledger.errors import SourceError

SPOKEN, MOST_SPOKEN = ("message", "detail", "error", "error_description"), 200
"""Where services put their own words for what is wrong, and how much of them is told on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source sent for one request.

    >>> Answer(httpx.URL("https://api.example"), 200, httpx.Headers(), b'{"models": []}', "registry: page 1").json()
    {'models': []}
    """

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes
    where: str
    """Whose answer to what it is, for messages."""

    def json(self) -> Any:
        """Return what it holds.

        Raises:
            SourceError: It is not JSON.
        """
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            said = str(error) if isinstance(error, json.JSONDecodeError) else "nested too deep, or no text"
            raise SourceError(f"{self.where}: {shown(self.url)} sent no JSON that can be read: {said}") from None

    def refusal(self, hide: Callable[[str], str]) -> str:
        """Return the status, with the service's own words where it has some; they may repeat a key, which ``hide`` takes out."""
        try:
            said = json.loads(self.content)
        except (ValueError, RecursionError):
            said = None
        words = next((said[key] for key in SPOKEN if isinstance(said.get(key), str)), "") if isinstance(said, dict) else ""
        text = " ".join(hide(words).split())[:MOST_SPOKEN]
        return f"{shown(self.url)} answered {self.status}{f' ({text})' if text else ''}"
