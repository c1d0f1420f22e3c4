"""Extra: packages that notebooks alone need, imported by name when one is first needed."""

from importlib import import_module
from typing import Any

COMMAND = 'pip install "graph-ledger[notebook]"'


def extra(package: str) -> Any:
    """Return a package of the extra ``notebook``: the core needs neither them nor their types.

    Raises:
        ModuleNotFoundError: It, or what it needs, is not installed; the message names the command that brings it.
    """
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        missing = (error.name or package).replace("_", "-")
        raise ModuleNotFoundError(f"{missing} is not installed: {COMMAND} brings it", name=error.name) from None
