"""Read a source over HTTP within bounds of time, size, tries and hosts: the client that every connector of a server uses."""

from graph_ledger.connectors.http.answer import Answer
from graph_ledger.connectors.http.client import HttpClient
from graph_ledger.connectors.http.settings import HttpOptions, HttpSettings

__all__ = ["Answer", "HttpClient", "HttpOptions", "HttpSettings"]
