"""Destatis' weather symbols of the German Sustainable Development Strategy.

::

    a = (v_last - v_first) / (t_last - t_first)   over the last six data points, four at least
    value by a date   proj = v + a * (tT - t);  miss = shortfall / |T - v|
                      < 5 % sun, up to 20 % slightly cloudy, more cloud, d * a <= 0 thunderstorm
    met already, or kept every year
                      met: sun, with an adverse change slightly cloudy; unmet: cloud, adverse thunderstorm
    direction only    average and last change: both right sun, average only slightly cloudy, last only cloud,
                      else thunderstorm
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.assess.case import SLACK, Case, Method, Outcome
from tracker.domain.assessment import Reason, Status
from tracker.domain.target import TargetKind

WINDOW = 6
FEWEST = 4
SUN_BELOW = Decimal("0.05")
SLIGHT_UP_TO = Decimal("0.20")
SUN, SLIGHT, CLOUD, STORM = "sun", "slightly_cloudy", "cloud", "thunderstorm"
CLASSES = {
    SUN: Status.ON_TRACK,
    SLIGHT: Status.ACCELERATION_NEEDED,
    CLOUD: Status.LIMITED_PROGRESS,
    STORM: Status.MOVING_AWAY,
}
AGREES_WITH = {
    SUN: frozenset({Status.ACHIEVED, Status.ON_TRACK}),
    SLIGHT: frozenset({Status.ACCELERATION_NEEDED}),
    CLOUD: frozenset({Status.ACCELERATION_NEEDED, Status.LIMITED_PROGRESS}),
    STORM: frozenset({Status.MOVING_AWAY}),
}
"""Which of our statuses each symbol is compatible with; a cloud spans two."""


_AVERAGE = "a = yearly change over the last six data points"
DATED = f"shortfall of v1 + a * (tT-t1) over |T - v1|, {_AVERAGE}"
KEPT = f"{_AVERAGE}; met: sun, where a is adverse slightly_cloudy; not met: cloud, where a is adverse or 0 thunderstorm"
DIRECTION = (
    f"{_AVERAGE}, and the last change; both right sun, a alone slightly_cloudy, the last alone cloud, else thunderstorm"
)


@dataclass(frozen=True, slots=True)
class Weather:
    """``per_year`` is the average change; ``projection`` and ``miss`` only on the way to a dated value.

    ``last`` is the last change, where only the direction counts; ``formula`` how the symbol was found.
    """

    symbol: str
    per_year: Decimal
    projection: Decimal | None = None
    miss: Decimal | None = None
    last: Decimal | None = None
    formula: str = DATED


def weather(
    points: Sequence[tuple[Decimal, Decimal]], *, sign: int, target: Decimal | None, deadline: Decimal | None
) -> Weather | None:
    """The symbol for points (years, value), oldest first; None below four points.

    ``target`` None asks for the direction only; ``deadline`` None for a value kept every year.
    """
    window = points[-WINDOW:]
    if len(window) < FEWEST or window[-1][0] <= window[0][0]:
        return None
    (first_t, first), (now_t, now) = window[0], window[-1]
    average = (now - first) / (now_t - first_t)
    if target is None:
        last = now - window[-2][1]
        return Weather(_direction(sign * average, sign * last), average, last=last, formula=DIRECTION)
    if deadline is None or sign * (now - target) >= 0:
        return Weather(_kept(sign * average, met=sign * (now - target) >= 0), average, formula=KEPT)
    projection = now + average * (deadline - now_t)
    miss = max(sign * (target - projection), Decimal(0)) / abs(target - now)
    return Weather(_dated(sign * average, miss), average, projection, miss)


def _direction(average: Decimal, last: Decimal) -> str:
    if average > 0:
        return SUN if last > 0 else SLIGHT
    return CLOUD if last > 0 else STORM


def _kept(average: Decimal, *, met: bool) -> str:
    if met:
        return SUN if average >= 0 else SLIGHT
    return CLOUD if average > 0 else STORM


def _dated(average: Decimal, miss: Decimal) -> str:
    if average <= 0:
        return STORM
    if miss < SUN_BELOW - SLACK:
        return SUN
    return SLIGHT if miss <= SLIGHT_UP_TO + SLACK else CLOUD


def _compute(case: Case) -> Outcome | Reason:
    points = [(point.position, point.value) for point in case.points]
    deadline = None if case.kind is TargetKind.KEEP else case.deadline_position
    found = weather(points, sign=case.sign, target=case.target, deadline=deadline)
    if found is None:
        return Reason("too_few_points", (("count", str(len(points))), ("needed", str(FEWEST))))
    named = [
        ("average_change", found.per_year),
        ("last_change", found.last),
        ("projection", found.projection),
        ("miss", found.miss),
    ]
    numbers = tuple((name, number) for name, number in named if number is not None)
    return Outcome(found.symbol, CLASSES[found.symbol], None, numbers, found.formula)


destatis = Method(
    id="destatis",
    citation="Statistisches Bundesamt (Destatis), Indicators of the German Sustainable Development "
    "Strategy: assessment by weather symbols",
    formula=DATED,
    classes=CLASSES,
    compute=_compute,
    untargeted=_compute,
)
