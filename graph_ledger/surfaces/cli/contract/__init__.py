"""``graph-ledger contract``: data contracts, in files or in the graph."""
