"""What OpenLineage's events say of jobs.

- ``events.py``   one event, checked: which job, which run, when, what it names
- ``datasets.py`` what a dataset is called as a port, and its schema
- ``columns.py``  which columns come from which
- ``jobs.py``     the events of a job, folded into what it is now
- ``facets.py``   what the facets of a job come to in the ledger's words
- ``nodes.py``    ``nodes_of``: all of it, from events to nodes, without any file
- ``files.py``    events in files: JSON lines, lists, single documents
- ``inbox.py``    events that a service is sent, kept as they come
- ``tail.py``     what has come to an inbox since it was last looked at
"""

from graph_ledger.connectors.openlineage_reading.files import events_in
from graph_ledger.connectors.openlineage_reading.inbox import Inbox
from graph_ledger.connectors.openlineage_reading.nodes import Folding, Found, check_event, nodes_of
from graph_ledger.connectors.openlineage_reading.tail import Tail

__all__ = ["Folding", "Found", "Inbox", "Tail", "check_event", "events_in", "nodes_of"]
