"""The remote room: the verbs of a Ledger, asked of a graph-ledger service over HTTP, for people who have no way to the database."""
