"""What a printed figure may stand for: hedges and rounding make it an interval.

::

    at least / more than X   from X up            about X    X - delta .. X + delta
    at most / less than X    up to X              almost X   X - delta .. X
    any printed number       half a unit of its last printed digit to either side

A count or a rank printed to the unit is that number: no other whole number lies within the rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.figure import Figure, Qualifier, Unit

HEDGE = Decimal("0.05")
"""Declared delta of *about* and *almost*, as a share of the figure."""

WHOLE = frozenset({Unit.COUNT, Unit.RANK})
ABOVE = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
BELOW = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN})


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends closed; None where it has no end."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Domain:
    """The values a unit can take; None where it has no bound."""

    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` is possible."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


DOMAINS = {
    Unit.PERCENT: Domain(Decimal(0), Decimal(100)),
    Unit.RANK: Domain(low=Decimal(1)),
    Unit.COUNT: Domain(low=Decimal(0)),
}


def domain_of(unit: Unit, seen: list[Decimal]) -> Domain:
    """The domain of a unit, unless a figure of the series itself shows that it is none.

    A growth rate or a plan attainment is a percentage that knows no 0 and 100; one figure beyond the
    bound proves it.
    """
    domain = DOMAINS.get(unit, Domain())
    return domain if all(domain.holds(value) for value in seen) else Domain()


def printed(figure: Figure, sign: int) -> Decimal:
    """The number a figure is judged by: itself, of a range its weaker end."""
    if figure.high is None:
        return figure.value
    ends = (figure.value, figure.high)
    return min(ends) if sign > 0 else max(ends)


def interval(figure: Figure, unit: Unit, *, hedge: Decimal, domain: Domain) -> Interval:
    """The values that ``figure`` may stand for, kept inside ``domain``.

    "Less than 5 billion" of what has no lower bound reaches down to 0, not to a loss without end.
    """
    low, high = figure.value, figure.value if figure.high is None else figure.high
    low, high = min(low, high), max(low, high)
    floor = Decimal(0) if domain.low is None and low > 0 else domain.low
    below, above = rounding(low, unit), rounding(high, unit)
    delta = hedge * max(abs(low), abs(high))
    if figure.qualifier in ABOVE:
        return Interval(low, domain.high)
    if figure.qualifier in BELOW:
        return Interval(floor, high)
    if figure.qualifier is Qualifier.ABOUT:
        return _within(domain, low - max(delta, below), high + max(delta, above))
    if figure.qualifier is Qualifier.ALMOST:
        return _within(domain, low - max(delta, below), high)
    return _within(domain, low - below, high + above)


def rounding(value: Decimal, unit: Unit) -> Decimal:
    """Half a unit of the last printed digit; 0 for a whole count or rank."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or (unit in WHOLE and exponent == 0):
        return Decimal(0)
    return Decimal((0, (5,), exponent - 1))


def _within(domain: Domain, low: Decimal, high: Decimal) -> Interval:
    return Interval(
        low if domain.low is None else max(low, domain.low),
        high if domain.high is None else min(high, domain.high),
    )
