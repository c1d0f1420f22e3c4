"""Metrics: what the service counts of itself, for Prometheus; no label ever holds what somebody asked for."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Scope

from graph_ledger.errors import DatabaseError, OverBudgetError

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The numbers of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        where = ("route", "method")
        self._requests = Counter("graph_ledger_requests", "Requests", (*where, "status"), registry=self.registry)
        self._seconds = Histogram("graph_ledger_request_seconds", "Time of a request", where, buckets=BUCKETS, registry=self.registry)
        self.in_flight = Gauge("graph_ledger_requests_in_flight", "Requests that are being answered", registry=self.registry)
        self._over = Counter("graph_ledger_over_budget", "Requests that wanted more than they may", ("limit",), registry=self.registry)
        self._away = Counter("graph_ledger_database_errors", "Requests that the database failed", registry=self.registry)

    def told(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one request by the route that took it."""
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = route_of(scope)
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route, method).observe(seconds)

    def note(self, error: Exception) -> None:
        """Count what went wrong with a request."""
        if isinstance(error, OverBudgetError):
            self._over.labels(error.limit).inc()
        elif isinstance(error, DatabaseError):
            self._away.inc()

    def text(self) -> bytes:
        """Return all numbers as Prometheus reads them."""
        return generate_latest(self.registry)


def route_of(scope: Scope) -> str:
    """Return the template of the route that took a request."""
    return str(getattr(scope.get("route"), "path", None) or "none")
