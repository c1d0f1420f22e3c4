"""The table that a run ends with, as ``docs/performance.md`` shows it."""

from collections.abc import Iterable
from typing import Any

HEAD = "| Work | Answer | Rival | Ours | Ratio | Target | |\n|---|---:|---:|---:|---:|---:|---|"


def table(rows: Iterable[dict[str, Any]]) -> str:
    """Return the rows as Markdown; the ratio is the rival's time divided by ours, or ours by the rival's where the target is a ceiling."""
    return "\n".join([HEAD, *map(_line, rows)])


def seconds(value: float) -> str:
    """Return a time with a unit that suits it.

    >>> seconds(0.0123)
    '12.3 ms'
    """
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1000:.1f} ms" if value >= 0.01 else f"{value * 1000:.2f} ms"


def _line(row: dict[str, Any]) -> str:
    theirs = row["theirs"]
    rival = f"{theirs['error'].partition(':')[0]}" if "error" in theirs else seconds(theirs["median"])
    if row["rival"] != "peer":
        rival += f" ({row['rival']})"
    cells = [row["row"], f"{row['answer']:,}", rival, seconds(row["ours"]["median"]), _ratio(row), _target(row), _mark(row)]
    return f"| {' | '.join(cells)} |"


def _ratio(row: dict[str, Any]) -> str:
    if row["times_faster"] is None:
        return "answers"
    if row.get("beyond"):
        return f"+{seconds(max(0.0, row['ours']['median'] - row['theirs']['median']))}"
    return f"{1 / row['times_faster']:.2f}x" if row["at_most"] else f"{row['times_faster']:.{1 if row['times_faster'] >= 1 else 2}f}x"


def _target(row: dict[str, Any]) -> str:
    if row["at_least"]:
        return f"at least {row['at_least']:g}x"
    if row.get("beyond"):
        return f"at most {seconds(row['beyond'])} more"
    if row["per_second"]:
        return f"at least {row['per_second']:,.0f} /s"
    return f"at most {row['at_most']:g}x" if row["at_most"] else "none"


def _mark(row: dict[str, Any]) -> str:
    verdict = {True: "met", False: "**falls short**", None: ""}[row["met"]]
    rate = f"{row['answer'] / row['ours']['median']:,.0f} /s" if row["per_second"] else ""
    return "; ".join(filter(None, [verdict, rate, row["note"]]))
