"""The four files: their names, and their columns in the order of either profile."""

from graph_ledger.contracts.uris import Table
from graph_ledger.values.contracts.kinds import Profile

COLUMNS: dict[Table, tuple[str, ...]] = {
    "concepts": ("serial", "concept_uri", "current_label", "previous_labels", "kind", "status", "parent_uri", "instances"),
    "revisions": ("serial", "concept_uri", "revision_uri", "previous_revision_uri", "status"),
    "contracts": ("serial", "concept_uri", "contract_uri", "revision_uri", "status"),
    "bindings": ("serial", "contract_uri", "binding_uri", "instance_label", "status"),
}
"""As the rows of `Tables` have them, and as the seed profile writes them."""
OWN = {"concepts": "concept_uri", "revisions": "revision_uri", "contracts": "contract_uri", "bindings": "binding_uri"}
"""The column that is a row's own URI."""
NULLABLE = frozenset({"previous_labels", "parent_uri", "instances", "previous_revision_uri", "instance_label"})
LISTS = frozenset({"previous_labels", "instances"})


def order(table: Table, profile: Profile) -> tuple[str, ...]:
    """Return the columns as a profile writes them: in head, the row's own URI stands right behind its serial.

    >>> order("bindings", "head")
    ('serial', 'binding_uri', 'contract_uri', 'instance_label', 'status')
    """
    columns = COLUMNS[table]
    if profile == "seed":
        return columns
    return "serial", OWN[table], *(column for column in columns[1:] if column != OWN[table])


def file_name(table: Table) -> str:
    """Return the name of a table's file."""
    return f"{table}.csv"
