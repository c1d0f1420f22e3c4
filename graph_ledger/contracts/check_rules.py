"""The rules as a profile reads them."""

from graph_ledger.errors import RulesError
from graph_ledger.values.contracts.events import OPERATIONS
from graph_ledger.values.contracts.kinds import Kind, Profile
from graph_ledger.values.contracts.rules import Rules


def check_rules(rules: Rules, profile: Profile) -> None:
    """Refuse rules with a key that a profile does not know: in head, what follows the last dot is an operation.

    Raises:
        RulesError: There is such a key.
    """
    if profile == "seed":
        return
    for kind in Kind:
        for key in rules.section(kind, profile):
            _, dot, operation = key.rpartition(".")
            if dot and operation not in OPERATIONS:
                raise RulesError(f"Invalid op suffix in {kind.value.lower()}: {key!r} ends in none of {', '.join(OPERATIONS)}")
