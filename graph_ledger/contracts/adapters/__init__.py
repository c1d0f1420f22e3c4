"""Adapters: a snapshot out of a model in its own language. Nothing here needs a database."""
