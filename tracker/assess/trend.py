"""What the change so far would give at the deadline, if it went on: a supplement, never a status.

Few points carry little: two no uncertainty at all, three an interval that is very wide, four an interval and
a robust line, ten an exponentially smoothed trend. A perfect fit has no error to build a probability on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from statistics import fmean

from tracker.assess import student
from tracker.assess.case import Case, Point
from tracker.assess.statistics import drift, holt, holt_ahead, least_squares, theil_sen
from tracker.domain.assessment import Projection
from tracker.domain.figure import Unit

LEVEL = 0.90
"""Coverage of every interval given here."""

FOR_INTERVAL, FOR_ROBUST, FOR_HOLT = 3, 4, 10
_WEIGHTS = (0.1, 0.3, 0.5, 0.7, 0.9)
_DAMPING = (0.80, 0.86, 0.92, 0.98)
_EVEN = 0.05
_PERFECT = 1e-12


@dataclass(frozen=True, slots=True)
class Trend:
    """A projection, the chance it gives to the target (per cent, rounded to 5), what to know about it.

    ``flags``: ``very_wide`` (three points), ``degenerate_fit`` (a perfect line), ``at_bound`` (a percentage
    at 0 or 100, fitted as it stands).
    """

    projection: Projection
    p_hit_if_trend_continues: int | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    """The scale a fit is done on: the figures themselves, or the logit of a percentage."""

    name: str
    logit: bool
    at_bound: bool

    def there(self, value: float) -> float:
        return math.log(value / (100 - value)) if self.logit else value

    def back(self, value: float) -> float:
        if not self.logit:
            return value
        return 100 / (1 + math.exp(-value)) if value > 0 else 100 * math.exp(value) / (1 + math.exp(value))


def trend(case: Case) -> Trend | None:
    """The least-squares line carried to the deadline, with its interval; None below three points."""
    times, values, scale = _prepared(case)
    if len(values) < FOR_INTERVAL or not _ahead(case):
        return None
    line = least_squares(times, values)
    if line is None or line.sigma is None:
        return None
    at = float(case.deadline_position)
    error, dof = line.error_at(at), line.count - 2
    flags = _flags(len(values), scale)
    size = max(abs(value) for value in values) or 1.0
    if error is None or line.sigma <= _PERFECT * size:
        perfect = _projection(scale.back(line.at(at)), None, case.deadline, f"ols/{scale.name}")
        return Trend(perfect, None, (*flags, "degenerate_fit"))
    middle = line.at(at)
    return _with_interval(case, scale, middle, error, dof, f"ols/{scale.name}", flags)


def drift_trend(case: Case) -> Trend | None:
    """First to last reading carried on, with the drift method's interval; None below three points."""
    times, values, scale = _prepared(case)
    if len(values) < FOR_INTERVAL or not _ahead(case) or not _apart(times):
        return None
    at = float(case.deadline_position)
    found = drift(times, values, at)
    flags = _flags(len(values), scale)
    if not found.error or found.error <= _PERFECT * max(abs(value) for value in values):
        perfect = _projection(scale.back(found.value), None, case.deadline, f"drift/{scale.name}")
        return Trend(perfect, None, (*flags, "degenerate_fit"))
    return _with_interval(case, scale, found.value, found.error, found.dof, f"drift/{scale.name}", flags)


def robust_trend(case: Case) -> Trend | None:
    """Theil and Sen's line, which single outliers do not move; None below four points. No interval."""
    times, values, scale = _prepared(case)
    if len(values) < FOR_ROBUST or not _ahead(case) or times[0] == times[-1]:
        return None
    found = theil_sen(times, values, LEVEL)
    value = scale.back(found.intercept_joint + found.slope * float(case.deadline_position))
    return Trend(_projection(value, None, case.deadline, f"theil-sen/{scale.name}"), None)


def smoothed_trend(case: Case) -> Trend | None:
    """Holt's damped trend; None below ten points or where they are not evenly spaced. No interval."""
    times, values, scale = _prepared(case)
    if len(values) < FOR_HOLT or not _ahead(case):
        return None
    step = fmean(b - a for a, b in pairwise(times))
    if any(abs(b - a - step) > _EVEN * step for a, b in pairwise(times)):
        return None
    alpha, beta, phi = min(product(_WEIGHTS, _WEIGHTS, _DAMPING), key=lambda choice: _run_holt(values, *choice)[2])
    level, slope, _ = _run_holt(values, alpha, beta, phi)
    steps = round((float(case.deadline_position) - times[-1]) / step)
    value = scale.back(holt_ahead(level, slope, phi, steps))
    return Trend(_projection(value, None, case.deadline, f"holt-damped/{scale.name}"), None)


def _run_holt(values: Sequence[float], alpha: float, beta: float, phi: float) -> tuple[float, float, float]:
    start, slope = values[0], values[1] - values[0]
    return holt(values[1:], alpha=alpha, beta=beta, phi=phi, level=start, trend=slope)


def _prepared(case: Case) -> tuple[list[float], list[float], _Scale]:
    points = [point for point in case.points if point.position <= case.latest.position]
    scale = _scale(case, points)
    times = [float(point.position) for point in points]
    return times, [scale.there(float(point.value)) for point in points], scale


def _scale(case: Case, points: Sequence[Point]) -> _Scale:
    bounds = [*(point.value for point in points), *([] if case.target is None else [case.target])]
    share = case.unit is Unit.PERCENT and all(0 <= value <= 100 for value in bounds)
    at_bound = share and any(value in (0, 100) for value in bounds)
    return _Scale("logit", True, False) if share and not at_bound else _Scale("level", False, at_bound)


def _ahead(case: Case) -> bool:
    return not case.passed and case.deadline_position > case.latest.position


def _apart(times: Sequence[float]) -> bool:
    return all(b > a for a, b in pairwise(times))


def _flags(count: int, scale: _Scale) -> tuple[str, ...]:
    wide = ("very_wide",) if count == FOR_INTERVAL else ()
    return (*wide, "at_bound") if scale.at_bound else wide


def _with_interval(
    case: Case, scale: _Scale, middle: float, error: float, dof: int, name: str, flags: tuple[str, ...]
) -> Trend:
    half = student.quantile(0.5 + LEVEL / 2, dof) * error
    ends = (scale.back(middle - half), scale.back(middle + half))
    chance = None
    if case.target is not None:
        distance = case.sign * (middle - scale.there(float(case.target))) / error
        chance = 5 * round(100 * student.cdf(distance, dof) / 5)
    return Trend(_projection(scale.back(middle), ends, case.deadline, name), chance, flags)


def _projection(value: float, ends: tuple[float, float] | None, by: date, method: str) -> Projection:
    low, high = ends or (None, None)
    return Projection(value=value, by=by, low=low, high=high, method=method)
