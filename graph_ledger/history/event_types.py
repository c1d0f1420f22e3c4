"""The event types that the ledger itself knows; every other word is somebody's own, and means a change."""

LOG = ("tagged", "untagged")
"""Events about the log itself; the newest event of a model is never one of them."""
MEMBERSHIP = ("member_added", "member_removed")
OBSERVATIONS = ("observation_issued", "observation_resolved")
VALIDATED = "validated"
GROUPED = "grouped"
"""A model was made a group that has no members yet."""
RENAMED = "renamed"
"""A model has another name, and with it another key; its hash stays."""
MEMBER_CHANGED = "member_changed"
"""Written on a group, once for each event of a member that is not internal."""

MARKS = frozenset({*LOG, *MEMBERSHIP, *OBSERVATIONS, VALIDATED, GROUPED})
"""The few events that later questions look for: MARKED_BY leads to them, so that nobody has to go through all."""

INTERNAL = MARKS | {
    MEMBER_CHANGED, "registered", "has_dependent", "depends_on", "dependent_removed", "dependency_removed",
}  # fmt: skip
"""Events that are no change of the model itself, so that its groups do not hear of them."""
