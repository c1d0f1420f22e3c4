"""The verbs of a ledger, asked of a service."""
