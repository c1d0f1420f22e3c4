"""A command starts without the libraries that only notebooks need."""

import os
import subprocess
import sys

ROOT_IMPORTS = """
import sys
from graph_ledger.surfaces.cli.main import cli
from graph_ledger.surfaces.cli.lean import lean
with lean():
    import graph_ledger.ledger
heavy = {"numpy", "pandas", "pyarrow", "neomodel", "sqlglot", "fastapi", "mcp", "httpx", "networkx", "rapidfuzz", "jinja2"}
print(sorted(heavy & set(sys.modules)))
import pandas  # there it is, where it is wanted
print(pandas.__name__)
"""


def test_what_a_command_imports_is_what_it_needs() -> None:
    done = subprocess.run([sys.executable, "-c", ROOT_IMPORTS], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.splitlines() == ["[]", "pandas"]
