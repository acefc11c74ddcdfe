"""Student's t distribution: the one distribution that trends over few points need.

Written out because the library that has it weighs more than the rest of the program.
"""

from __future__ import annotations

import math
from functools import lru_cache

_STEPS = 300
_HALVINGS = 80
_TINY = 1e-300
_PRECISION = 1e-15


def cdf(t: float, dof: int) -> float:
    """P(T <= t) for ``dof`` degrees of freedom, at least 1."""
    tail = _incomplete_beta(dof / 2, 0.5, dof / (dof + t * t)) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=512)
def quantile(p: float, dof: int) -> float:
    """The t with P(T <= t) = ``p``, 0 < p < 1, by bisection."""
    if p < 0.5:
        return -quantile(1 - p, dof)
    low, high = 0.0, 1.0
    while cdf(high, dof) < p:
        high *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle, dof) < p else (low, middle)
    return (low + high) / 2


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(log_front + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(a, b, x) / a
    return 1 - front * _continued_fraction(b, a, 1 - x) / b


def _continued_fraction(a: float, b: float, x: float) -> float:
    """Lentz's evaluation of the continued fraction of the incomplete beta function."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
