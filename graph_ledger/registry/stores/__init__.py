"""Stores: where the bytes of versions lie."""
