"""What the local server says of itself."""

from pathlib import Path

from graph_ledger.server.folders import Home


def logs(home: Path, lines: int = 50) -> str:
    """Return the last lines of the server's log, then of what Java said at the last start; empty before the first start."""
    place = Home.at(home)
    said = [line for path in (place.log, place.console) for line in _lines(path)]
    return "\n".join(said[-lines:] if lines else [])


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return [line for line in text.replace("\x06", "").splitlines() if line.strip()]
