"""An assessment: a dated conclusion about a target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.observation import Delta, Observation
from tracker.domain.target import Baseline


class Status(StrEnum):
    """Where a target stands; the progress methods say when each applies."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    ACCELERATION_NEEDED = "acceleration_needed"
    LIMITED_PROGRESS = "limited_progress"
    MOVING_AWAY = "moving_away"
    MISSED = "missed"
    OVERDUE = "overdue"
    NO_TARGET = "no_target"
    NOT_ASSESSABLE = "not_assessable"

    @property
    def behind(self) -> bool:
        """Whether the pace is short of the required one."""
        return self in _BEHIND


_BEHIND = frozenset({Status.ACCELERATION_NEEDED, Status.LIMITED_PROGRESS, Status.MOVING_AWAY})


@dataclass(frozen=True, slots=True)
class Reason:
    """Something true about an assessment.

    ``code`` is the field's word in every language. ``details``, names to printable values, fill the
    sentence that ``tracker.language`` makes of it.
    """

    code: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Projection:
    """What the trend gives for ``by``; ``low`` and ``high`` None where no interval is estimable."""

    value: float
    by: date
    low: float | None
    high: float | None
    method: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """``ratio`` is the method's own number; ``progress`` the share of the way from the baseline, not clipped.

    ``native`` is the class in the method's own words; ``required_per_year`` and ``achieved_per_year``
    are in the indicator's unit. ``days_left`` is negative after the deadline.
    """

    target: str
    as_of: date
    status: Status
    reasons: tuple[Reason, ...]
    method: str | None
    ratio: float | None
    progress: float | None
    baseline: Baseline | None
    latest: Observation | None
    previous: Observation | None
    delta: Delta | None
    required_per_year: float | None
    achieved_per_year: float | None
    projection: Projection | None
    days_left: int
    native: str | None
