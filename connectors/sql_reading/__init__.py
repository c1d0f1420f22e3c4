"""Shared SQL reading: which tables a text of SQL reads and writes, and how sure that is.

``read_sql`` is the way in; each file beside it does one job:

- ``templates.py``  Jinja2 in a sandbox: one text for the daily run, one for the first fill
- ``splitting.py``  statements, one by one, so that a bad one does not cost the others
- ``procedures.py`` the words around a statement: IF, LOOP, FOR ... DO, EXECUTE IMMEDIATE
- ``names.py``      what a table is called in full
- ``tables.py``     reads and writes of one parsed statement, by its own name resolution
- ``statements.py`` the three above, per statement: kind, status, reason, inputs, outputs
- ``coverage.py``   one line per statement, and the totals
- ``bounds.py``     how long and how deep a statement may be

Columns are read from the trees that ``statements.py`` keeps:

- ``columns.py``         what one statement says of columns; ``column_queries.py``, ``column_scopes.py``, ``column_names.py`` and
  ``column_uses.py`` are its queries, what they give, what a name means there, and what an expression does with it
- ``reading.py``         a text with both, parsed when needed; ``cache.py`` keeps what was parsed
- ``column_order.py``    many texts, producers first; ``column_nodes.py`` makes flows and totals of them
"""

from graph_ledger.connectors.sql_reading.coverage import CoverageLine, report, statuses, totals, worst
from graph_ledger.connectors.sql_reading.names import Home
from graph_ledger.connectors.sql_reading.statements import Statement, read_sql

__all__ = ["CoverageLine", "Home", "Statement", "read_sql", "report", "statuses", "totals", "worst"]
