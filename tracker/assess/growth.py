"""Rates of change on the time axis; every length of time is in years."""

from __future__ import annotations

from decimal import Decimal


def cagr(start: Decimal, end: Decimal, years: Decimal) -> Decimal | None:
    """Compound annual growth rate ``(end / start) ** (1 / years) - 1``.

    None where it does not exist: a start of 0, signs that differ, or no time between the two.
    """
    if start == 0 or years <= 0 or end / start < 0:
        return None
    return (end / start) ** (1 / years) - 1


def grown(value: Decimal, rate: Decimal, years: Decimal) -> Decimal:
    """``value`` after ``years`` at a yearly growth ``rate`` of at least -1."""
    return value if years == 0 else value * (1 + rate) ** years


def same_side(*values: Decimal) -> bool:
    """Whether all values are above zero: the only ground on which growth rates compare."""
    return all(value > 0 for value in values)
