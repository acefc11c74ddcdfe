"""What a progress method is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tracker.domain.assessment import Reason, Status
from tracker.domain.figure import Unit
from tracker.domain.period import Period, position
from tracker.domain.target import TargetKind

SLACK = Decimal("1e-12")
"""Float slack of every threshold: a number on the threshold belongs to the class above."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure on the time axis. ``of`` is the size of the ranking, where one is known."""

    value: Decimal
    period: Period
    of: int | None = None
    position: Decimal = field(init=False, repr=False, compare=False)
    """Years; a period stands at its last day. Kept, as a long history asks for it again and again."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", self.period.position)


@dataclass(frozen=True, slots=True)
class Case:
    """One target held against numbers, free of evidence and clocks.

    ``sign`` is +1 where more is better. ``points`` are the figures that compare with the latest (none
    from before a break), oldest first, the latest last, a stated baseline among them. ``baseline`` is
    None where there is none. ``broken``: a break lies between baseline and latest. ``passed``: the deadline
    is over; ``settled``: the latest is the reading for the deadline. ``milestones`` are (years, value) on the way
    to the target, in order. ``from_reading``: the baseline is the first figure, nobody stated one.
    """

    sign: int
    unit: Unit
    target: Decimal | None
    deadline: date
    points: tuple[Point, ...]
    baseline: Point | None
    broken: bool = False
    passed: bool = False
    settled: bool = False
    kind: TargetKind = TargetKind.REACH
    milestones: tuple[tuple[Decimal, Decimal], ...] = ()
    from_reading: bool = False

    @property
    def latest(self) -> Point:
        """The newest figure that counts."""
        return self.points[-1]

    @property
    def deadline_position(self) -> Decimal:
        """The deadline on the time axis, in years."""
        return position(self.deadline)

    @property
    def comparable_baseline(self) -> Point | None:
        """The baseline, unless a break or a lack of time keeps the latest from being held against it."""
        baseline = self.baseline
        if baseline is None or self.broken or self.latest.position <= baseline.position:
            return None
        return baseline

    def met_by(self, value: Decimal) -> bool:
        """Whether ``value`` reaches the target; never for a target without a number."""
        return self.target is not None and self.sign * (value - self.target) >= 0

    @property
    def unkept(self) -> tuple[Point, ...]:
        """The figures after a stated baseline, all of them without one, that do not meet the target."""
        start = None if self.from_reading else self.baseline
        counting = [one for one in self.points if start is None or one.position > start.position or one == self.latest]
        return tuple(one for one in counting if not self.met_by(one.value))

    def legs(self, start: Point) -> tuple[tuple[Decimal, Decimal], ...]:
        """The planned way as (years, value): from ``start`` through what it has not met yet, to the target."""
        ahead = [
            (at, value)
            for at, value in self.milestones
            if start.position < at < self.deadline_position and self.sign * (value - start.value) > 0
        ]
        goal = start.value if self.target is None else self.target
        return ((start.position, start.value), *ahead, (self.deadline_position, goal))

    def with_latest(self, value: Decimal) -> Case:
        """The same case, had the latest figure been ``value``."""
        return replace(self, points=(*self.points[:-1], replace(self.latest, value=value)))

    def with_baseline(self, value: Decimal) -> Case:
        """The same case, had the baseline been ``value``."""
        if self.baseline is None:
            return self
        moved = replace(self.baseline, value=value)
        points = tuple(moved if point == self.baseline else point for point in self.points)
        return replace(self, baseline=moved, points=points)


@dataclass(frozen=True, slots=True)
class Way:
    """From the baseline over the latest to the target: the numbers of every baseline method."""

    start: Decimal
    now: Decimal
    goal: Decimal
    elapsed: Decimal
    whole: Decimal


def stands_at(point: Point) -> Decimal:
    """Where a point stands on the time axis, in years: at the last day of its period."""
    return point.position


def way(case: Case, place: Callable[[Point], Decimal] = stands_at) -> Way | Reason:
    """The way of ``case``, or the reason why there is none.

    ``elapsed`` and ``whole`` are in years; ``place`` is for methods that set periods elsewhere.
    """
    baseline = case.comparable_baseline
    if case.target is None:
        return Reason("no_target")
    if baseline is None:
        return Reason("break_in_series" if case.broken else "single_observation")
    begin = place(baseline)
    elapsed = place(case.latest) - begin
    whole = case.deadline_position - begin
    if elapsed <= 0:
        return Reason("single_observation")
    if whole <= 0:
        return Reason("baseline_after_deadline")
    return Way(baseline.value, case.latest.value, case.target, elapsed, whole)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``native`` is the class in the method's own words, ``status`` what it maps to.

    ``ratio`` is the method's own number where it has one; ``numbers`` what went into the sum, by name.
    ``formula`` is how it was reckoned where that is not the method's usual way.
    """

    native: str
    status: Status
    ratio: Decimal | None
    numbers: tuple[tuple[str, Decimal], ...] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to hold a target against its figures.

    ``compute`` gives an outcome, or the reason why it cannot; it never raises. ``classes`` maps each
    class of the method to ours. ``untargeted`` is its form for a target without a number, if it has one.
    """

    id: str
    citation: str
    formula: str
    classes: Mapping[str, Status]
    compute: Callable[[Case], Outcome | Reason]
    untargeted: Callable[[Case], Outcome | Reason] | None = None


def first_reached(value: Decimal, thresholds: Sequence[tuple[Decimal, str]], otherwise: str) -> str:
    """The class of the first threshold that ``value`` reaches; thresholds from the best down."""
    for threshold, name in thresholds:
        if value >= threshold - SLACK:
            return name
    return otherwise
