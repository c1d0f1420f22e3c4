"""Lineage: what a node stands on, what stands on it, and by which evidence."""
