"""The demo estate: a bank's models over two years, as files; reading them needs no database."""

from graph_ledger.demo.estate import SOURCE, events, listings

__all__ = ["SOURCE", "events", "listings"]
