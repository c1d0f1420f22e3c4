"""Install the local server: its jars, then a cache that makes it start in seconds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph_ledger.errors import DatabaseError
from graph_ledger.server.download import download
from graph_ledger.server.exclusive import exclusive
from graph_ledger.server.folders import Installation
from graph_ledger.server.warmth import is_warm, warm

PATIENCE = 900.0


def install(cache: Path, *, progress: bool = True) -> None:
    """Install the local server below ``cache``, or check and mend what is there.

    Args:
        cache: Folder of what can be downloaded again; 166 MB of jars and 177 MB of start-up cache go below it.
        progress: Show bars and notes on stderr.

    Raises:
        NotInstalledError: The extra ``server`` is missing; ``.command`` installs it.
        InstallError: A jar could not be fetched, or is not the one that the lock names.
    Cost: 23-46 s for the jars and 45 s for the start-up cache; 0.1 s when all is there.
    """
    installation = Installation.below(cache)
    with exclusive(installation.lock_file, PATIENCE), _display(len(installation.lock.artifacts), shown=progress) as (advance, say):
        if download(installation, advance):
            say("start-up cache is made anew")
        installation.complete.touch()
        if not is_warm(installation):
            say("making the start-up cache: one start and stop of the server")
            try:
                warm(installation)
            except DatabaseError as error:
                say(f"without a start-up cache, so starting takes 4 s instead of 2: {error}")


def is_installed(cache: Path) -> bool:
    """Say whether ``start`` has what it needs below ``cache``."""
    return Installation.below(cache).complete.exists()


@contextmanager
def _display(total: int, *, shown: bool) -> Iterator[tuple[Callable[[], None], Callable[[str], None]]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not shown) as bars:
        task = bars.add_task("Neo4j", total=total)
        yield lambda: bars.advance(task), lambda text: bars.console.print(text, highlight=False) if shown else None
