"""Reference: what a version was trained on, as a person names it."""

from graph_ledger.values.model import ModelRef
from graph_ledger.values.port import DataPort

Reference = str | ModelRef | DataPort
"""A model (key, hash, bare name, ModelRef), a port (identifier or DataPort), ``PREFIX:LABEL``, or the URI of a contract."""
