"""A target: a promised value and its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.domain.period import Period


class Comparator(StrEnum):
    """Which side of its value a target asks for."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class TargetKind(StrEnum):
    """What has to be so: reached by the deadline, kept in every period up to it, or simply done."""

    REACH = "reach"
    KEEP = "keep"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the way to a target begins."""

    value: Decimal
    period: Period


@dataclass(frozen=True, slots=True)
class Stated:
    """Who stated the target, in which words."""

    quote: str = ""
    url: str = ""
    published: Period | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A promised change: better by ``at_least`` than at ``origin``.

    In the indicator's unit, or where ``percent`` in per cent of what it was. ``origin`` is the figure
    itself, or the period whose figure is looked up.
    """

    at_least: Decimal
    origin: Baseline | Period
    percent: bool = False

    @property
    def period(self) -> Period:
        """The period that the change is counted from."""
        return self.origin.period if isinstance(self.origin, Baseline) else self.origin

    def goal(self, start: Decimal, sign: int) -> Decimal:
        """The value to reach from ``start``; ``sign`` is +1 where more is better."""
        step = abs(start) * self.at_least / 100 if self.percent else self.at_least
        return start + sign * step


@dataclass(frozen=True, slots=True)
class Milestone:
    """A value that the way to the target goes through."""

    by: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """``value`` None is a target without a number. ``by`` is an inclusive day in the service's zone.

    ``high`` is the far end of a promised range, of which ``value`` is the weakest. ``change`` stands in place of
    a value until the figure it counts from is known. ``since`` is the first day of this version of the target;
    None: from the beginning. ``group`` names the targets that are also counted together.
    """

    id: str
    indicator: str
    area: str
    comparator: Comparator
    value: Decimal | None
    by: date
    baseline: Baseline | None = None
    method: str | None = None
    stated: Stated | None = None
    kind: TargetKind = TargetKind.REACH
    high: Decimal | None = None
    change: Change | None = None
    milestones: tuple[Milestone, ...] = ()
    since: date | None = None
    group: str | None = None

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self.comparator is Comparator.AT_LEAST else -1

    def met_by(self, value: Decimal) -> bool:
        """Whether ``value`` reaches the target; never true for a target without a number."""
        return self.value is not None and self.sign * (value - self.value) >= 0

    @property
    def known_since(self) -> date | None:
        """The newest day on which this version is known to have been said; None where nobody says."""
        stated = self.stated.published.end if self.stated and self.stated.published else None
        return max((day for day in (self.since, stated) if day is not None), default=None)
