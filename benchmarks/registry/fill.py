"""Fill: ten thousand versions, written as `register` writes them, many in a transaction, outside the clock."""

from typing import Any

from graph_ledger import Ledger
from graph_ledger.registry.register import register
from graph_ledger.registry.said import Said
from graph_ledger.registry.training import Trained
from graph_ledger.values.registry.words import ModelFramework

TOGETHER = 100
TRAINED = Trained()


def fill(ledger: Ledger, size: int, models: int) -> None:
    """Register so many versions of so many models; every tenth goes to production as the next one of its model comes."""
    ledger.registry.register("model-000", "first")
    ledger.registry.delete_version("model-000", "first")
    for start in range(0, size, TOGETHER):
        numbers = range(start, min(start + TOGETHER, size))

        def work(transaction: Any, numbers: range = numbers) -> None:
            for number in numbers:
                register(transaction, said(number, models), None)

        ledger.database.write(work)
    for number in range(models):
        ledger.registry.transition_stage(f"model-{number:03}", str(number), "production")


def said(number: int, models: int) -> Said:
    """Return the version of a number."""
    return Said(
        f"model-{number % models:03}", str(number), list(ModelFramework)[number % 5],
        {"auc_roc": number % 1000 / 1000, "accuracy": number % 100 / 100, "gini": number % 500 / 500},
        {"depth": number % 12, "learning_rate": 0.1, "features": [f"f{place}" for place in range(10)]},
        {"env": ("eu", "us")[number % 2], "team": f"team-{number % 7}"}, f"run {number}", "bench", {"owner": "bench"}, TRAINED, None, None,
        None,
    )  # fmt: skip
