"""The planned way from a baseline to a target, and the names other fields give to one number.

On a straight plan the schedule performance index, the linear rate ratio and ESCAP's index over the share
of time are the same number; it is reported once, as the ratio.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


def planned_linear(start: Decimal, goal: Decimal, *, elapsed: Decimal, whole: Decimal) -> Decimal:
    """WHO's straight line from baseline to target; times in years from the baseline."""
    return start + (goal - start) * elapsed / whole


def planned_geometric(start: Decimal, goal: Decimal, *, elapsed: Decimal, whole: Decimal) -> Decimal:
    """WHO's path of constant growth; ``start`` and ``goal`` above zero."""
    return start * (goal / start) ** (elapsed / whole)


def planned_through(legs: Sequence[tuple[Decimal, Decimal]], at: Decimal, *, geometric: bool) -> Decimal:
    """Where the way through ``legs`` stands at ``at``: (years, value) pairs in order, held at both ends.

    Between two of them it is straight, or where ``geometric`` of constant growth (values above zero).
    """
    path = planned_geometric if geometric else planned_linear
    if at <= legs[0][0]:
        return legs[0][1]
    for (begin, start), (end, goal) in pairwise(legs):
        if at <= end:
            return path(start, goal, elapsed=at - begin, whole=end - begin)
    return legs[-1][1]


def continued_growth(before: Decimal, last: Decimal, *, step: Decimal, ahead: Decimal) -> Decimal:
    """WHO's average rate of change carried on for ``ahead`` years; ``before`` to ``last`` took ``step``."""
    return last * (last / before) ** (ahead / step)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Earned value: the variance and the index of the schedule."""

    variance: Decimal
    index: Decimal


def earned_value(earned: Decimal, planned: Decimal) -> Schedule:
    """SV = EV - PV and SPI = EV / PV; ``planned`` is not 0."""
    return Schedule(earned - planned, earned / planned)


def share_of_way(start: Decimal, now: Decimal, goal: Decimal) -> Decimal | None:
    """Share of the way from baseline to target (the OKR score), not clipped; None where there is no way."""
    return None if goal == start else (now - start) / (goal - start)


def burn_rate(budget_share: Decimal, *, window: Decimal, period: Decimal) -> Decimal:
    """How many times too fast a budget of events is spent; window and period in the same unit."""
    return budget_share * period / window
