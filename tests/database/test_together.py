"""Several processes open one new database at once, as a service and a job do that are started together."""

import os
import subprocess
import sys

import pytest

from graph_ledger import server
from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings

OPENED = "from graph_ledger import Ledger; Ledger().close()"
MANY = 5


@pytest.mark.slow
def test_a_new_database_is_opened_by_many_at_once() -> None:
    with server.temporary(Settings().cache) as throwaway:
        uri, (user, password) = str(throwaway.status.uri), server.credentials(throwaway.status.home)
        where = {"GRAPH_LEDGER_URI": uri, "GRAPH_LEDGER_USER": user, "GRAPH_LEDGER_PASSWORD": password}
        started = [
            subprocess.Popen([sys.executable, "-c", OPENED], env={**os.environ, **where}, stderr=subprocess.PIPE, text=True)
            for _ in range(MANY)
        ]
        said = [each.communicate()[1] for each in started]
        assert [each.returncode for each in started] == [0] * MANY, said
        with Ledger(uri, auth=(user, password)) as ledger:
            assert [check.detail for check in ledger.doctor() if not check.ok] == []
