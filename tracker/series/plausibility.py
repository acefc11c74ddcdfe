"""Figures that cannot be, or that look like a slip of the decimal point: held for a person.

Judged only against what was published before, so that a later publication never changes what was
thought of an earlier one.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from datetime import date
from decimal import Decimal

from tracker.domain.figure import Figure, Unit
from tracker.domain.observation import DoubtReason
from tracker.domain.period import Period

JUMP_TOLERANCE = Decimal("0.35")
"""How far a ratio may lie from a power of ten and still look like a slip: 6.5 to 13.5 for ten."""

JUMP_YEARS = Decimal(5)
"""Neighbours further apart than this say nothing: tenfold growth in that time is not unheard of."""

FLOW_SLACK = Decimal(2)
"""A year's amount beside a month's differs as their lengths do, give or take this factor."""

_FLOWS = frozenset({Unit.COUNT, Unit.VND, Unit.USD})
_WHOLE = Decimal(100)


class Known:
    """The figures of one series taken so far, in the order of publication."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._figures: dict[tuple[date, date], tuple[Period, Figure]] = {}
        self._order: list[tuple[date, date]] = []
        self._unbounded = False

    def take(self, period: Period, figure: Figure) -> None:
        """Learn an accepted figure; the latest published one of a period counts."""
        key = (period.end, period.start)
        if key not in self._figures:
            insort(self._order, key)
        self._figures[key] = (period, figure)
        # A share ends at 100; an indicator that was below 0 or, by a person's word, above 100 is none.
        self._unbounded = self._unbounded or not 0 <= figure.value <= _WHOLE

    def doubt(self, period: Period, figure: Figure) -> DoubtReason | None:
        """Why a usable ``figure`` is implausible for ``period``; None where it is not."""
        if self._outside_domain(figure):
            return DoubtReason.OUTSIDE_DOMAIN
        if self._unit is Unit.RANK:
            return None
        neighbours = self._neighbours(period)
        if neighbours and all(self._slipped(period, figure, *other) for other in neighbours):
            return DoubtReason.DECIMAL_JUMP
        return None

    def usable(self, figure: Figure) -> bool:
        """Whether it is a number in the series' own unit at all; not even a person's yes can make it one."""
        high = figure.value if figure.high is None else figure.high
        return figure.unit == self._unit and figure.value.is_finite() and high.is_finite()

    def _outside_domain(self, figure: Figure) -> bool:
        low, high = figure.value, figure.value if figure.high is None else figure.high
        beyond_total = figure.of is not None and high > figure.of
        match self._unit:
            case Unit.PERCENT:
                return high > _WHOLE and not self._unbounded
            case Unit.RANK:
                return low < 1 or beyond_total or low != low.to_integral_value()
            case Unit.COUNT:
                return low < 0 or beyond_total
            case Unit.VND | Unit.USD | Unit.INDEX | Unit.RATIO:
                return False

    def _neighbours(self, period: Period) -> list[tuple[Period, Figure]]:
        """What is known for the period itself, the nearest before it, the nearest after it."""
        key = (period.end, period.start)
        place = bisect_left(self._order, key)
        here = place < len(self._order) and self._order[place] == key
        after = place + 1 if here else place
        beside = [*self._order[max(place - 1, 0) : place], *self._order[after : after + 1]]
        found = (self._figures[one] for one in [*beside, *([key] if here else [])])
        return [one for one in found if abs(one[0].position - period.position) <= JUMP_YEARS]

    def _slipped(self, period: Period, figure: Figure, beside: Period, known: Figure) -> bool:
        one, other = _middle(figure), _middle(known)
        if one * other <= 0:
            return False
        ratio = one / other
        if self._unit in _FLOWS and _explained(ratio, Decimal(period.days) / beside.days):
            return False
        ratio = max(ratio, 1 / ratio)
        if ratio < 10 * (1 - JUMP_TOLERANCE):
            return False
        return any(abs(ratio.scaleb(-power) - 1) <= JUMP_TOLERANCE for power in _powers(ratio))


def _middle(figure: Figure) -> Decimal:
    return figure.value if figure.high is None else (figure.value + figure.high) / 2


def _powers(ratio: Decimal) -> tuple[int, int]:
    """The powers of ten on both sides of ``ratio``; never the nought-th."""
    below = max(ratio.adjusted(), 1)
    return below, below + 1


def _explained(ratio: Decimal, lengths: Decimal) -> bool:
    """Whether amounts that add up over time would differ so, for periods of such lengths."""
    if 1 / FLOW_SLACK < lengths < FLOW_SLACK:
        return False
    return 1 / FLOW_SLACK <= ratio / lengths <= FLOW_SLACK
