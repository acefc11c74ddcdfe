"""What is known of one number while a document is read."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.statement import Kind
from tracker.extract.binding import Candidate
from tracker.extract.decide import Features
from tracker.extract.timing import Timing


@dataclass(slots=True)
class Decided:
    """One number on its way to a statement, with the evidence of every step.

    ``bound`` is how likely it is a figure of its indicator, ``rival`` how likely of the next one;
    ``dated`` how likely its period is among all that were in reach.
    """

    candidate: Candidate
    bound: float
    timing: Timing
    kind_features: Features
    modes: dict[str, float]
    change: float
    kind: Kind
    changed: bool
    rival: float = 0.0
    dated: float = 1.0
