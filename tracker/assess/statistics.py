"""Trends over few points, in floats; times in years, oldest first.

Sources: ordinary least squares (NIST), Theil-Sen with Sen's 1968 interval, the drift method, Holt's damped
trend (Hyndman and Athanasopoulos), the average annual rate of reduction (UNICEF).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import NormalDist, fmean, median


@dataclass(frozen=True, slots=True)
class Line:
    """A fitted line. ``sigma`` is the residual standard deviation, None below three points."""

    intercept: float
    slope: float
    sigma: float | None
    count: int
    mean_t: float
    spread_t: float

    def at(self, t: float) -> float:
        """The line's value at ``t``."""
        return self.intercept + self.slope * t

    def error_at(self, t: float) -> float | None:
        """Standard error of a new reading at ``t``: s * sqrt(1 + 1/n + (t - mean)^2 / Sxx)."""
        if self.sigma is None:
            return None
        return self.sigma * math.sqrt(1 + 1 / self.count + (t - self.mean_t) ** 2 / self.spread_t)


def least_squares(times: Sequence[float], values: Sequence[float]) -> Line | None:
    """Ordinary least squares; None where all readings stand at one moment."""
    count, mean_t, mean_v = len(times), fmean(times), fmean(values)
    spread = math.fsum((t - mean_t) ** 2 for t in times)
    if spread == 0:
        return None
    slope = math.fsum((t - mean_t) * (v - mean_v) for t, v in zip(times, values, strict=True)) / spread
    intercept = mean_v - slope * mean_t
    squares = math.fsum((v - mean_v - slope * (t - mean_t)) ** 2 for t, v in zip(times, values, strict=True))
    sigma = math.sqrt(squares / (count - 2)) if count > 2 else None
    return Line(intercept, slope, sigma, count, mean_t, spread)


@dataclass(frozen=True, slots=True)
class Drift:
    """The line through first and last reading; ``error`` is that of the forecast, None below two steps."""

    value: float
    per_year: float
    error: float | None
    dof: int


def drift(times: Sequence[float], values: Sequence[float], at: float) -> Drift:
    """The drift method for irregular times: se^2 = s2 * h * (1 + h / (t_n - t_1))."""
    span, ahead = times[-1] - times[0], at - times[-1]
    per_year = (values[-1] - values[0]) / span
    steps = [(b - a, w - v) for (a, v), (b, w) in pairwise(zip(times, values, strict=True))]
    value, dof = values[-1] + per_year * ahead, len(steps) - 1
    if dof < 1:
        return Drift(value, per_year, None, 0)
    variance = math.fsum((change - per_year * length) ** 2 / length for length, change in steps) / dof
    return Drift(value, per_year, math.sqrt(variance * ahead * (1 + ahead / span)), dof)


@dataclass(frozen=True, slots=True)
class TheilSen:
    """Median of all pairwise slopes, its interval, and two customary intercepts."""

    slope: float
    low: float
    high: float
    intercept_joint: float
    intercept_separate: float


def theil_sen(times: Sequence[float], values: Sequence[float], level: float = 0.9) -> TheilSen:
    """Sen's robust line with his interval at ``level``; at least two different moments."""
    points = list(zip(times, values, strict=True))
    slopes = sorted((w - v) / (b - a) for (a, v), (b, w) in combinations(points, 2) if a != b)
    slope = median(slopes)
    joint = median(v - slope * t for t, v in points)
    separate = median(values) - slope * median(times)
    low, high = _sen_ranks(times, values, len(slopes), level)
    return TheilSen(slope, slopes[low], slopes[high], joint, separate)


def _sen_ranks(times: Sequence[float], values: Sequence[float], count: int, level: float) -> tuple[int, int]:
    n = len(times)
    ties = sum(k * (k - 1) * (2 * k + 5) for k in (*_repeats(times), *_repeats(values)))
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    width = NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt(max(variance, 0.0))
    low = round((count - width) / 2) - 1
    high = round((count + width) / 2)
    return max(low, 0), min(high, count - 1)


def _repeats(values: Sequence[float]) -> list[int]:
    return [values.count(value) for value in set(values)]


def holt(
    values: Sequence[float], *, alpha: float, beta: float, phi: float, level: float, trend: float
) -> tuple[float, float, float]:
    """Run Holt's damped trend over evenly spaced ``values``.

    Gives the last level, the last trend and the sum of squared one-step errors. ``level`` and ``trend`` are
    the state before the first value.
    """
    squares = 0.0
    for value in values:
        expected = level + phi * trend
        squares += (value - expected) ** 2
        newer = alpha * value + (1 - alpha) * expected
        trend = beta * (newer - level) + (1 - beta) * phi * trend
        level = newer
    return level, trend, squares


def holt_ahead(level: float, trend: float, phi: float, steps: int) -> float:
    """Forecast ``steps`` ahead of Holt's last state."""
    return level + trend * math.fsum(phi**step for step in range(1, steps + 1))


def annual_rate_of_reduction(log_slope: float) -> float:
    """UNICEF's AARR from the slope of ln(value) on the year."""
    return 1 - math.exp(log_slope)
