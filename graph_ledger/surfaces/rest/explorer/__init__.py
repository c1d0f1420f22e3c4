"""Explorer: a few pages to look at, made on the server of what the tools answer; they only read."""

from graph_ledger.surfaces.rest.explorer.routes import explorer_routes

__all__ = ["explorer_routes"]
