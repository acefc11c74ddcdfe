"""Statistics Canada's Global Indicator Framework method, as Open SDG 2.4 carries it.

::

    with a target      R = d * CAGR(v0, v1) / |CAGR(v0, T)|
    without a number   g = d * sign * CAGR(v0, v1), held against 1.5 % and 0.5 % times the limit factor C
    limit L            a = 4.44; b = |v0|, l = |L|
                       C = 1 if b >= 2l;  1 - (b/l)^a if b <= l;  1 - ((2l - b)/l)^a between

A baseline or target of exactly 0 counts as 0.001, an all-negative series flips the direction, mixed
signs cannot be assessed. A period of several years stands at its first one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from tracker.assess.case import Case, Method, Outcome, Point, first_reached, way
from tracker.assess.growth import cagr
from tracker.domain.assessment import Reason, Status
from tracker.domain.figure import Unit
from tracker.domain.period import Period

ACHIEVED = "target_achieved"
NOT_ASSESSABLE = "not_assessable"
CLASSES = {
    ACHIEVED: Status.ACHIEVED,
    "on_track": Status.ON_TRACK,
    "acceleration_needed": Status.ACCELERATION_NEEDED,
    "limited_progress": Status.LIMITED_PROGRESS,
    "deterioration": Status.MOVING_AWAY,
    NOT_ASSESSABLE: Status.NOT_ASSESSABLE,
}
RATIO_THRESHOLDS = (
    (Decimal("0.95"), "on_track"),
    (Decimal("0.60"), "acceleration_needed"),
    (Decimal(0), "limited_progress"),
)
GROWTH_SUBSTANTIAL = Decimal("0.015")
GROWTH_MODERATE = Decimal("0.005")
LIMIT_EXPONENT = Decimal("4.44")
ZERO = Decimal("0.001")
FULL_SCORE = Decimal(5)

GROWTH_FORMULA = (
    "g = d * CAGR(v0, v1), C = limit_factor; "
    "g >= 1.5 % * C on_track, >= 0.5 % * C acceleration_needed, >= 0 limited_progress, < 0 deterioration"
)

Knots = Sequence[tuple[Decimal, Decimal]]
RATIO_KNOTS: Knots = (
    (Decimal("-0.6"), Decimal(-5)),
    (Decimal("0.6"), Decimal(0)),
    (Decimal("1.3"), FULL_SCORE),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """``value`` is R or g, None where the rate needed is 0; ``score`` runs from -5 to 5."""

    native: str
    value: Decimal | None
    score: Decimal | None


UNABLE = Measured(NOT_ASSESSABLE, None, None)


def measure_target(
    start: Decimal, now: Decimal, target: Decimal, *, elapsed: Decimal, whole: Decimal, sign: int
) -> Measured:
    """Class, ratio and score on the way to a number; ``elapsed`` and ``whole`` in years."""
    base, goal = start or ZERO, target or ZERO
    actual, required = cagr(base, now, elapsed), cagr(base, goal, whole)
    ratio = None
    if actual is not None and required:
        ratio = sign * _flip(base) * actual / abs(required)
    if sign * (now - target) >= 0:
        return Measured(ACHIEVED, ratio, FULL_SCORE)
    if ratio is None:
        return UNABLE
    native = first_reached(ratio, RATIO_THRESHOLDS, "deterioration")
    return Measured(native, ratio, _between(ratio, RATIO_KNOTS))


def measure_growth(
    start: Decimal, now: Decimal, *, elapsed: Decimal, sign: int, limit: Decimal | None = None
) -> Measured:
    """Class, growth per year and score where the target has no number."""
    base = start or ZERO
    actual = cagr(base, now, elapsed)
    if actual is None:
        return UNABLE
    growth = sign * _flip(base) * actual
    factor = limit_factor(base, limit)
    if factor == 0 and growth >= 0:
        return Measured("on_track", growth, FULL_SCORE)
    steps = (
        (GROWTH_SUBSTANTIAL * factor, "on_track"),
        (GROWTH_MODERATE * factor, "acceleration_needed"),
        (Decimal(0), "limited_progress"),
    )
    native = first_reached(growth, steps, "deterioration")
    return Measured(native, growth, _between(growth, _growth_knots(factor)))


def limit_factor(start: Decimal, limit: Decimal | None) -> Decimal:
    """How much of the usual growth is asked of a series that starts near its natural limit, 0 to 1."""
    if limit is None:
        return Decimal(1)
    base, bound = abs(start), abs(limit)
    if base >= 2 * bound:
        return Decimal(1)
    near = base if base <= bound else 2 * bound - base
    return 1 - (near / bound) ** LIMIT_EXPONENT


def _flip(start: Decimal) -> int:
    return -1 if start < 0 else 1


def _growth_knots(factor: Decimal) -> Knots:
    return (
        (Decimal("-0.02"), Decimal(-5)),
        (Decimal(0), Decimal("-2.5")),
        (GROWTH_MODERATE * factor, Decimal(0)),
        (GROWTH_SUBSTANTIAL * factor, Decimal("2.5")),
        (Decimal("0.02") * factor, FULL_SCORE),
    )


def _between(value: Decimal, knots: Knots) -> Decimal:
    """Straight lines between the knots, flat outside them."""
    if value <= knots[0][0]:
        return knots[0][1]
    for (left, low), (right, high) in pairwise(knots):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return knots[-1][1]


def first_year(point: Point) -> Decimal:
    """Position in years; a period over several calendar years stands at the end of its first."""
    period = point.period
    if period.start.year == period.end.year:
        return period.position
    return Period.year(period.start.year).position


def _compute(case: Case) -> Outcome | Reason:
    path = way(case, first_year)
    if isinstance(path, Reason):
        return path
    found = measure_target(path.start, path.now, path.goal, elapsed=path.elapsed, whole=path.whole, sign=case.sign)
    return _outcome(found)


def _compute_untargeted(case: Case) -> Outcome | Reason:
    baseline = case.comparable_baseline
    if baseline is None:
        return Reason("break_in_series" if case.broken else "single_observation")
    elapsed = first_year(case.latest) - first_year(baseline)
    if elapsed <= 0:
        return Reason("single_observation")
    limit = Decimal(100) if case.unit is Unit.PERCENT and case.sign > 0 else None
    found = measure_growth(baseline.value, case.latest.value, elapsed=elapsed, sign=case.sign, limit=limit)
    judged = _outcome(found)
    if isinstance(judged, Reason):
        return judged
    numbers = [
        ("baseline", baseline.value),
        ("latest", case.latest.value),
        ("years_elapsed", elapsed),
        ("limit_factor", limit_factor(baseline.value or ZERO, limit)),
        ("growth", found.value or Decimal(0)),
    ]
    return replace(judged, numbers=tuple(numbers), formula=GROWTH_FORMULA)


def _outcome(found: Measured) -> Outcome | Reason:
    if found.native == NOT_ASSESSABLE:
        return Reason("growth_undefined")
    numbers = [("score", found.score), ("value", found.value)]
    known = tuple((name, number) for name, number in numbers if number is not None)
    return Outcome(found.native, CLASSES[found.native], found.value, known)


statcan = Method(
    id="statcan",
    citation="Statistics Canada, Sustainable Development Goals Data Hub: progress methodology "
    "(Open SDG 2.4, docs/progress-methodology.md)",
    formula="d * CAGR(v0, v1) / |CAGR(v0, T)|",
    classes=CLASSES,
    compute=_compute,
    untargeted=_compute_untargeted,
)
