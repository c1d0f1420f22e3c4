"""The demo estate: a bank's models over two years, as files; reading them needs no database."""

from graph_ledger.demo.estate import MODEL, SOURCE, agreements, events, findings, groups, listings

__all__ = ["MODEL", "SOURCE", "agreements", "events", "findings", "groups", "listings"]
