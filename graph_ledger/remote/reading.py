"""Reading: what a connector reads on this machine, as it is handed over to a service: in one piece, as it is one observation."""

import json
from typing import Any

from graph_ledger.discovery.reading import Connector, Reading, source_of
from graph_ledger.errors import OverBudgetError, SourceError
from graph_ledger.remote.nodes import plain_nodes


class Read:
    """One reading of a source: what a service is told of it, and what broke it.

    Raises:
        ValidationError: It is no connector.
    """

    def __init__(self, connector: Connector) -> None:
        source = source_of(connector)
        self.told: dict[str, Any] = {}
        self.failure: Exception | None = None
        """Why the source was not read to its end."""
        self.begun = False
        """Whether anything of it could be read."""
        try:
            reading = Reading(connector)
        except Exception as error:  # noqa: BLE001  # the service notes it first, then it is raised
            self._signed(source)
            self.failure = error
            self.told["broken"] = _reason(error)
            return
        self.begun = True
        self._signed(reading.source)
        self._take(reading)

    @property
    def is_source(self) -> bool:
        """Whether the source itself said that it cannot be read, and no fault of the connector did."""
        return isinstance(self.failure, SourceError)

    def too_large(self, error: OverBudgetError) -> OverBudgetError:
        """Say what can be done about a listing that is more than a service takes at once: a part of it would be another listing."""
        bound = "" if error.most is None else f" of at most {error.most:,g} bytes"
        count = len(self.told.get("nodes", ()))
        said = f"this listing of {count:,} nodes does not fit into one request{bound}, and a part of it would not say what is missing"
        advice = "read the source scope by scope, have the service take more, or run the discovery beside the database"
        error.args = (f"{said}: nothing was taken in; {advice}",)
        return error

    def _signed(self, source: str) -> None:
        name, _, scope = source.partition("/")
        self.told |= {"source": name, "scope": scope}

    def _take(self, reading: Reading) -> None:
        sent, refused = plain_nodes(enumerate(reading.nodes))
        self.failure = reading.failure
        errors = [error for error in reading.errors if error != reading.broken] + [error for _, error in refused]
        self.told |= {
            "nodes": [node for _, node in sent],
            "complete": reading.complete and not refused,
            "errors": [error.model_dump() for error in errors],
            "coverage": _json(reading.coverage),
            "statements": _json([dict(line) for line in reading.statements]),
            "stream": not reading.whole,
            "broken": None if reading.failure is None else _reason(reading.failure),
        }


def _json(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, SourceError) else f"{type(error).__name__}: {error}"
