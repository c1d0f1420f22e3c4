"""Contracts: what the elements of a data model are called, mean and promise, over time (ModL)."""
