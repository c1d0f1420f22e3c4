"""The time of one reading: when its next request may go, and when it is over."""

from time import monotonic, sleep

from graph_ledger.connectors.http.settings import HttpSettings
from graph_ledger.errors import SourceError


class Clock:
    """Counts from the moment it is made."""

    def __init__(self, settings: HttpSettings) -> None:
        self._most, self._pace = settings.run_timeout, settings.requests_per_second
        self._ends, self._next = monotonic() + self._most, 0.0

    def left(self, place: str) -> float:
        """Return the seconds that are left.

        Raises:
            SourceError: None are.
        """
        left = self._ends - monotonic()
        if left <= 0:
            raise SourceError(f"{place}: the reading took longer than {self._most:g} s (run_timeout)")
        return left

    def wait(self, seconds: float, why: str) -> None:
        """Wait.

        Raises:
            SourceError: There is not so much time left.
        """
        if seconds >= self.left(why):
            raise SourceError(f"{why}: it would have to wait {seconds:,.0f} s, more than this reading has left (run_timeout)")
        sleep(seconds)

    def turn(self, place: str) -> float:
        """Wait until the next request may go; return the seconds that are left then."""
        if self._pace:
            now = monotonic()
            self._next = max(now, self._next + 1 / self._pace)
            if self._next > now:
                self.wait(self._next - now, place)
        return self.left(place)
