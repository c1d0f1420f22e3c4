"""``graph-ledger registry``: versions of models."""
