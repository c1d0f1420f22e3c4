"""Clash: one change of an element that somebody does not understand, before it is known whom it reaches."""

from typing import NamedTuple

from graph_ledger.values.contracts.gate import Consumer, Direction, Finding

BACKWARD, FORWARD = (Direction.BACKWARD,), (Direction.FORWARD,)
BOTH = (*BACKWARD, *FORWARD)


class Break(NamedTuple):
    """What breaks between two states, and in which directions."""

    change: str
    directions: tuple[Direction, ...]
    lost: tuple[str | None, ...] = ()
    """Instances that went; None stands for the single one."""


class Clash(NamedTuple):
    """One change that breaks a contract in one direction."""

    concept_uri: str
    label: str
    change: str
    direction: Direction
    against: str | None
    lost: tuple[str | None, ...] = ()

    def finding(self, consumers: tuple[Consumer, ...] = ()) -> Finding:
        """Return it with whom it reaches."""
        return Finding(
            label=self.label,
            concept_uri=self.concept_uri,
            change=self.change,
            direction=self.direction,
            against=self.against,
            consumers=consumers,
        )
