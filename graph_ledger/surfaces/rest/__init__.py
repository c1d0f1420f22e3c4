"""The service over HTTP: every tool as a route, keys, limits, health and metrics."""

from graph_ledger.surfaces.rest.app import create_app
from graph_ledger.surfaces.rest.options import Options

__all__ = ["Options", "create_app"]
