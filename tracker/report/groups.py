"""Targets that are also counted together: how many stand where, and the worst. Never a mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.assessment import Status
from tracker.report.model import TargetLine

WORST_FIRST = (
    Status.MISSED,
    Status.MOVING_AWAY,
    Status.OVERDUE,
    Status.LIMITED_PROGRESS,
    Status.ACCELERATION_NEEDED,
    Status.NOT_ASSESSABLE,
    Status.NO_TARGET,
    Status.ON_TRACK,
    Status.ACHIEVED,
)
"""What nobody knows of is worse than what is known to go well: missing is never passing."""


@dataclass(frozen=True, slots=True)
class Group:
    """``counts`` has the statuses that occur, the worst first; ``behind`` the targets that stand worst."""

    id: str
    lines: tuple[TargetLine, ...]

    @property
    def counts(self) -> tuple[tuple[Status, int], ...]:
        """How many targets of the group have each status."""
        counted = Counter(line.assessment.status for line in self.lines)
        return tuple((status, counted[status]) for status in WORST_FIRST if counted[status])

    @property
    def worst(self) -> Status:
        """The status that nothing in the group is worse than."""
        return self.counts[0][0]

    @property
    def behind(self) -> tuple[TargetLine, ...]:
        """The targets that have it."""
        return tuple(line for line in self.lines if line.assessment.status is self.worst)


def groups(lines: Iterable[TargetLine]) -> tuple[Group, ...]:
    """The groups that targets name, in the order of their first target."""
    found: dict[str, list[TargetLine]] = {}
    for line in lines:
        if line.target.group is not None:
            found.setdefault(line.target.group, []).append(line)
    return tuple(Group(id, tuple(members)) for id, members in found.items())
