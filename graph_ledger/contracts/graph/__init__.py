"""Contracts in the graph: the same tables as nodes and relationships, with their history."""
